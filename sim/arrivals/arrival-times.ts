/**
 * When vehicles reach the stop line: a Poisson process whose rate rises while the signal upstream releases its
 * platoon and falls in between, with the stated volume as its mean (Robertson's platoons, as a square wave).
 */
import { draw, streamOf } from "./random.ts";

/** Of the vehicles, the share that comes in the platoon; the platoon lasts this share of the upstream cycle. */
const PLATOON_SHARE = 0.6;
const PLATOON_LENGTH = 0.4;
export const UPSTREAM_CYCLE_MS = 90_000;

const IN_PLATOON = PLATOON_SHARE / PLATOON_LENGTH;
const BETWEEN = (1 - PLATOON_SHARE) / (1 - PLATOON_LENGTH);

/** Next arrivals of many lanes; lane numbers are positions in the arrays given. Times are ms. */
export class ArrivalTimes {
  readonly next: Float64Array;
  readonly #states: Uint32Array;
  readonly #phases: Float64Array;
  readonly #perMs: Float64Array;

  /** `flows`: veh/h of each lane; 0 never arrives. `names` seed the lanes' own streams. */
  constructor(names: readonly string[], flows: readonly number[], seed: number, start_ms: number) {
    this.#states = Uint32Array.from(names, (name) => streamOf(seed, name));
    this.#perMs = Float64Array.from(flows, (flow) => flow / 3_600_000);
    this.#phases = Float64Array.from(names, (_, lane) => draw(this.#states, lane) * UPSTREAM_CYCLE_MS);
    this.next = new Float64Array(names.length).fill(start_ms);
    for (let lane = 0; lane < names.length; lane += 1) this.advance(lane);
  }

  /** A number in [0, 1) from the lane's own stream. */
  chance(lane: number): number {
    return draw(this.#states, lane);
  }

  /** Moves `next[lane]` to the arrival after it, by thinning (Lewis and Shedler 1979). */
  advance(lane: number): void {
    const rate = this.#perMs[lane] ?? 0;
    let at = this.next[lane] ?? 0;
    if (rate <= 0) at = Number.POSITIVE_INFINITY;
    while (at < Number.POSITIVE_INFINITY) {
      at -= Math.log(1 - draw(this.#states, lane)) / (rate * IN_PLATOON);
      const place = (((at + (this.#phases[lane] ?? 0)) % UPSTREAM_CYCLE_MS) + UPSTREAM_CYCLE_MS) % UPSTREAM_CYCLE_MS;
      const factor = place < PLATOON_LENGTH * UPSTREAM_CYCLE_MS ? IN_PLATOON : BETWEEN;
      if (draw(this.#states, lane) * IN_PLATOON < factor) break;
    }
    this.next[lane] = at;
  }
}
