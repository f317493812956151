/** Judges the times that pictures carry: only a new time is progress, and a leap is another story. */

/**
 * `old`: this picture, or one after it, was there already, or it has no time that can be reckoned with. `leap`: the stream's clock was set, or much is missing; what
 * was followed before says nothing of what comes.
 */
export type FrameTime = "next" | "old" | "leap";

/** Pictures out of order are at most a few frames back; farther back the stream began anew. */
const behind_s = 1;
const ahead_s = 10;

export class FrameClock {
  #last_s = Number.NaN;

  judge(pts_s: number): FrameTime {
    if (!Number.isFinite(pts_s)) return "old";
    const step_s = pts_s - this.#last_s;
    if (step_s <= 0 && step_s > -behind_s) return "old";
    this.#last_s = pts_s;
    return step_s < 0 || step_s > ahead_s ? "leap" : "next";
  }
}
