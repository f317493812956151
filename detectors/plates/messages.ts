/** What the plate reading process and its parent say to each other. */
import { z } from "zod";
import { plateLayouts } from "../../core/plates/format.ts";
import { answersOf } from "../pictures/messages.ts";

/** x, y, w, h in pixels of the upright picture, from its top left corner. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const plateSchema = z.strictObject({
  /** Without separators. */
  text: z.string(),
  /** As the reader saw it, before any grammar; rows separated by a space. */
  raw: z.string(),
  /** Chance that every character of `text` is right, 0 to 1. */
  confidence: z.number(),
  /** ISO code, a region such as `eu` when several of its countries fit as well, or `free` when none does. */
  country: z.string(),
  layout: z.enum(plateLayouts),
  box,
});

const picturePlatesSchema = z.strictObject({
  image: z.string(),
  /** From left to right. */
  plates: z.array(plateSchema),
  /** Plates that are there but must not be acted on: too small, too blurred, or cut off by the picture's edge. */
  unreadable: z.array(z.strictObject({ raw: z.string(), confidence: z.number(), layout: z.enum(plateLayouts), box })),
});

export const toChild = z.strictObject({ images: z.array(z.string()), country: z.string().optional() });

export const fromChild = answersOf(picturePlatesSchema);

export type PicturePlates = Readonly<z.infer<typeof picturePlatesSchema>>;
export type PlatesOrder = z.infer<typeof toChild>;
