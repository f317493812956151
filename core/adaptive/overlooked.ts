/**
 * Who may stand before an intersection and is not seen by its cameras: they miss a share of those who come, and on a lane on which nobody
 * else stands nothing gives away who was missed. So many may wait as usually come in the time that the lane has had red. A stage is
 * worth a green for them once those on all of its lanes have waited for as many vehicle seconds as it costs the others: going round
 * for nobody and letting somebody stand are then balanced, as a store balances orders and stock (Harris 1913, "How many parts to make
 * at once").
 */
import { newestWeight } from "./expectations.ts";
import { AFTER_STOP, givenToLanes, type Junction } from "./junction.ts";
import { type JunctionSight, missedShare } from "./sight.ts";

/** Of those of whom neighbours tell, so many are not told of or taken for somebody else. */
const unheard = 0.2;
/** Memory of how many come, s; and what a lane's rate is mixed with: so many vehicles at the mean rate of all of its junction's lanes. */
const [memory_s, presumed] = [900, 1];
/** Where others come more often than that, s, whoever was missed is soon given away by them, and counts for less. */
const alone_s = 60;
/**
 * What a green for nobody costs, in vehicle seconds for each vehicle a second that may come meanwhile untold: half of the 11 s that it
 * takes with the changes to it and back, for those who come in them, and their stops; and at most, where so many come that greens go round anyway.
 */
const [costs_s, most_veh_s] = [80, 4];

export class Overlooked {
  /** By stage: what lanes are given. */
  readonly #given: readonly Uint8Array[];
  readonly #rate_s: Float64Array;
  /** By lane, since its green: who may wait, and for how long they have, vehicle seconds; and what they count for now. */
  readonly #waiting: Float64Array;
  readonly #waited_veh_s: Float64Array;
  readonly #worth: Float64Array;
  #seen_s = 0;

  constructor(junction: Junction) {
    const lanes = junction.lanes.length;
    this.#given = givenToLanes(junction);
    this.#rate_s = new Float64Array(lanes);
    this.#waiting = new Float64Array(lanes);
    this.#waited_veh_s = new Float64Array(lanes);
    this.#worth = new Float64Array(lanes);
  }

  /** Once a look, after the neighbours were heard: of whom they tell it is known whether he came. `given`: what each lane is given. */
  look(sight: JunctionSight, given: Uint8Array, dt_s: number): void {
    const mean_s = this.#learn(sight, dt_s);
    const untold_s = this.#wait(sight, given, mean_s, dt_s);
    const enough_veh_s = Math.min(most_veh_s, costs_s * untold_s);
    for (const stage of this.#given) {
      let waited_veh_s = 0;
      for (const [at, lane] of stage.entries()) if (lane > AFTER_STOP) waited_veh_s += this.#waited_veh_s[at] as number;
      if (waited_veh_s > 0 && waited_veh_s >= enough_veh_s) this.#show(sight, stage);
    }
  }

  /** Vehicles a second on each lane; returns their mean. */
  #learn({ lanes }: JunctionSight, dt_s: number): number {
    this.#seen_s += dt_s;
    const weight = newestWeight(dt_s, this.#seen_s, memory_s);
    let sum_s = 0;
    for (const [at, { entered }] of lanes.entries()) {
      const rate_s = this.#rate_s[at] as number;
      this.#rate_s[at] = rate_s + (entered / dt_s - rate_s) * weight;
      sum_s += this.#rate_s[at] as number;
    }
    return sum_s / lanes.length;
  }

  /** Returns vehicles a second of whom nobody tells. */
  #wait({ lanes }: JunctionSight, given: Uint8Array, mean_s: number, dt_s: number): number {
    const known_s = Math.min(this.#seen_s, memory_s);
    let untold_s = 0;
    for (const [at, lane] of lanes.entries()) {
      const presumed_s = mean_s > 0 ? presumed / mean_s : 0;
      const rate_s = ((this.#rate_s[at] as number) * known_s + (mean_s > 0 ? presumed : 0)) / (known_s + presumed_s);
      const untold = rate_s * (1 - lane.told * (1 - unheard));
      untold_s += untold;
      const served = (given[at] as number) > AFTER_STOP;
      this.#waiting[at] = served
        ? 0
        : (this.#waiting[at] as number) + untold * (missedShare / (1 - missedShare)) * dt_s;
      this.#waited_veh_s[at] = served ? 0 : (this.#waited_veh_s[at] as number) + (this.#waiting[at] as number) * dt_s;
      this.#worth[at] = (this.#waiting[at] as number) * Math.min(1, 1 / (rate_s * alone_s));
    }
    return untold_s;
  }

  /** Those on the lanes of a stage count, each once. */
  #show({ lanes }: JunctionSight, stage: Uint8Array): void {
    for (const [at, lane] of lanes.entries()) {
      if ((stage[at] as number) <= AFTER_STOP) continue;
      lane.hidden += this.#worth[at] as number;
      this.#worth[at] = 0;
    }
  }
}
