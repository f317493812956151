/** What a camera's process and its parent say to each other. Pictures never travel, but for a small one on demand. */
import { z } from "zod";
import { flowIntervalSchema } from "../../core/traffic/flow-interval.ts";
import { movementIntervalSchema, turns } from "../../core/traffic/movement-interval.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { problemSchema } from "../problem-schema.ts";
import { ringOrderSchema } from "../ring/ring-order.ts";
import { recordingStatusSchema, streamSchema } from "../ring/status.ts";
import { cameraSchema } from "../schema.ts";

const at_ms = z.number().int();
const streamTime = z.strictObject({ session_ms: at_ms, pts_s: z.number() });
const gap = z.strictObject({ from_ms: at_ms, to_ms: at_ms.nullable() });

const usualView = z.instanceof(Float32Array);

export const toCamera = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("watch"),
    camera: cameraSchema,
    /** With its credentials: it travels here and to ffmpeg, and nowhere else. */
    source: z.string(),
    lanes: z.array(z.strictObject({ lane: z.string(), channel: z.number().int(), length_m: z.number() })),
    /** Start of the first flow interval wanted. */
    from_ms: at_ms,
    /** How many cameras share this machine, this one included. */
    cameras: z.number().int().min(1),
    /** Outages so far. */
    gaps: z.array(gap),
    /** Null: nothing is recorded. */
    ring: ringOrderSchema.nullable(),
    /** What the camera usually shows, as an earlier process knew it. */
    usual: usualView.nullable(),
    /** Rules wait for every picture's road users. */
    sightings: z.boolean(),
  }),
  /** Somebody has looked: what the camera shows now is what it is to show. */
  z.strictObject({ kind: z.literal("accept") }),
  z.strictObject({ kind: z.literal("still") }),
  /** Say what is left and end. */
  z.strictObject({ kind: z.literal("stop") }),
]);

const status = z.strictObject({
  kind: z.literal("status"),
  phase: z.enum(["connecting", "live", "stalled", "refused", "backing_off", "stopped"]),
  since_ms: at_ms,
  trouble: problemSchema.nullable(),
  blindness: z.enum(["frozen", "dark", "moved", "dirty"]).nullable(),
  clock_drift_ppm: z.number().int().nullable(),
  /** Of this process alone. */
  frames: z.number().int().min(0),
  frames_per_s: z.number().min(0),
  gaps: z.array(gap),
  /** When the picture last moved, or watching began. */
  progress_ms: at_ms,
  /** All flow intervals that started before were handed over. */
  reported_until_ms: at_ms,
  stream: streamSchema.nullable(),
  recording: recordingStatusSchema.nullable(),
});

export const fromCamera = z.discriminatedUnion("kind", [
  status,
  z.strictObject({ kind: z.literal("interval"), interval: flowIntervalSchema }),
  z.strictObject({ kind: z.literal("movement_interval"), interval: movementIntervalSchema }),
  z.strictObject({
    kind: z.literal("detector"),
    event: z.strictObject({
      intersection: z.string(),
      channel: z.number().int(),
      at_ms,
      on: z.boolean(),
      origin: z.literal("camera"),
    }),
  }),
  z.strictObject({
    kind: z.literal("crossing"),
    crossing: z.strictObject({
      feed: z.string(),
      line: z.string(),
      lane: z.string().nullable(),
      at_ms,
      class: z.enum(vehicleClasses),
      direction: z.enum(["forward", "backward"]),
      track: z.number().int(),
      speed_kmh: z.number().nullable(),
      speed_error_kmh: z.number().nullable(),
      distance_m: z.number().nullable(),
      stream: streamTime.optional(),
    }),
  }),
  z.strictObject({
    kind: z.literal("movement"),
    movement: z.strictObject({
      feed: z.string(),
      movement: z.string(),
      turn: z.enum(turns).nullable(),
      entry: z.string(),
      exit: z.string(),
      class: z.enum(vehicleClasses),
      track: z.number().int(),
      entered_ms: at_ms,
      left_ms: at_ms,
      distance_m: z.number().nullable(),
    }),
  }),
  z.strictObject({
    kind: z.literal("view"),
    view: z.strictObject({
      feed: z.string(),
      at_ms,
      stream: streamTime.optional(),
      tracks: z.array(
        z.strictObject({
          track: z.number().int(),
          class: z.enum(vehicleClasses),
          box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        }),
      ),
    }),
  }),
  z.strictObject({
    kind: z.literal("sightings"),
    at_ms: z.number(),
    session_ms: at_ms,
    pts_s: z.number(),
    /** As detectors/lane/sighting-watch.ts lays them out. */
    rows: z.instanceof(Float64Array),
  }),
  z.strictObject({ kind: z.literal("usual"), view: usualView }),
  z.strictObject({ kind: z.literal("still"), jpeg: z.instanceof(Uint8Array).nullable() }),
]);

export type ToCamera = z.infer<typeof toCamera>;
export type WatchOrder = Extract<ToCamera, { kind: "watch" }>;
export type FromCamera = z.infer<typeof fromCamera>;
export type CameraStatus = z.infer<typeof status>;
