/** How a site file ties a camera's picture to the ground: places in both, read off by a person. */
import { z } from "zod";
import { picturePoint } from "../picture-point.ts";

const metres = z.number().min(-1e7).max(1e7);

const calibrationPointSchema = z.strictObject({
  /** Share of the picture. */
  picture: picturePoint,
  /** On the road; any axes, as long as y points to the left of x as seen from above. */
  ground_m: z.tuple([metres, metres]),
});

const side = z.number().int().min(16).max(16384);

export const calibrationSchema = z.strictObject({
  /** Width and height of the picture in which the points were read; errors are told in its pixels. */
  picture_px: z.tuple([side, side]).default([1920, 1080]),
  points: z.array(calibrationPointSchema).min(4).max(60),
});

export type Calibration = Readonly<z.infer<typeof calibrationSchema>>;
