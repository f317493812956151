/**
 * Measures what a camera's pace is decided by: how long looking takes, and how late pictures come. Of each second's lateness
 * the least counts: a queue that is never empty is one that stands, all else is jitter (Nichols and Jacobson 2012,
 * "Controlling Queue Delay").
 */
import type { Load } from "./pace.ts";

/** The camera's clock and ours drift apart by less: what is late by no more than this each second is only that. */
const drift_msPerS = 0.5;

export class LoadMeter {
  #since_ms: number;
  #looked_ms = 0;
  #late_ms = 0;
  #leastLate_ms = Number.POSITIVE_INFINITY;
  /** Smallest distance seen between a picture's own time and its arrival, and when. */
  #best_ms = Number.POSITIVE_INFINITY;
  #best_at_ms = 0;

  constructor(now_ms: number) {
    this.#since_ms = now_ms;
  }

  /** Another connection: its times have nothing to do with those before. */
  epoch(): void {
    this.#best_ms = Number.POSITIVE_INFINITY;
    this.#leastLate_ms = Number.POSITIVE_INFINITY;
    this.#late_ms = 0;
  }

  /** Every picture that came, looked at or not. */
  arrived(pts_s: number, arrival_ms: number): void {
    const distance_ms = arrival_ms - pts_s * 1000;
    const best_ms = this.#best_ms + ((arrival_ms - this.#best_at_ms) / 1000) * drift_msPerS;
    if (distance_ms < best_ms || best_ms === Number.POSITIVE_INFINITY) {
      this.#best_ms = distance_ms;
      this.#best_at_ms = arrival_ms;
      this.#leastLate_ms = 0;
    } else {
      this.#leastLate_ms = Math.min(this.#leastLate_ms, distance_ms - best_ms);
    }
  }

  looked(from_ms: number, to_ms: number): void {
    this.#looked_ms += Math.max(0, to_ms - from_ms);
  }

  /** The load since the last taking. While no picture comes, the last ones' lateness stands. */
  take(now_ms: number): Omit<Load, "idle"> {
    const passed_ms = Math.max(1, now_ms - this.#since_ms);
    if (this.#leastLate_ms !== Number.POSITIVE_INFINITY) this.#late_ms = this.#leastLate_ms;
    const load = { busy: Math.min(1, this.#looked_ms / passed_ms), late_ms: this.#late_ms };
    this.#since_ms = now_ms;
    this.#looked_ms = 0;
    this.#leastLate_ms = Number.POSITIVE_INFINITY;
    return load;
  }
}
