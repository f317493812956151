/**
 * Whether what is told of a lane may be acted upon: somebody watches it, that somebody is well and heard of, and its detector says what
 * a detector can say. A lane that nobody watches is not an empty lane.
 */

/**
 * `unwatched`: nobody was ever heard of it; `blind`: whoever watches it says himself that he sees nothing; `quiet`: he is not heard of any
 * more; `stuck`: the detector stays on through greens in which nobody crosses; `silent`: it shows nobody, though the lane was busy and the
 * others still are (`lane-silence.ts`).
 */
export type LaneTrouble = "unwatched" | "blind" | "quiet" | "stuck" | "silent";

/** A feed tells of itself with every interval, and those are a minute at most; twice that, and a little, s. */
const quiet_s = 150;
/** Greens, and their seconds in all, in which a covered line lets nobody over. */
const [stuckGreens, stuck_s] = [3, 40];

export class LaneWatch {
  #heard_s = Number.NaN;
  #blind = true;
  #present = false;
  #greens = 0;
  #green_s = 0;
  #wasGreen = false;

  /** Whoever watches the lane was heard of; `sees`: by his own account. */
  heard(now_s: number, sees: boolean): void {
    this.#heard_s = now_s;
    this.#blind = !sees;
  }

  present(on: boolean): void {
    this.#present = on;
    if (!on) this.#moved();
  }

  crossed(): void {
    this.#moved();
  }

  /** Once a round. */
  look(green: boolean, dt_s: number): void {
    if (this.#present && green) {
      if (!this.#wasGreen) this.#greens += 1;
      this.#green_s += dt_s;
    }
    this.#wasGreen = green;
  }

  trouble(now_s: number): LaneTrouble | null {
    if (Number.isNaN(this.#heard_s)) return "unwatched";
    if (this.#blind) return "blind";
    if (now_s - this.#heard_s > quiet_s) return "quiet";
    return this.#greens >= stuckGreens && this.#green_s >= stuck_s ? "stuck" : null;
  }

  #moved(): void {
    this.#greens = 0;
    this.#green_s = 0;
  }
}
