/** Who stands, and for how long in one go: looked at step by step on either engine. */
import type { LaneView, RunningStreet } from "./running-street.ts";

/** Who is slower stands, m/s. */
const standing_m_s = 0.1;

export interface Standing {
  /** Longest that a vehicle stood without moving, and that the first of a lane outside junctions did, whoever it was, s. */
  readonly longest_wait_s: number;
  readonly longest_lane_wait_s: number;
  /** Vehicles that stand at once on all of the network. */
  readonly mean_queue: number;
  readonly longest_queue: number;
}

export class StandingWatch {
  readonly #street: RunningStreet;
  readonly #lanes: readonly number[];
  /** By vehicle, and by lane. */
  readonly #stood_s = new Map<number, number>();
  readonly #blocked_s: Float64Array;
  #longest_s = 0;
  #longestOfLane_s = 0;
  #looks = 0;
  #standing = 0;
  #most = 0;

  constructor(street: RunningStreet) {
    const { edges, lanes } = street.network;
    this.#street = street;
    this.#lanes = [...lanes.ids.keys()];
    this.#blocked_s = new Float64Array(lanes.ids.length).fill(Number.NEGATIVE_INFINITY);
    for (const lane of this.#lanes) if (edges.inside[lanes.edge[lane] as number] === 0) this.#blocked_s[lane] = 0;
    street.watch(this.#lanes);
  }

  /** After each step. */
  look(): void {
    let standing = 0;
    for (const lane of this.#lanes) standing += this.#lookAt(this.#street.lane(lane));
    this.#looks += 1;
    this.#standing += standing;
    this.#most = Math.max(this.#most, standing);
  }

  #lookAt({ count, lane, speed_m_s, vehicle }: LaneView): number {
    const { step_s } = this.#street;
    let standing = 0;
    for (let i = 0; i < count; i += 1) {
      const who = vehicle[i] as number;
      if ((speed_m_s[i] as number) >= standing_m_s) this.#stood_s.delete(who);
      else {
        const stood_s = (this.#stood_s.get(who) ?? 0) + step_s;
        this.#stood_s.set(who, stood_s);
        this.#longest_s = Math.max(this.#longest_s, stood_s);
        standing += 1;
      }
    }
    const isBlocked = count > 0 && (speed_m_s[0] as number) < standing_m_s;
    if (isBlocked) this.#blocked_s[lane] = (this.#blocked_s[lane] as number) + step_s;
    else if ((this.#blocked_s[lane] as number) > 0) this.#blocked_s[lane] = 0;
    this.#longestOfLane_s = Math.max(this.#longestOfLane_s, this.#blocked_s[lane] as number);
    return standing;
  }

  get result(): Standing {
    return {
      longest_wait_s: this.#longest_s,
      longest_lane_wait_s: this.#longestOfLane_s,
      mean_queue: this.#standing / Math.max(1, this.#looks),
      longest_queue: this.#most,
    };
  }
}
