/** The `cameras` section of the site file. */
import { z } from "zod";

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "BAD_ID");

/** Normalised picture coordinates, origin top left. */
const coordinate = z.number().min(0, "OUTSIDE_PICTURE").max(1, "OUTSIDE_PICTURE");
const point = z.tuple([coordinate, coordinate]);

/** Walking from `from` to `to` on the picture, forward goes from your left to your right. */
export const lineSchema = z.strictObject({ id, from: point, to: point });

export const linesFileSchema = z.strictObject({ lines: z.array(lineSchema).min(1) });

const cameraLineSchema = lineSchema.extend({
  /** The lane whose vehicles cross here. */
  lane: id,
  /** Crossings the other way are kept but do not count for the lane. */
  direction: z.enum(["forward", "backward", "both"]).default("both"),
});

export const cameraSchema = z.strictObject({
  id,
  name: z.string().min(1).optional(),
  intersection: id,
  /** `rtsp://…` or a file path; absent: the lanes are simulated. Credentials come from `source_env`. */
  source: z.string().min(1).optional(),
  /** Name of the environment variable that holds the stream address with its credentials. */
  source_env: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/, "BAD_VARIABLE_NAME")
    .optional(),
  lines: z.array(cameraLineSchema).min(1),
  interval_s: z.number().int().min(10).max(900).default(60),
});

export type CountingLine = Readonly<z.infer<typeof lineSchema>>;
export type CameraLine = Readonly<z.infer<typeof cameraLineSchema>>;
export type Camera = Readonly<z.infer<typeof cameraSchema>>;
