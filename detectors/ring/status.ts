/** The shapes in which a camera's process tells of its stream and its recording (core/ports/detection-feed.ts). */
import { z } from "zod";
import type { RecordingStatus, StreamStatus } from "../../core/ports/detection-feed.ts";
import { problemSchema } from "../problem-schema.ts";

const ms = z.number().nullable();
const count = z.number().int().min(0);

export const streamSchema: z.ZodType<StreamStatus> = z.strictObject({
  codec: z.string(),
  width_px: count,
  height_px: count,
  keyframe_gap_s: z.number().min(0).nullable(),
  b_frames: z.boolean(),
  changes: count,
});

export const recordingStatusSchema: z.ZodType<RecordingStatus> = z.strictObject({
  state: z.enum(["recording", "waiting", "stopped"]),
  trouble: problemSchema.nullable(),
  newest_ms: ms,
  oldest_ms: ms,
  bytes: z.number().min(0),
  held_bytes: z.number().min(0),
  dropped_pictures: count,
});
