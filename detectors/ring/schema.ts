/** What the site file says about recording. */
import { z } from "zod";

const keep_h = z.number().min(0).max(8760);
const keep_gb = z.number().min(0.1).max(100_000);

/** Of every camera, unless it says otherwise. */
export const recordingSchema = z.strictObject({
  /** Pictures older than this are forgotten; 0: nothing is recorded. */
  keep_h: keep_h.default(1),
  /** Of one camera; beyond, its oldest pictures are forgotten. */
  keep_gb: keep_gb.default(2),
  /** Recording stops while the disk has less room than this left. */
  leave_free_gb: z.number().min(0).max(100_000).default(1),
  /** Where it goes; absent: `recordings` in the data folder. */
  folder: z.string().min(1).optional(),
});

export const cameraRecordingSchema = z.strictObject({ keep_h: keep_h.optional(), keep_gb: keep_gb.optional() });

export type RecordingChoice = Readonly<z.infer<typeof recordingSchema>>;
