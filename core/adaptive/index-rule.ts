/**
 * A plain rule with a cost of changing: each second the stage that lets most vehicles go for the time that it takes, and that the
 * change to it takes (Laemmer and Helbing 2008, "Self-control of traffic lights and vehicle flows in urban road networks").
 */
import { AFTER_STOP, type Junction, PRIORITY } from "./junction.ts";
import { LaneGreens } from "./lane-greens.ts";
import type { Decision, Policy } from "./policy.ts";
import { freeTime_s, hiddenFirst, type JunctionSight, type LaneSight } from "./sight.ts";

export interface IndexSettings {
  /** What a change costs, in times of the seconds that it takes; and how many times more where lanes are always full. */
  readonly changes: number;
  readonly changesWhenFull: number;
  /** Of a queue that leaves, s. */
  readonly headway_s: number;
  /** From green to the first vehicle over the line, s. */
  readonly startUp_s: number;
  /** Who comes so soon after the one before has left still belongs to its queue, s. */
  readonly together_s: number;
  /** Whoever stands longest gets green after so long, s. */
  readonly longestWait_s: number;
}

export const usualIndex: IndexSettings = {
  changes: 3,
  changesWhenFull: 6,
  headway_s: 1.95,
  startUp_s: 1.2,
  together_s: 2,
  longestWait_s: 90,
};

/** For the index who gives way leaves at every second headway only. */
const yieldingHeadways = 2;
export const indexHeadways = (given: number): number => (given === PRIORITY ? 1 : yieldingHeadways);

/**
 * Vehicles a second of a change and the green after it, where a second of the change counts for `times` (Laemmer and Helbing 2008); -1 where
 * it serves nobody.
 */
export const indexOf = (vehicles: number, setUp_s: number, times: number, green_s: number): number =>
  vehicles === 0 ? -1 : vehicles / (setUp_s * times + green_s);

/** Who is slower stands, m/s; who stands so long at green does not go, s; room for one vehicle behind the intersection, m. */
const [standing_m_s, stuckFrom_s, least_m] = [0.1, 4, 7.5];
/** A lane is full when so many are on it, and the last of them is so near to the end of sight, m, and so slow, m/s. */
const [fullFrom, fullEnd_m, slow_m_s] = [5, 12, 2];
/** Memory of full lanes, s; what is full for this share of the time counts as always full. */
const [fullMemory_s, alwaysFull] = [300, 0.5];

export class IndexRule implements Policy {
  readonly #junction: Junction;
  readonly #settings: IndexSettings;
  /** Also for who asks the rule what it would do. */
  readonly greens: LaneGreens;
  /** By lane: for how long it has had green and nobody went. */
  readonly #stuck_s: Float64Array;
  /** Share of the time in which some lane is full. */
  #full = 0;
  /** What of a lane was counted last: vehicles, and when the last of them leaves. */
  #vehicles = 0;
  #until_s = 0;

