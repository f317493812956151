/** An act as a rule saw it: everything that a case begins with, and that its evidence will say. */
import { z } from "zod";
import { vehicleClasses } from "../traffic/vehicle-class.ts";
import { ruleNames } from "../violations/ruling.ts";

const share = z.number().min(0).max(1);

/** Where the vehicle was in the picture: shares of it, origin top left. */
const trackPointSchema = z.strictObject({
  at_ms: z.number(),
  /** By the clock of the camera's stream. */
  pts_s: z.number(),
  box: z.tuple([share, share, share, share]),
});

const signalSampleSchema = z.strictObject({
  at_ms: z.number(),
  state: z.enum(["green", "yellow", "red", "dark"]),
  /** Of the controller's reply as it came. */
  reply_sha256: z.string(),
});

export const detectionSchema = z.strictObject({
  camera: z.string().min(1),
  intersection: z.string().min(1),
  lane: z.string().min(1).nullable(),
  rule: z.strictObject({
    id: z.enum(ruleNames),
    /** Name of this rule in the site file: a camera may have several of a kind. */
    place: z.string().min(1),
    version: z.number().int().min(1),
    thresholds: z.record(z.string(), z.number()),
  }),
  track: z.number().int().min(0),
  class: z.enum(vehicleClasses),
  /** The act, and how wrong that time may be. */
  at_ms: z.number(),
  uncertainty_ms: z.number().min(0),
  /** What the rule measured, each with its unit in its name. */
  measured: z.record(z.string(), z.number()),
  /** The camera's connection that saw it. */
  session_ms: z.number(),
  /** In order of time; the newest seconds of the track, the act among them. */
  points: z.array(trackPointSchema).min(1).max(600),
  signal: z
    .strictObject({
      controller: z.string().min(1),
      phase: z.number().int().min(1).max(16),
      samples: z.array(signalSampleSchema).max(600),
    })
    .nullable(),
  calibration: z.strictObject({ id: z.string().min(1), reprojection_error_px: z.number().min(0) }).nullable(),
  clock: z.strictObject({
    source: z.string().min(1),
    offset_ms: z.number(),
    uncertainty_ms: z.number().min(0),
    checked_at_ms: z.number(),
  }),
  models: z.array(z.strictObject({ name: z.string().min(1), sha256: z.string() })),
  /** A scene staged for a test or for training people: never leads to a notice. */
  staged: z.boolean(),
});

export type Detection = Readonly<z.infer<typeof detectionSchema>>;
export type TrackPoint = Readonly<z.infer<typeof trackPointSchema>>;
