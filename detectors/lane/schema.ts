/** Counting lines, the lanes they belong to, and the ways through a junction between two of them. */
import { z } from "zod";
import { turns } from "../../core/traffic/movement-interval.ts";
import { picturePoint } from "../picture-point.ts";

export const detectorId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "BAD_ID");

/** Walking from `from` to `to` on the picture, forward goes from your left to your right. */
export const lineSchema = z.strictObject({ id: detectorId, from: picturePoint, to: picturePoint });

const direction = z.enum(["forward", "backward", "both"]);

export const cameraLineSchema = lineSchema.extend({
  /** The lane whose vehicles cross here; absent for a line that only serves movements. */
  lane: detectorId.optional(),
  /** Crossings the other way are kept but do not count for the lane. */
  direction: direction.default("both"),
  /** Where the lane's queue stands in the picture, from the line upstream. */
  queue_area: z.array(picturePoint).min(3).max(20).optional(),
});

/** One way through the junction: a track that crosses `entry` and later `exit`. */
export const movementSchema = z.strictObject({
  id: detectorId,
  entry: detectorId,
  exit: detectorId,
  /** Which way the line must be crossed; absent: the line's own `direction`, or both. */
  entry_direction: direction.optional(),
  exit_direction: direction.optional(),
  turn: z.enum(turns).optional(),
});

export type CountingLine = Readonly<z.infer<typeof lineSchema>>;
export type CameraLine = Readonly<z.infer<typeof cameraLineSchema>>;
export type MovementRule = Readonly<z.infer<typeof movementSchema>>;
