/** What an intersection tells those behind it: whom it has let go by each of its exits, and whom it means to let go next. */
import { Expectations } from "../expectations.ts";
import { givenToLanes, type Junction } from "../junction.ts";
import { QueueModel, usualQueues } from "../queue-model.ts";
import type { JunctionSight } from "../sight.ts";

/** Of one exit. The same whether it goes to a neighbour in rehearsal or over the bus. */
export interface Outflow {
  /** Seconds on a clock that all share: the first one told of, and the first that was still to come. */
  readonly from_s: number;
  readonly now_s: number;
  /** Vehicles that leave over the stop lines into the exit, second by second from `from_s` on. */
  readonly vehicles: ArrayLike<number>;
}

/** So long ago somebody may have left and still be on his way, s. */
export const onTheWay_s = 60;
/** And with those who are to leave, as far ahead as the model looks, s. */
const told_s = onTheWay_s + usualQueues.horizon_s;

export class OutflowTeller {
  readonly #junction: Junction;
  readonly #given: readonly Uint8Array[];
  readonly #expected: Expectations;
  readonly #model: QueueModel;
  readonly #turnsSeen: boolean;
  /** By exit: the past first, up to this second, then what is to come. */
  readonly #vehicles: readonly Float64Array[];
  #now_s = Number.NaN;

  /** `turnsSeen`: whoever leaves is seen to turn. Otherwise the turns of those who leave are taken to be as usual. */
  constructor(junction: Junction, turnsSeen: boolean) {
    this.#junction = junction;
    this.#given = givenToLanes(junction);
    this.#expected = new Expectations(junction);
    this.#model = new QueueModel(junction);
    this.#turnsSeen = turnsSeen;
    this.#vehicles = Array.from({ length: junction.exits }, () => new Float64Array(told_s));
  }

  /** Once a second. `stage`: shown, or being changed to; `ahead_s`: until all of it shows; `shown_s`: since then. */
  look(sight: JunctionSight, stage: number, shown_s: number, ahead_s: number, dt_s: number, now_s: number): void {
    this.#expected.learn(sight, this.#given[stage] as Uint8Array, dt_s);
    this.#pass(Math.floor(now_s));
    for (const [m, { exit, lane }] of this.#junction.movements.entries()) {
      const took = this.#turnsSeen
        ? (sight.turned[m] as number)
        : (sight.lanes[lane]?.left ?? 0) * (this.#expected.share[m] as number);
      const vehicles = this.#vehicles[exit] as Float64Array;
      vehicles[onTheWay_s - 1] = (vehicles[onTheWay_s - 1] as number) + took;
    }
    this.#model.load(sight, this.#expected);
    for (const vehicles of this.#vehicles) vehicles.fill(0, onTheWay_s);
    this.#model.releases(stage, shown_s, ahead_s, (exit, t) => this.#count(exit, t));
  }

  /** Of an exit, as it stands; null before the first look. */
  of(exit: number): Outflow | null {
    const vehicles = this.#vehicles[exit];
    if (vehicles === undefined || Number.isNaN(this.#now_s)) return null;
    return { from_s: this.#now_s + 1 - onTheWay_s, now_s: this.#now_s + 1, vehicles };
  }

  #count(exit: number, t: number): void {
    const vehicles = this.#vehicles[exit] as Float64Array;
    vehicles[onTheWay_s + t] = (vehicles[onTheWay_s + t] as number) + 1;
  }

  /** Moves the past back by the seconds that have passed. */
  #pass(now_s: number): void {
    const by = Number.isNaN(this.#now_s) ? 0 : now_s - this.#now_s;
    this.#now_s = now_s;
    if (by <= 0) return;
    for (const vehicles of this.#vehicles) {
      vehicles.copyWithin(0, Math.min(by, told_s), onTheWay_s);
      vehicles.fill(0, Math.max(0, onTheWay_s - by), onTheWay_s);
    }
  }
}
