/**
 * What an intersection has learned of its traffic by looking: how many come on each lane, which way they go, and how fast a
 * queue leaves. All of it forgets: the last minutes count most.
 */
import { AFTER_STOP, type Junction, PRIORITY } from "./junction.ts";
import type { JunctionSight, LaneSight } from "./sight.ts";

export interface LearningSettings {
  /** Memory of arrivals, s. */
  readonly arrivals_s: number;
  /** Memory of what a full exit lets go, s. */
  readonly exits_s: number;
  /** Before anything is seen: seconds between two vehicles of a queue that leave, and how many seen ones that counts as. */
  readonly headway_s: number;
  readonly headwayWeight: number;
}

const usualLearning: LearningSettings = { arrivals_s: 180, exits_s: 25, headway_s: 1.95, headwayWeight: 30 };

/** Seconds of green after which a queue leaves at its own pace; and what counts as one: so many, so near, so slow. */
const [settled_s, queue, near_m, slow_m_s] = [4, 3, 40, 8];
/** A lane that has been stuck for so long is not counted on, s. */
export const stuckFrom_s = 6;
const usualExit_s = 0.3;
/** Who is slower stands at the line, and so long after it was stuck a lane is tried again, s. */
const [standing_m_s, retry_s] = [0.5, 12];
/** What was learned of headways and turns halves in so many vehicles. */
const memory = 400;

export class Expectations {
  /** Vehicles a second, by lane. */
  readonly arrivals_s: Float64Array;
  /** By movement: its share of its lane's vehicles. */
  readonly share: Float64Array;
  /** By lane: seconds from one vehicle of a leaving queue to the next. */
  readonly headway_s: Float64Array;
  /** By exit: vehicles a second that its lanes let go. */
  readonly exit_s: Float64Array;
  /** By lane: for how long it has had green, somebody stood at its line and nobody went. */
  readonly stuck_s: Float64Array;
  readonly #junction: Junction;
  readonly #settings: LearningSettings;
  readonly #turns: Float64Array;
  readonly #green_s: Float64Array;
  readonly #leaving_s: Float64Array;
  readonly #leavers: Float64Array;
  #seen_s = 0;

  constructor(junction: Junction, settings: LearningSettings = usualLearning) {
    const { lanes, movements } = junction;
    this.#junction = junction;
    this.#settings = settings;
    this.arrivals_s = new Float64Array(lanes.length);
    this.share = Float64Array.from(movements, ({ lane }) => 1 / (lanes[lane]?.movements.length ?? 1));
    this.headway_s = new Float64Array(lanes.length).fill(settings.headway_s);
    this.exit_s = new Float64Array(junction.exits).fill(usualExit_s);
    this.stuck_s = new Float64Array(lanes.length);
    this.#turns = new Float64Array(movements.length).fill(1);
    this.#green_s = new Float64Array(lanes.length);
    this.#leaving_s = new Float64Array(lanes.length).fill(settings.headway_s * settings.headwayWeight);
    this.#leavers = new Float64Array(lanes.length).fill(settings.headwayWeight);
  }

  /** `shown`: what the lanes are given since the look before, `dt_s` ago. */
  learn(sight: JunctionSight, shown: Uint8Array, dt_s: number): void {
    this.#seen_s += dt_s;
    const weight = newestWeight(dt_s, this.#seen_s, this.#settings.arrivals_s);
    for (const [at, lane] of sight.lanes.entries()) {
      const rate = this.arrivals_s[at] as number;
      this.arrivals_s[at] = rate + (lane.entered / dt_s - rate) * weight;
      this.#learnHeadway(at, lane, shown[at] as number, dt_s);
      this.#learnStuck(at, lane, shown[at] as number, dt_s);
    }
    const exitWeight = 1 - Math.exp(-dt_s / this.#settings.exits_s);
    for (const [exit, released] of sight.released.entries()) {
      const rate = this.exit_s[exit] as number;
      this.exit_s[exit] = rate + (released / dt_s - rate) * exitWeight;
    }
    this.#learnTurns(sight);
  }

  #learnHeadway(at: number, lane: LaneSight, given: number, dt_s: number): void {
    const green_s = given === PRIORITY ? (this.#green_s[at] as number) + dt_s : 0;
    this.#green_s[at] = green_s;
    if (green_s < settled_s || !leaves(lane)) return;
    this.#leaving_s[at] = (this.#leaving_s[at] as number) + dt_s;
    this.#leavers[at] = (this.#leavers[at] as number) + lane.left;
    if ((this.#leavers[at] as number) > memory) {
      this.#leaving_s[at] = (this.#leaving_s[at] as number) / 2;
      this.#leavers[at] = (this.#leavers[at] as number) / 2;
    }
    this.headway_s[at] = (this.#leaving_s[at] as number) / (this.#leavers[at] as number);
  }

  /** A lane without green keeps what it knew for a while: what blocked it is mostly still there. */
  #learnStuck(at: number, lane: LaneSight, given: number, dt_s: number): void {
    const stuck_s = this.stuck_s[at] as number;
    const stands = lane.count > 0 && (lane.speed_m_s[0] as number) < standing_m_s;
    if (lane.left > 0 || lane.count === 0) this.stuck_s[at] = 0;
    else if (given > AFTER_STOP) this.stuck_s[at] = stands ? Math.max(stuck_s, 0) + dt_s : 0;
    else if (stuck_s > 0)
      this.stuck_s[at] = stuck_s < stuckFrom_s ? 0 : Math.min(stuck_s, stuckFrom_s + retry_s) - dt_s;
  }

  #learnTurns({ turned }: JunctionSight): void {
    for (const { movements } of this.#junction.lanes) {
      let all = 0;
      for (const m of movements) {
        this.#turns[m] = (this.#turns[m] as number) + (turned[m] as number);
        all += this.#turns[m] as number;
      }
      const scale = all > memory ? 0.5 : 1;
      for (const m of movements) {
        this.share[m] = (this.#turns[m] as number) / all;
        this.#turns[m] = (this.#turns[m] as number) * scale;
      }
    }
  }
}

/** Of what came last, in a mean that forgets; at first each look counts alike. */
export const newestWeight = (dt_s: number, seen_s: number, memory_s: number): number =>
  Math.max(dt_s / seen_s, 1 - Math.exp(-dt_s / memory_s));

/** Is this a queue on its way out? */
function leaves({ count, distance_m, speed_m_s }: LaneSight): boolean {
  if (count < queue || (distance_m[queue - 1] as number) > near_m) return false;
  for (let at = 0; at < queue; at += 1) if ((speed_m_s[at] as number) > slow_m_s) return false;
  return (speed_m_s[0] as number) > 1;
}
