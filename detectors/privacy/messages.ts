/** What the redaction process and its parent say to each other. */
import { z } from "zod";
import { answersOf } from "../pictures/messages.ts";

/** x, y, w, h as shares of the picture, from its top left corner; may reach beyond it. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly();

const picturesOrder = z.strictObject({
  kind: z.literal("pictures"),
  pictures: z.array(z.strictObject({ in: z.string(), out: z.string(), subject: box.nullable() })).readonly(),
});

const clipOrder = z.strictObject({
  kind: z.literal("clip"),
  clip: z.string(),
  out: z.string(),
  subject: z.array(z.strictObject({ pts_s: z.number(), box })).readonly(),
  burn: z.string().nullable(),
});

export const toChild = z.discriminatedUnion("kind", [picturesOrder, clipOrder]);

const step = z.strictObject({
  /** Of the work, 0 to 1. */
  share: z.number(),
  /** Pictures that stand in their place by now, and regions erased in them. */
  pictures: z.number(),
  blurred: z.number(),
});

export const fromChild = answersOf(step);

export type PicturesOrder = Readonly<z.infer<typeof picturesOrder>>;
export type ClipOrder = Readonly<z.infer<typeof clipOrder>>;
export type Step = Readonly<z.infer<typeof step>>;
