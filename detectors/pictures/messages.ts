/** What a process that looks at picture files says to its parent, whatever it looks for. */
import { z } from "zod";
import { problemSchema } from "../problem-schema.ts";

/** `seen`: what it tells of one picture. */
export const answersOf = <S extends z.ZodType>(seen: S) =>
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("listening") }),
    z.strictObject({ kind: z.literal("seen"), seen }),
    z.strictObject({ kind: z.literal("problems"), problems: z.array(problemSchema) }),
    z.strictObject({ kind: z.literal("done") }),
  ]);

export type PictureAnswer<T> =
  | { readonly kind: "listening" }
  | { readonly kind: "seen"; readonly seen: T }
  | { readonly kind: "problems"; readonly problems: z.infer<typeof problemSchema>[] }
  | { readonly kind: "done" };
