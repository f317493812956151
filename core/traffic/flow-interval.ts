/** What one lane did over a fixed window, and how far to trust it. */
import { z } from "zod";
import { vehicleClasses } from "./vehicle-class.ts";

const feedOrigin = z.enum(["camera", "simulated"]);

/**
 * Upper edges of the classes that headways are counted in; one more class has all that are longer. Below 2 s drivers
 * follow one another, so the edges are close there; motorcycles side by side fall into the first.
 */
export const headwayEdges_s = [0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 10] as const;

const amount = z.number().min(0).nullable().optional();
const count = z.number().int().min(0).nullable().optional();

/**
 * What makes an interval less than whole. `gap`: stretches without pictures; `few_frames`: less than four in five of the
 * pictures that its usual rate promised; `damage`: pictures that the decoder had to guess at.
 */
export const qualityFlags = ["gap", "few_frames", "damage"] as const;

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

  // What follows is absent or null where the feed does not measure it, or has nothing to say.
  /** Front to front, between crossings without a gap between them. */
  min_headway_s: amount,
  median_headway_s: amount,
  /** How many headways fell into each class of `headwayEdges_s`. */
  headway_counts: z
    .array(z.number().int().min(0))
    .length(headwayEdges_s.length + 1)
    .nullable()
    .optional(),
  /** Of the vehicles that crossed and whose speed is known: their number, arithmetic mean and 85th percentile. */
  speeds: count,
  mean_speed_kmh: amount,
  p85_speed_kmh: amount,
  /** Vehicles standing or crawling upstream of the stop line: over the time seen, and at the longest. */
  mean_queue_veh: amount,
  max_queue_veh: count,
  /** Farthest back of the queue from the stop line. */
  max_queue_m: amount,
  /** Times that a vehicle came upon the stop-line zone. */
  actuations: count,
  /** By the usual distance of pictures in time; null when too few were seen to know it. */
  frames_expected: count,
  /** Stretches without usable frames, and the longest. */
  gaps: count,
  longest_gap_s: amount,
  /** Frames that the decoder had to guess at; null when it was not watched. */
  damaged_frames: count,
  flags: z.array(z.enum(qualityFlags)).nullable().optional(),
});

export type FeedOrigin = z.infer<typeof feedOrigin>;
export type FlowInterval = Readonly<z.infer<typeof flowIntervalSchema>>;
