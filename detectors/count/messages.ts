/** What the counting process and its parent say to each other. */
import { z } from "zod";
import { type ProblemCode, templates } from "../../core/problems/catalogue.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { lineSchema } from "../lane/schema.ts";
import { eyeSchema } from "../schema.ts";

const direction = z.enum(["forward", "backward"]);

const crossingSchema = z.strictObject({
  line: z.string(),
  /** Since the first picture. */
  t_s: z.number(),
  class: z.enum(vehicleClasses),
  direction,
  track: z.number().int(),
});

export const toCounter = z.strictObject({
  source: z.string(),
  lines: z.array(lineSchema).min(1),
  duration_s: z.number().positive().nullable(),
  eye: eyeSchema,
});

export const fromCounter = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening") }),
  z.strictObject({
    kind: z.literal("counted"),
    frames: z.number().int(),
    duration_s: z.number(),
    crossings: z.array(crossingSchema),
  }),
  z.strictObject({
    kind: z.literal("problem"),
    code: z.string().refine((code): code is ProblemCode => code in templates),
    words: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
]);

export type CountOrder = z.infer<typeof toCounter>;
export type CounterAnswer = z.infer<typeof fromCounter>;
export type CountedCrossing = z.infer<typeof crossingSchema>;
