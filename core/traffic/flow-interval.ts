/** What one lane did over a fixed window, and how far to trust it. */
import { z } from "zod";
import { vehicleClasses } from "./vehicle-class.ts";

const feedOrigin = z.enum(["camera", "simulated"]);

export const flowIntervalSchema = z.strictObject({
  intersection: z.string(),
  lane: z.string(),
  /** Camera id, or `simulated`. */
  feed: z.string(),
  origin: feedOrigin,
  /** Milliseconds since the Unix epoch, UTC, of the first instant of the window. */
  start_ms: z.number().int(),
  length_s: z.number().positive(),
  total: z.number().int().min(0),
  by_class: z.partialRecord(z.enum(vehicleClasses), z.number().int().min(0)),
  /** Share of the window in which the stop-line zone was covered; null when not observed. */
  occupancy: z.number().min(0).max(1).nullable(),
  /** Front-to-front mean over the window; null with fewer than two crossings. */
  mean_headway_s: z.number().min(0).nullable(),
  /** `partial`: some frames missing; `missing`: too few to say anything (never means zero demand). */
  quality: z.enum(["valid", "partial", "missing"]),
  frames_seen: z.number().int().min(0),
  /** Seconds of the window without usable frames. */
  gap_s: z.number().min(0),
});

export type FeedOrigin = z.infer<typeof feedOrigin>;
export type FlowInterval = Readonly<z.infer<typeof flowIntervalSchema>>;
