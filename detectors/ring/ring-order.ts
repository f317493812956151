/** From what the site file says to what one camera's recorder does. */
import { join } from "node:path";
import { z } from "zod";
import type { RecordingChoice } from "./schema.ts";

/** Travels to the camera's process. */
export const ringOrderSchema = z.strictObject({
  camera: z.string(),
  folder: z.string(),
  keep_h: z.number().positive(),
  keep_bytes: z.number().positive(),
  leave_free_bytes: z.number().min(0),
});

export type RingOrder = Readonly<z.infer<typeof ringOrderSchema>>;

const GB = 1e9;

/** `folder`: that of all cameras. Null when nothing is to be recorded. */
export function ringOrder(
  folder: string,
  camera: string,
  { keep_h, keep_gb, leave_free_gb }: Omit<RecordingChoice, "folder">,
): RingOrder | null {
  if (keep_h === 0) return null;
  return {
    camera,
    folder: join(folder, camera),
    keep_h,
    keep_bytes: keep_gb * GB,
    leave_free_bytes: leave_free_gb * GB,
  };
}
