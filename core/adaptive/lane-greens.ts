/** Which lanes the stages of a junction serve, and for how long each lane has been without green. */
import { AFTER_STOP, givenToLanes, type Junction } from "./junction.ts";
import type { JunctionSight } from "./sight.ts";

const anyRed = (): number => Number.POSITIVE_INFINITY;

export class LaneGreens {
  /** By stage: what lanes are given. */
  readonly given: readonly Uint8Array[];
  /** By lane: since its green ended. */
  readonly #red_s: Float64Array;

  constructor(junction: Junction) {
    this.given = givenToLanes(junction);
    this.#red_s = new Float64Array(junction.lanes.length);
  }

  serves(stage: number, lane: number): boolean {
    return (this.given[stage]?.[lane] as number) > AFTER_STOP;
  }

  /** `stage`: shown since the look before, `dt_s` ago. */
  look(stage: number, dt_s: number): void {
    for (let at = 0; at < this.#red_s.length; at += 1) {
      this.#red_s[at] = this.serves(stage, at) ? 0 : (this.#red_s[at] as number) + dt_s;
    }
  }

  /**
   * The lane without green that waits longest, of those that do for more than `limit_s` and that some stage serves; or -1. A lane that has
   * had red for more than `longestRed_s` waits whoever is seen there.
   */
  longestWaiting(
    { lanes }: JunctionSight,
    stage: number,
    limit_s: number,
    longestRed_s: (lane: number) => number = anyRed,
  ): number {
    let [worst, longest_s] = [-1, limit_s];
    for (const [at, { waited_s }] of lanes.entries()) {
      const red_s = this.#red_s[at] as number;
      // Who had green and did not use it waits anew: green is not what he waits for.
      const waits_s = red_s > longestRed_s(at) ? red_s : Math.min(red_s, waited_s);
      if (waits_s <= longest_s || this.serves(stage, at)) continue;
      if (this.given.some((_, other) => this.serves(other, at))) [worst, longest_s] = [at, waits_s];
    }
    return worst;
  }
}
