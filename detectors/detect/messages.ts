/** What the detection process and its parent say to each other. */
import { z } from "zod";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { answersOf } from "../pictures/messages.ts";

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

export const toChild = z.strictObject({ images: z.array(z.string()) });

export const fromChild = answersOf(pictureDetectionsSchema);

export type Detection = Readonly<z.infer<typeof detectionSchema>>;
export type PictureDetections = Readonly<z.infer<typeof pictureDetectionsSchema>>;
export type DetectOrder = z.infer<typeof toChild>;
