/** A problem as one of our processes tells it to another. */
import { z } from "zod";
import { type ProblemCode, templates } from "../core/problems/catalogue.ts";

export const problemSchema = z.strictObject({
  code: z.string().refine((code): code is ProblemCode => code in templates),
  words: z.record(z.string(), z.union([z.string(), z.number()])),
});
