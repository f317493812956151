/** A clip that bystanders may be shown in: their plates, and everybody's head, erased in a child process. */
import { rm } from "node:fs/promises";
import type { Result } from "../../core/problems/problem.ts";
import { type Redacted, redactInChild } from "./redact-in-child.ts";
import type { SubjectPoint } from "./subject-path.ts";

export interface ClipToRedact {
  /** Left as it is. */
  readonly clip: string;
  /** MP4 with H.264; in place only when it is whole. Its pictures carry the times since the clip's first picture. */
  readonly out: string;
  /** The vehicle whose plate stays readable, in order of time; empty: no plate does. */
  readonly subject: readonly SubjectPoint[];
  /** An ffmpeg filter that is applied after redaction, in the same encoding, such as `ass=overlay.ass`. Absent: none. */
  readonly burn?: string | null;
  readonly onProgress?: (share: number) => void;
}

/**
 * Fails with VIDEO_…, FFMPEG_MISSING, MODEL_…, PLATE_MODEL_…, REDACTION_UNWRITABLE or REDACTION_STOPPED. The same clip
 * and order give the same bytes.
 */
export async function redactClip(work: ClipToRedact, stop?: AbortSignal): Promise<Result<Redacted>> {
  const { clip, out, subject, burn = null, onProgress } = work;
  const redacted = await redactInChild({ kind: "clip", clip, out, subject, burn }, onProgress, stop);
  // A child that was killed cannot tidy up after itself.
  if (!redacted.ok) await rm(`${out}.part`, { force: true });
  return redacted;
}
