/**
 * What vehicles waited before an intersection in the seconds after a decision, to hold what was predicted against: by lane, those who
 * would have come to the line by now if nobody had been in their way, less those who have left over it (an input-output diagram; the
 * model of the queues reckons its waiting alike).
 */
import type { Junction } from "../junction.ts";
import { freeTime_s, type JunctionSight, type LaneSight } from "../sight.ts";

/** Who is so slow, and no further from the line than a queue of those before would reach, stands in it: as the model has it. */
const [creep_m_s, spacing_m, slack_m] = [2, 7.5, 6];

export class HorizonCheck {
  readonly #junction: Junction;
  readonly #horizon_s: number;
  /** By lane and second: who comes to the line in it. */
  readonly #come: Uint16Array;
  /** By lane: who has come by now, and who has left. */
  readonly #came: Int32Array;
  readonly #left: Int32Array;
  #passed_s = 0;
  #waited_veh_s = 0;

  /** At the moment of the decision. */
  constructor(junction: Junction, { lanes }: JunctionSight, horizon_s: number) {
    this.#junction = junction;
    this.#horizon_s = horizon_s;
    this.#come = new Uint16Array(lanes.length * horizon_s);
    this.#came = new Int32Array(lanes.length);
    this.#left = new Int32Array(lanes.length);
    for (const [at, lane] of lanes.entries()) this.#expect(at, lane);
  }

  get isOver(): boolean {
    return this.#passed_s >= this.#horizon_s;
  }

  get waited_veh_s(): number {
    return this.#waited_veh_s;
  }

  /** Each second after it, with what has been seen since the look before. */
  look({ lanes }: JunctionSight, dt_s: number): void {
    const second = Math.floor(this.#passed_s);
    for (const [at, { entered, left }] of lanes.entries()) {
      const { seen_m, speed_m_s } = this.#junction.lanes[at] as Junction["lanes"][number];
      this.#note(at, second + seen_m / speed_m_s, entered);
      this.#came[at] = (this.#came[at] as number) + (this.#come[at * this.#horizon_s + second] as number);
      this.#left[at] = (this.#left[at] as number) + left;
      this.#waited_veh_s += Math.max(0, (this.#came[at] as number) - (this.#left[at] as number)) * dt_s;
    }
    this.#passed_s += dt_s;
  }

  #expect(at: number, { count, distance_m, speed_m_s }: LaneSight): void {
    const limit_m_s = this.#junction.lanes[at]?.speed_m_s as number;
    for (let i = 0; i < count; i += 1) {
      const [distance, speed] = [distance_m[i] as number, speed_m_s[i] as number];
      const stands = speed < creep_m_s && distance < spacing_m * (i + 1) + slack_m;
      this.#note(at, stands ? 0 : freeTime_s(distance, speed, limit_m_s), 1);
    }
  }

  #note(at: number, second: number, vehicles: number): void {
    const place = Math.max(0, Math.ceil(second));
    if (vehicles === 0 || place >= this.#horizon_s) return;
    const index = at * this.#horizon_s + place;
    this.#come[index] = (this.#come[index] as number) + vehicles;
  }
}
