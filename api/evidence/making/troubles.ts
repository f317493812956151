/** What to make of a try that failed: the disk's fault, the recording's, or anybody's. */
import { constants } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ProblemCode } from "../../../core/problems/catalogue.ts";
import { type Problem, ProblemError, problem } from "../../../core/problems/problem.ts";

/** Of what cannot be written: full, read-only, over its quota, larger than allowed, broken. */
const diskCodes = /ENOSPC|EROFS|EDQUOT|EFBIG|EIO|EACCES|EPERM|No space left|Read-only file system|File too large/;

/** What lies in the recording itself: to try again helps only where a disk was slow to show it. */
const ofTheRecording: ReadonlySet<ProblemCode> = new Set([
  "RECORDING_NOT_COVERED",
  "RECORDING_MISSING",
  "RECORDING_SPOILED",
  "CLIP_CODEC",
  "CLIP_SPAN",
  "VIDEO_UNREADABLE",
  "VIDEO_WITHOUT_PICTURE",
  "EVIDENCE_NOT_RECORDED",
  "EVIDENCE_CLIP_UNSOUND",
  "EVIDENCE_UNFIT",
]);

/** Tries for what lies in the recording. */
const enough = 5;
const [first_ms, longest_ms] = [2000, 300_000];

export const isHopeless = ({ code }: Problem, attempts: number): boolean =>
  ofTheRecording.has(code) && attempts >= enough;

/** Twice as long after each try. */
export const backOff_ms = (attempts: number): number =>
  Math.min(longest_ms, first_ms * 2 ** Math.min(attempts - 1, 16));

/** As much as any one still: with less room than that nothing can be made. */
const trial_bytes = 1 << 20;

/** Why `folder` cannot be written just now, in the system's own word; null when it can. */
async function diskFault(folder: string): Promise<string | null> {
  const file = join(folder, "trial.part");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(file, constants.O_CREAT | constants.O_WRONLY | constants.O_TRUNC, 0o600);
    try {
      await handle.writeFile(new Uint8Array(trial_bytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    // What cannot be removed now is in the next trial's way no more than in this one's.
    await rm(file, { force: true }).catch(() => undefined);
  }
}

const words = ({ words: said }: Problem): string => Object.values(said).join(" ");

/** The problem to tell of `failure`: what was thrown, or the problems of a result. A full disk hides behind many faces. */
export async function troubleOf(id: string, folder: string, failure: unknown): Promise<Problem> {
  const problems = Array.isArray(failure)
    ? (failure as readonly Problem[])
    : failure instanceof ProblemError
      ? failure.problems
      : [];
  const [told] = problems;
  const text =
    told === undefined ? String((failure as NodeJS.ErrnoException).code ?? failure) : problems.map(words).join(" ");
  const reason = (await diskFault(folder)) ?? diskCodes.exec(text)?.[0] ?? null;
  if (reason !== null) return problem("EVIDENCE_DISK", { folder, reason });
  return (
    told ?? problem("EVIDENCE_UNEXPECTED", { case: id, reason: failure instanceof Error ? failure.message : text })
  );
}
