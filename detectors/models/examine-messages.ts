/** What the process that opens a model and its parent say to each other. */
import { z } from "zod";
import { type ProblemCode, templates } from "../../core/problems/catalogue.ts";
import { modelSchema } from "../schema.ts";

const problemSchema = z.object({
  code: z.string().refine((code): code is ProblemCode => code in templates),
  words: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const examineOrder = z.strictObject({ model: modelSchema });

export const examineAnswer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening") }),
  /** No problem: the model can be used. */
  z.strictObject({ kind: z.literal("verdict"), problems: z.array(problemSchema) }),
]);

export type ExamineAnswer = z.infer<typeof examineAnswer>;
