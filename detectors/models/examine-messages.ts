/** What the process that opens a model and its parent say to each other. */
import { z } from "zod";
import { problemSchema } from "../problem-schema.ts";
import { modelSchema } from "../schema.ts";

export const examineOrder = z.strictObject({ model: modelSchema });

export const examineAnswer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening") }),
  /** No problem: the model can be used. */
  z.strictObject({ kind: z.literal("verdict"), problems: z.array(problemSchema) }),
]);

export type ExamineAnswer = z.infer<typeof examineAnswer>;