  constructor(junction: Junction, settings: IndexSettings = usualIndex) {
    this.#junction = junction;
    this.#settings = settings;
    this.greens = new LaneGreens(junction);
    this.#stuck_s = new Float64Array(junction.lanes.length);
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.greens.look(stage, dt_s);
    let anyFull = false;
    for (const [at, lane] of sight.lanes.entries()) {
      const stands = lane.left === 0 && lane.count > 0 && (lane.speed_m_s[0] as number) < standing_m_s;
      this.#stuck_s[at] = stands && this.greens.serves(stage, at) ? (this.#stuck_s[at] as number) + dt_s : 0;
      anyFull ||= isFull(lane, this.#junction.lanes[at]?.seen_m as number);
    }
    this.#full += ((anyFull ? 1 : 0) - this.#full) * Math.min(1, dt_s / fullMemory_s);
  }

  decide(sight: JunctionSight, stage: number): Decision {
    const waiting = this.greens.longestWaiting(sight, stage, this.#settings.longestWait_s);
    const { best, alternative } = this.#best(sight, stage, waiting);
    const reason = best === stage ? "kept" : waiting === -1 ? "changed" : "starved";
    return { stage: best, reason, keep_veh_s: Number.NaN, change_veh_s: Number.NaN, alternative };
  }

  /** 0 to 1: how far lanes are full all the time. */
  get fullness(): number {
    return Math.min(1, this.#full / alwaysFull);
  }

  /** The stage that it would show, however long others have waited; where lane `waiting` has to be served, of those that do. */
  stageFor(sight: JunctionSight, stage: number, waiting = -1): number {
    return this.#best(sight, stage, waiting).best;
  }

  /** Where lane `waiting` has to be served, only of the stages that do. */
  #best(sight: JunctionSight, stage: number, waiting: number): { best: number; alternative: number } {
    const keep = waiting === -1 ? this.#index(sight, stage, stage) : Number.NEGATIVE_INFINITY;
    let [best, highest, alternative, second] = [stage, keep, stage, Number.NEGATIVE_INFINITY];
    for (let to = 0; to < this.greens.given.length; to += 1) {
      if (to === stage || (waiting !== -1 && !this.greens.serves(to, waiting))) continue;
      const index = this.#index(sight, stage, to);
      if (index > second) [alternative, second] = [to, index];
      if (index > highest + 1e-9) [best, highest] = [to, index];
    }
    return { best, alternative };
  }

  /** Of `to`, with the change to it. */
  #index(sight: JunctionSight, from: number, to: number): number {
    const { change_s, minGreen_s } = this.#junction;
    const { changes, changesWhenFull, headway_s, startUp_s } = this.#settings;
    const times = changes + changesWhenFull * this.fullness;
    const setUp_s = from === to ? 0 : (change_s[from]?.[to] as number) + startUp_s;
    let [vehicles, longest_s] = [0, from === to ? 1 : minGreen_s];
    for (const [at, lane] of sight.lanes.entries()) {
      const given = this.greens.given[to]?.[at] as number;
      if (given <= AFTER_STOP || this.#isBlocked(sight, at)) continue;
      const limit = this.#junction.lanes[at]?.speed_m_s as number;
      this.#count(lane, limit, this.greens.serves(from, at) ? 0 : setUp_s, headway_s * indexHeadways(given));
      vehicles += this.#vehicles;
      longest_s = Math.max(longest_s, this.#until_s - setUp_s);
    }
    return indexOf(vehicles, setUp_s, times, longest_s);
  }

  /** Who leaves one after another until nobody comes in time. */
  #count(lane: LaneSight, limit_m_s: number, from_s: number, headway_s: number): void {
    const { count, distance_m, speed_m_s, weight } = lane;
    const hidden = hiddenFirst(lane);
    let [until_s, vehicles] = [from_s + hidden * headway_s, hidden];
    for (let i = 0; i < count; i += 1) {
      const comes_s = freeTime_s(distance_m[i] as number, speed_m_s[i] as number, limit_m_s);
      if (comes_s > until_s + this.#settings.together_s) break;
      until_s += headway_s;
      vehicles += weight[i] as number;
    }
    this.#vehicles = vehicles;
    this.#until_s = until_s;
  }

  /** Does green let nobody of the lane go: who stands first gives way, or all behind it is full? */
  #isBlocked({ room_m }: JunctionSight, lane: number): boolean {
    if ((this.#stuck_s[lane] as number) >= stuckFrom_s) return true;
    const { lanes, movements } = this.#junction;
    return (lanes[lane]?.movements ?? []).every((m) => (room_m[movements[m]?.exit as number] as number) < least_m);
  }
}

/** Does its queue reach as far back as anything is seen? More stand behind then. */
function isFull({ count, distance_m, speed_m_s }: LaneSight, seen_m: number): boolean {
  const last = count - 1;
  return (
    count >= fullFrom && (distance_m[last] as number) > seen_m - fullEnd_m && (speed_m_s[last] as number) < slow_m_s
  );
}
