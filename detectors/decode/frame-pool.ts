/**
 * A fixed set of frames between decoding and detection. `newest`: a full pool drops the oldest waiting picture, so a slow
 * reader always sees the street as it is now. `every`: a full pool stops the decoder, so that a file loses nothing.
 */
import type { Frame } from "./frame.ts";

export type FramePolicy = "newest" | "every";

/** One being read, one waiting, one being filled. */
const frames = 3;

export class FramePool {
  readonly #policy: FramePolicy;
  readonly #free: Frame[] = [];
  readonly #waiting: Frame[] = [];
  #filling: Frame | null = null;
  /** Pictures given up because a newer one came. */
  dropped = 0;

  constructor(policy: FramePolicy) {
    this.#policy = policy;
  }

  allocate(width: number, height: number, session_ms: number): void {
    for (let count = 0; count < frames; count += 1) {
      const rgb = new Uint8Array(width * height * 3);
      this.#free.push({ rgb, width, height, session_ms, pts_s: 0, arrival_ms: 0, damaged: false });
    }
  }

  /** The buffer to fill next, or null when the reader must give one back first. */
  take(): Uint8Array | null {
    if (this.#filling === null) this.#filling = this.#free.pop() ?? this.#dropOldest();
    return this.#filling?.rgb ?? null;
  }

  filled(pts_s: number, arrival_ms: number, damaged: boolean): void {
    const frame = this.#filling;
    if (frame === null) return;
    this.#filling = null;
    frame.pts_s = pts_s;
    frame.arrival_ms = arrival_ms;
    frame.damaged = damaged;
    if (this.#policy === "newest") {
      const stale = this.#dropOldest();
      // What is given up unseen was damaged all the same.
      if (stale !== null) frame.damaged ||= stale.damaged;
      if (stale !== null) this.#free.push(stale);
    }
    this.#waiting.push(frame);
  }

  next(): Frame | null {
    return this.#waiting.shift() ?? null;
  }

  giveBack(frame: Frame): void {
    this.#free.push(frame);
  }

  #dropOldest(): Frame | null {
    if (this.#policy === "every") return null;
    const stale = this.#waiting.shift() ?? null;
    if (stale !== null) this.dropped += 1;
    return stale;
  }
}
