/** What the detection process and its parent say to each other. */
import { z } from "zod";
import { type ProblemCode, templates } from "../../core/problems/catalogue.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";

const detectionSchema = z.strictObject({
  class: z.enum(vehicleClasses),
  /** 0 to 1. */
  score: z.number(),
  /** x, y, w, h in pixels of the upright picture, from its top left corner. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});

const pictureDetectionsSchema = z.strictObject({
  image: z.string(),
  /** By falling score. */
  detections: z.array(detectionSchema),
  /** From decoded RGB to final boxes, on one thread, warmed up. */
  ms: z.number(),
});

const problemSchema = z.object({
  code: z.string().refine((code): code is ProblemCode => code in templates),
  words: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const toChild = z.strictObject({ images: z.array(z.string()) });

export const fromChild = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening") }),
  z.strictObject({ kind: z.literal("seen"), seen: pictureDetectionsSchema }),
  z.strictObject({ kind: z.literal("problems"), problems: z.array(problemSchema) }),
  z.strictObject({ kind: z.literal("done") }),
]);

export type Detection = Readonly<z.infer<typeof detectionSchema>>;
export type PictureDetections = Readonly<z.infer<typeof pictureDetectionsSchema>>;
export type DetectOrder = z.infer<typeof toChild>;
export type DetectAnswer = z.infer<typeof fromChild>;
