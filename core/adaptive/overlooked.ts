/**
 * Who may stand before an intersection and is not seen by its cameras: they miss a share of those who come, and on a lane on which nobody
 * else stands nothing gives away who was missed. So many may wait as usually come in the time that the lane has had red.
 */
import { newestWeight } from "./expectations.ts";
import { AFTER_STOP, type Junction } from "./junction.ts";
import type { JunctionSight } from "./sight.ts";

/** Of those who come, so many are never seen by cameras that are set up as they should be: docs/reference/scenarios.md. */
const missed = 0.1;
/** Memory of how many come, s. */
const memory_s = 900;
/** Fewer than so many are nobody. */
const least = 0.1;
/** Where others come more often than that, s, whoever was missed is soon given away by them, and counts for less. */
const alone_s = 60;

export class Overlooked {
  readonly #rate_s: Float64Array;
  readonly #waiting: Float64Array;
  #seen_s = 0;

  constructor({ lanes }: Junction) {
    this.#rate_s = new Float64Array(lanes.length);
    this.#waiting = new Float64Array(lanes.length);
  }

  /** Once a look, after the neighbours were heard: of whom they tell it is known whether he came. `given`: what each lane is given. */
  look({ lanes }: JunctionSight, given: Uint8Array, dt_s: number): void {
    this.#seen_s += dt_s;
    const weight = newestWeight(dt_s, this.#seen_s, memory_s);
    for (const [at, lane] of lanes.entries()) {
      const rate_s = this.#rate_s[at] as number;
      this.#rate_s[at] = rate_s + (lane.entered / dt_s - rate_s) * weight;
      const more = rate_s * (1 - lane.told) * (missed / (1 - missed)) * dt_s;
      this.#waiting[at] = (given[at] as number) > AFTER_STOP ? 0 : (this.#waiting[at] as number) + more;
      const worth = (this.#waiting[at] as number) * Math.min(1, 1 / (rate_s * alone_s));
      if (worth > least) lane.hidden += worth;
    }
  }
}
