/** Everybody within range, exactly as they are: the bound that no camera reaches, and what published controllers are given. */
import { JunctionSight } from "../../core/adaptive/sight.ts";
import type { LaneView, RunningStreet } from "../street/running-street.ts";
import type { Eyes } from "./eyes.ts";
import type { SignalJunction } from "./signal-junction.ts";

/** Everybody so far before a stop line is within range, m. */
export const reach_m = 200;
/** A vehicle that is slower stands, m/s; what it keeps to the next one, m. */
const [standing_m_s, minGap_m] = [0.1, 2.5];
/** Shares of the golden ratio: spreads numbers evenly between those who could come on several lanes. */
const golden = 0.6180339887498949;

interface Source {
  /** A lane of the network, and for each approach lane that it leads to: which, how far ahead, and from where on it is seen. */
  readonly lane: number;
  readonly targets: readonly {
    readonly at: number;
    readonly ahead_m: number;
    readonly from_m: number;
    readonly crossed: boolean;
  }[];
}

function sourcesOf({ stretches }: SignalJunction): readonly Source[] {
  const sources = new Map<number, Source["targets"][number][]>();
  for (const [at, parts] of stretches.entries()) {
    for (const { lane, ahead_m, crossed, from_m } of parts) {
      const known = sources.get(lane);
      if (known === undefined) sources.set(lane, [{ at, ahead_m, crossed, from_m }]);
      else known.push({ at, ahead_m, crossed, from_m });
    }
  }
  return [...sources].map(([lane, targets]) => ({ lane, targets }));
}

export class FullSight implements Eyes {
  readonly sight: JunctionSight;
  readonly #own: SignalJunction;
  readonly #sources: readonly Source[];
  /** Vehicles seen at the look before: on which approach lane; and of those that left over a stop line, on which they were. */
  #seen = new Map<number, number>();
  #before = new Map<number, number>();
  readonly #crossing = new Map<number, number>();
  /** By exit: vehicles that were on its lanes at the look before, and are now. */
  readonly #onExit: Set<number>[];
  readonly #wereOnExit: Set<number>[];
  /** By approach lane and exit: the movement, or -1. */
  readonly #movement: readonly Int32Array[];

  constructor(own: SignalJunction) {
    this.#own = own;
    this.sight = new JunctionSight(own.junction);
    this.#sources = sourcesOf(own);
    this.#onExit = own.exits.map(() => new Set());
    this.#wereOnExit = own.exits.map(() => new Set());
    this.#movement = own.junction.lanes.map(() => new Int32Array(own.junction.exits).fill(-1));
    for (const [m, { lane, exit }] of own.junction.movements.entries()) (this.#movement[lane] as Int32Array)[exit] = m;
  }

  get lanes(): readonly number[] {
    return [...this.#sources.map(({ lane }) => lane), ...this.#own.exits.flat()];
  }

  /** Nothing is told: all is seen. */
  fault(): null {
    return null;
  }

  look(street: RunningStreet, dt_s: number): void {
    for (const lane of this.sight.lanes) lane.clear();
    [this.#seen, this.#before] = [this.#before, this.#seen];
    this.#seen.clear();
    for (const source of this.#sources) this.#lookAt(street.lane(source.lane), source);
    for (const [vehicle, at] of this.#before) if (!this.#seen.has(vehicle)) this.#crossed(vehicle, at);
    for (const lane of this.sight.lanes) {
      const stands = lane.count > 0 && (lane.speed_m_s[0] as number) < standing_m_s;
      lane.waited_s = stands ? lane.waited_s + dt_s : 0;
    }
    this.sight.turned.fill(0);
    for (const [exit, lanes] of this.#own.exits.entries()) this.#lookBehind(street, exit, lanes);
  }

  #lookAt({ count, length_m, position_m, speed_m_s, vehicle }: LaneView, { targets }: Source): void {
    for (let i = 0; i < count; i += 1) {
      const who = vehicle[i] as number;
      const target = targets[Math.floor(((who * golden) % 1) * targets.length)] as Source["targets"][number];
      if ((position_m[i] as number) < target.from_m) break;
      const lane = this.sight.lanes[target.at];
      if (lane === undefined) continue;
      lane.add(target.ahead_m + length_m - (position_m[i] as number), speed_m_s[i] as number);
      if (target.crossed && (speed_m_s[i] as number) < standing_m_s) lane.spilled += 1;
      if (!this.#before.has(who)) lane.entered += 1;
      this.#seen.set(who, target.at);
    }
  }

  #crossed(vehicle: number, at: number): void {
    const lane = this.sight.lanes[at];
    if (lane !== undefined) lane.left += 1;
    this.#crossing.set(vehicle, at);
  }

  /** Who came over, and what is free behind. */
  #lookBehind(street: RunningStreet, exit: number, lanes: readonly number[]): void {
    const were = this.#onExit[exit] as Set<number>;
    const are = this.#wereOnExit[exit] as Set<number>;
    [this.#onExit[exit], this.#wereOnExit[exit]] = [are, were];
    are.clear();
    let room_m = 0;
    for (const lane of lanes) {
      const view = street.lane(lane);
      room_m = Math.max(room_m, freeRoom_m(view));
      for (let i = 0; i < view.count; i += 1) {
        are.add(view.vehicle[i] as number);
        const from = this.#crossing.get(view.vehicle[i] as number);
        if (from === undefined) continue;
        this.#crossing.delete(view.vehicle[i] as number);
        const movement = this.#movement[from]?.[exit] ?? -1;
        if (movement >= 0) this.sight.turned[movement] = (this.sight.turned[movement] as number) + 1;
      }
    }
    let gone = 0;
    for (const vehicle of were) if (!are.has(vehicle)) gone += 1;
    this.sight.released[exit] = gone / lanes.length;
    this.sight.room_m[exit] = room_m;
    this.sight.behind[exit] = are.size;
  }
}

/** From the lane's start to the last who stands, less what those need who still drive up to him; without end where nobody stands. */
function freeRoom_m({ count, position_m, speed_m_s, body_m }: LaneView): number {
  let moving_m = 0;
  for (let i = count - 1; i >= 0; i -= 1) {
    if ((speed_m_s[i] as number) < standing_m_s) return (position_m[i] as number) - (body_m[i] as number) - moving_m;
    moving_m += (body_m[i] as number) + minGap_m;
  }
  return Number.POSITIVE_INFINITY;
}
