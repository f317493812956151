/** The parent's side of redaction: one order, progress, and one answer. */
import { failed, ok, type Result } from "../../core/problems/problem.ts";
import { askPictureChild } from "../pictures/ask-child.ts";
import { type ClipOrder, fromChild, type PicturesOrder, type Step } from "./messages.ts";

export interface Redacted {
  /** How many pictures were written. */
  readonly pictures: number;
  /** Regions erased, counted in each picture anew. */
  readonly blurred: number;
}

export async function redactInChild(
  order: PicturesOrder | ClipOrder,
  onProgress: ((share: number) => void) | undefined,
  stop: AbortSignal | undefined,
): Promise<Result<Redacted>> {
  const last: { step: Step | null } = { step: null };
  const report = await askPictureChild<Step>({
    entry: "privacy/privacy.child.js",
    order,
    read: (message) => fromChild.parse(message),
    heard: (step) => {
      last.step = step;
      onProgress?.(step.share);
    },
    stopped: "REDACTION_STOPPED",
    stop,
    // Half a minute of a core: the cameras go first.
    background: true,
  });
  if (report.problems.length > 0) return failed(...report.problems);
  const { pictures = 0, blurred = 0 } = last.step ?? {};
  return ok({ pictures, blurred });
}
