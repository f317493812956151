/**
 * What would become of the vehicles before an intersection if it showed this and then that: each lane a queue whose vehicles
 * come at their time and leave one after another, by steps of a second. A point-queue model with a headway of saturation and
 * a start-up loss (Webster 1958), as schedule-driven control uses it (Xie and others 2012, "Schedule-driven intersection control").
 */
import { type Expectations, stuckFrom_s } from "./expectations.ts";
import { indexHeadways, indexOf } from "./index-rule.ts";
import { AFTER_STOP, givenToLanes, type Junction, PRIORITY, RED, YIELDING } from "./junction.ts";
import { arrival_s, creep_m_s, hiddenFirst, type JunctionSight, type LaneSight } from "./sight.ts";

export interface QueueSettings {
  /** As far as is looked ahead, s. */
  readonly horizon_s: number;
  /** From green to the first vehicle over the line, s. */
  readonly startUp_s: number;
  /** Headways of those who give way, and of those who stop first, in headways of a lane with priority. */
  readonly yieldingHeadways: number;
  readonly afterStopHeadways: number;
  /** What a stop costs beside the time stood: braking and gaining speed again, s. */
  readonly stop_s: number;
  /** What a vehicle that is still there at the horizon costs more, s. */
  readonly left_s: number;
  /** Vehicles that are not seen yet, in shares of those that usually come. */
  readonly unseen: number;
  /** A vehicle of a queue that has spilled over the junction before counts for so many more. */
  readonly spill: number;
  /** Metres that a vehicle takes in a queue behind the intersection. */
  readonly body_m: number;
  /** What a change costs the rule that decides from there on, in times of the seconds that it takes. */
  readonly changes: number;
  /** Who comes so soon after the one before has left still belongs to its queue for that rule, s. */
  readonly together_s: number;
  /** For so long nobody is expected to leave a lane that is stuck, s. */
  readonly stuck_s: number;
}

export const usualQueues: QueueSettings = {
  horizon_s: 50,
  startUp_s: 2,
  yieldingHeadways: 1.2,
  afterStopHeadways: 1.8,
  stop_s: 1.5,
  left_s: 14,
  unseen: 0.5,
  spill: 2,
  body_m: 7.5,
  changes: 3,
  together_s: 2,
  stuck_s: 15,
};

/** Vehicles of a lane that are looked at; more stand far behind and change nothing within the horizon. */
const most = 96;
/** So many that stand beyond a junction are no chance. */
const surely = 3;
/** Others are let by who come within so long, s. */
const [gap_s, clear_s] = [3, 1];
const never = -1e9;
/** Whoever could not go for so long at green is not counted on by the rule that decides from there on, s. */
const refusedFrom_s = 4;

export class QueueModel {
  readonly junction: Junction;
  readonly #settings: QueueSettings;
  /** By stage: what lanes are given. */
  readonly #given: readonly Uint8Array[];
  readonly #lanes: number;
  // Vehicles: place l * most + i is the i-th of lane l.
  readonly #arrival_s: Float64Array;
  readonly #movement: Int32Array;
  readonly #moving: Uint8Array;
  readonly #count: Int32Array;
  /** By lane: how many of them are seen. */
  readonly #seen: Int32Array;
  readonly #room0: Float64Array;
  readonly #exit_s: Float64Array;
  readonly #headway_s: Float64Array;
  readonly #ready0_s: Float64Array;
  readonly #weight: Float64Array;
  /** Place l * (most + 1) + i: what the first i vehicles of lane l count for. */
  readonly #ahead: Float64Array;
  // Movements, flat: where each leads, its lane, and to whom it gives way.
  readonly #exit: Int32Array;
  readonly #laneOf: Int32Array;
  readonly #firstFoe: Int32Array;
  readonly #foes: Int32Array;
  // A run: first vehicle that has not left, first that has not come, when the next may leave.
  readonly #head: Int32Array;
  readonly #come: Int32Array;
  readonly #ready_s: Float64Array;
  readonly #room: Float64Array;
  readonly #left_s: Float64Array;
  /** By lane: since when its first vehicle could not go though the lane had green; when the run begins, and in it. */
  readonly #refused0_s: Float64Array;
  readonly #refused_s: Float64Array;
  readonly #debt: Float64Array;
  #now: Uint8Array;
  #next: Uint8Array | null = null;
  #grace = false;
  #waiting_veh_s = 0;
  #told: ((exit: number, t: number) => void) | null = null;

  constructor(junction: Junction, settings: QueueSettings = usualQueues) {
    const { lanes, movements, stages, exits } = junction;
    this.junction = junction;
    this.#settings = settings;
    this.#given = givenToLanes(junction);
    this.#lanes = lanes.length;
    this.#arrival_s = new Float64Array(lanes.length * most);
    this.#movement = new Int32Array(lanes.length * most);
    this.#moving = new Uint8Array(lanes.length * most);
    this.#count = new Int32Array(lanes.length);
    this.#seen = new Int32Array(lanes.length);
    this.#room0 = new Float64Array(exits);
    this.#exit_s = new Float64Array(exits);
    this.#weight = new Float64Array(lanes.length);
    this.#ahead = new Float64Array(lanes.length * (most + 1));
    this.#ready0_s = new Float64Array(lanes.length);
    this.#headway_s = new Float64Array(lanes.length);
    this.#exit = Int32Array.from(movements, ({ exit }) => exit);
    this.#laneOf = Int32Array.from(movements, ({ lane }) => lane);
    this.#firstFoe = new Int32Array(movements.length + 1);
    for (const [m, { yieldsTo }] of movements.entries()) {
      this.#firstFoe[m + 1] = (this.#firstFoe[m] as number) + yieldsTo.length;
    }
    this.#foes = Int32Array.from(movements.flatMap(({ yieldsTo }) => [...yieldsTo]));
    this.#head = new Int32Array(lanes.length);
    this.#come = new Int32Array(lanes.length);
    this.#ready_s = new Float64Array(lanes.length);
    this.#room = new Float64Array(exits);
    this.#left_s = new Float64Array(movements.length);
    this.#refused0_s = new Float64Array(lanes.length);
    this.#refused_s = new Float64Array(lanes.length);
    this.#debt = new Float64Array(movements.length);
    this.#now = stages[0] as Uint8Array;
  }

  /** Takes over what is seen now, and what is to be expected. */
  load(sight: JunctionSight, expected: Expectations): void {
    this.#debt.fill(0);
    this.#headway_s.set(expected.headway_s);
    this.#exit_s.set(expected.exit_s);
    for (const [at, lane] of sight.lanes.entries()) {
      this.#loadSeen(at, lane, expected);
      if (lane.beyond === null) this.#loadUnseen(at, expected);
      else this.#loadTold(at, lane.beyond, lane.told, expected);
      this.#weight[at] = 1 + this.#settings.spill * Math.min(1, lane.spilled / surely);
      const stuck_s = expected.stuck_s[at] as number;
      this.#refused0_s[at] = stuck_s > 0 ? -stuck_s : Number.POSITIVE_INFINITY;
      this.#ready0_s[at] = stuck_s >= stuckFrom_s ? this.#settings.stuck_s : 0;
    }
    for (let e = 0; e < this.#room0.length; e += 1)
      this.#room0[e] = (sight.room_m[e] as number) / this.#settings.body_m;
  }

  #loadSeen(at: number, lane: LaneSight, expected: Expectations): void {
    const limit = this.junction.lanes[at]?.speed_m_s as number;
    const hidden = hiddenFirst(lane);
    if (hidden > 0) this.#put(at, 0, 0, false, expected, hidden);
    const before = hidden > 0 ? 1 : 0;
    const taken = Math.min(lane.count, most - before);
    for (let i = 0; i < taken; i += 1) {
      const moving = (lane.speed_m_s[i] as number) > creep_m_s;
      this.#put(at, before + i, arrival_s(lane, i, limit), moving, expected, lane.weight[i] as number);
    }
    this.#count[at] = before + taken;
    this.#seen[at] = taken;
  }

  /** One after another at even distances, beyond what is seen. */
  #loadUnseen(at: number, expected: Expectations): void {
    const rate = (expected.arrivals_s[at] as number) * this.#settings.unseen;
    if (rate <= 0) return;
    const { seen_m, speed_m_s } = this.junction.lanes[at] as Junction["lanes"][number];
    let count = this.#count[at] as number;
    const last = count === 0 ? 0 : (this.#arrival_s[at * most + count - 1] as number);
    let arrival = Math.max(seen_m / speed_m_s + 0.5 / rate, last + 0.5 / rate);
    while (arrival < this.#settings.horizon_s && count < most) {
      this.#put(at, count, arrival, true, expected, 1);
      count += 1;
      arrival += 1 / rate;
    }
    this.#count[at] = count;
  }

  /** The `i`-th of a lane. */
  #put(at: number, i: number, arrival_s: number, moving: boolean, expected: Expectations, weight: number): void {
    const place = at * most + i;
    this.#arrival_s[place] = arrival_s;
    this.#moving[place] = moving ? 1 : 0;
    this.#movement[place] = this.#likelyTurn(at, expected);
    this.#addWeight(at, i, weight);
  }

  /** As neighbours tell; those of whom they do not tell come at even distances. */
  #loadTold(at: number, beyond: Float64Array, told: number, expected: Expectations): void {
    const { seen_m, speed_m_s } = this.junction.lanes[at] as Junction["lanes"][number];
    const rate = (expected.arrivals_s[at] as number) * this.#settings.unseen * (1 - told);
    let [count, come] = [this.#count[at] as number, 0.5];
    for (let t = Math.ceil(seen_m / speed_m_s); t < this.#settings.horizon_s && count < most; t += 1) {
      for (come += rate + (beyond[t] ?? 0); come >= 1 && count < most; come -= 1) {
        this.#put(at, count, t, true, expected, 1);
        count += 1;
      }
    }
    this.#count[at] = count;
  }

  #addWeight(at: number, i: number, weight: number): void {
    const place = at * (most + 1) + i;
    this.#ahead[place + 1] = (this.#ahead[place] as number) + weight;
  }

  /** What vehicles `first` to `end` - 1 of a lane count for. */
  #weightOf(l: number, first: number, end: number): number {
    const place = l * (most + 1);
    return (this.#ahead[place + end] as number) - (this.#ahead[place + first] as number);
  }

  /** Which way nobody knows: movements in turn, so that their shares come out. */
  #likelyTurn(at: number, { share }: Expectations): number {
    const { movements } = this.junction.lanes[at] as Junction["lanes"][number];
    let best = movements[0] as number;
    if (movements.length === 1) return best;
    for (const m of movements) {
      this.#debt[m] = (this.#debt[m] as number) + (share[m] as number);
      if ((this.#debt[m] as number) > (this.#debt[best] as number)) best = m;
    }
    this.#debt[best] = (this.#debt[best] as number) - 1;
    return best;
  }

  /**
   * Vehicle seconds lost until the horizon, if `stage`, green for `shown_s`, is held for `hold_s` and then `next` comes; after that
   * the stage with the highest index (`bestStage`) is shown. `next` -1: the index decides after `hold_s`.
   * Infinite as soon as it is over `limit_veh_s`: the sum only grows.
   */
  cost(stage: number, shown_s: number, hold_s: number, next: number, limit_veh_s = Number.POSITIVE_INFINITY): number {
    const { horizon_s, left_s } = this.#settings;
    this.#begin();
    this.#show(stage, -1, false);
    let [cost, now, to, green_s, at_s, told] = [0, stage, -1, shown_s, 0, next];
    for (let t = 0; t < horizon_s; t += 1) {
      if (to >= 0 && t >= at_s) {
        this.#turnGreen(now, to, t);
        [now, to, green_s] = [to, -1, 0];
        this.#show(now, -1, false);
      } else if (to < 0 && t >= hold_s) {
        const wanted = this.#wanted(now, green_s, told, t);
        told = -1;
        if (wanted !== now) {
          at_s = t + (this.junction.change_s[now]?.[wanted] as number);
          to = wanted;
          this.#show(now, to, true);
        }
      }
      cost += this.#second(t);
      if (cost > limit_veh_s) return Number.POSITIVE_INFINITY;
      this.#grace = false;
      green_s += 1;
    }
    for (let l = 0; l < this.#lanes; l += 1)
      cost += this.#weightOf(l, this.#head[l] as number, this.#count[l] as number) * left_s;
    return cost;
  }

  /**
   * Who leaves by which exit in which second, if `stage`, shown for `shown_s` and all green in `ahead_s`, is kept for now and the
   * rule decides from there on. After `load`, which it uses up.
   */
  releases(stage: number, shown_s: number, ahead_s: number, told: (exit: number, t: number) => void): void {
    for (let l = 0; l < this.#lanes; l += 1) this.#ready0_s[l] = Math.max(this.#ready0_s[l] as number, ahead_s);
    const hold_s = ahead_s + Math.max(1, this.junction.minGreen_s - shown_s);
    this.#told = told;
    this.cost(stage, shown_s, hold_s, -1);
    this.#told = null;
  }

  #wanted(now: number, green_s: number, told: number, t: number): number {
    if (told >= 0) return told;
    return green_s >= this.junction.minGreen_s ? this.bestStage(now, t) : now;
  }

  /** Of the last `cost`: what the vehicles that are seen wait within the horizon, whatever each counts for. */
  get waiting_veh_s(): number {
    return this.#waiting_veh_s;
  }

  #begin(): void {
    this.#waiting_veh_s = 0;
    this.#head.fill(0);
    this.#come.fill(0);
    this.#ready_s.set(this.#ready0_s);
    this.#left_s.fill(never);
    this.#refused_s.set(this.#refused0_s);
    this.#room.set(this.#room0);
  }

  #show(stage: number, to: number, grace: boolean): void {
    this.#now = this.junction.stages[stage] as Uint8Array;
    this.#next = to < 0 ? null : (this.junction.stages[to] as Uint8Array);
    this.#grace = grace;
  }

  #turnGreen(from: number, to: number, t: number): void {
    const [before, after] = [this.#given[from] as Uint8Array, this.#given[to] as Uint8Array];
    for (let l = 0; l < this.#lanes; l += 1) {
      const [had, has] = [(before[l] as number) > AFTER_STOP, (after[l] as number) > AFTER_STOP];
      if (!(had && has)) this.#refused_s[l] = Number.POSITIVE_INFINITY;
      if (has && !had) this.#ready_s[l] = Math.max(this.#ready_s[l] as number, t + this.#settings.startUp_s);
    }
  }

  /** Who leaves within a second, those with priority first; what the others lose. */
  #second(t: number): number {
    let cost = 0;
    for (let l = 0; l < this.#lanes; l += 1) cost += this.#release(l, t, true);
    for (let l = 0; l < this.#lanes; l += 1) {
      cost += this.#release(l, t, false);
      const count = this.#count[l] as number;
      let come = this.#come[l] as number;
      while (come < count && (this.#arrival_s[l * most + come] as number) <= t) come += 1;
      this.#come[l] = come;
      const head = this.#head[l] as number;
      if (come > head) {
        this.#waiting_veh_s += Math.max(0, Math.min(come, this.#seen[l] as number) - head);
        cost += this.#weightOf(l, head, come) * (this.#weight[l] as number);
      }
    }
    for (let e = 0; e < this.#room.length; e += 1)
      this.#room[e] = (this.#room[e] as number) + (this.#exit_s[e] as number);
    return cost;
  }

  /** Given to a movement in this second; during a change only what both stages give, but for who is too near to brake. */
  #givenNow(m: number): number {
    const now = this.#now[m] as number;
    if (this.#next === null || now === RED) return now;
    const next = this.#next[m] as number;
    if (next === RED || (now === AFTER_STOP) !== (next === AFTER_STOP)) return this.#grace ? now : RED;
    return Math.min(now, next);
  }

  /** Vehicles of a lane that leave within the second, either those with priority or the others; what their stops cost. */
  #release(l: number, t: number, priority: boolean): number {
    const count = this.#count[l] as number;
    let cost = 0;
    for (let head = this.#head[l] as number; head < count; head += 1) {
      const place = l * most + head;
      const arrival = this.#arrival_s[place] as number;
      const leaves = Math.max(this.#ready_s[l] as number, arrival, t);
      if (leaves >= t + 1) break;
      const m = this.#movement[place] as number;
      const given = this.#givenNow(m);
      if ((given === PRIORITY) !== priority) break;
      if (!this.#mayGo(m, given, t)) {
        this.#refused_s[l] = Math.min(this.#refused_s[l] as number, t);
        break;
      }
      this.#go(l, m, given, t, leaves);
      if (leaves - arrival > 1 && this.#moving[place] === 1) {
        cost += this.#settings.stop_s * this.#weightOf(l, head, head + 1);
      }
    }
    return cost;
  }

  #mayGo(m: number, given: number, t: number): boolean {
    if (given === RED || (this.#room[this.#exit[m] as number] as number) < 1) return false;
    return given === PRIORITY || this.#gap(m, t);
  }

  #go(l: number, m: number, given: number, t: number, leaves_s: number): void {
    const { yieldingHeadways, afterStopHeadways } = this.#settings;
    const exit = this.#exit[m] as number;
    this.#head[l] = (this.#head[l] as number) + 1;
    this.#left_s[m] = t;
    this.#refused_s[l] = Number.POSITIVE_INFINITY;
    this.#room[exit] = (this.#room[exit] as number) - 1;
    this.#told?.(exit, t);
    const headways = given === PRIORITY ? 1 : given === YIELDING ? yieldingHeadways : afterStopHeadways;
    this.#ready_s[l] = leaves_s + (this.#headway_s[l] as number) * headways;
  }

  /** Is nobody of those who go first at the place, or about to be? */
  #gap(m: number, t: number): boolean {
    const end = this.#firstFoe[m + 1] as number;
    for (let i = this.#firstFoe[m] as number; i < end; i += 1) {
      const foe = this.#foes[i] as number;
      if (this.#givenNow(foe) !== PRIORITY) continue;
      if ((this.#left_s[foe] as number) >= t - clear_s) return false;
      const l = this.#laneOf[foe] as number;
      const head = this.#head[l] as number;
      if (head >= (this.#count[l] as number) || this.#movement[l * most + head] !== foe) continue;
      const reaches = Math.max(this.#ready_s[l] as number, this.#arrival_s[l * most + head] as number);
      if (reaches < t + gap_s) return false;
    }
    return true;
  }

  /** The stage with the highest index (`index-rule.ts`) in the run's present state, `t` s ahead. */
  bestStage(now: number, t: number): number {
    const { stages } = this.junction;
    let [best, arg] = [this.#index(now, now, t), now];
    for (let stage = 0; stage < stages.length; stage += 1) {
      if (stage === now) continue;
      const index = this.#index(stage, now, t);
      if (index > best + 1e-9) [best, arg] = [index, stage];
    }
    return arg;
  }

  /** Vehicles of a lane that leave one after another from `from_s` on, until nobody comes in time. */
  #inOneGo(l: number, from_s: number, headway_s: number): number {
    const [first, count] = [this.#head[l] as number, this.#count[l] as number];
    let [i, end_s] = [first, from_s + this.#settings.together_s];
    while (i < count && (this.#arrival_s[l * most + i] as number) <= end_s) {
      end_s += headway_s;
      i += 1;
    }
    return i - first;
  }

  #index(stage: number, now: number, t: number): number {
    const { change_s, minGreen_s } = this.junction;
    const given = this.#given[stage] as Uint8Array;
    const setUp = stage === now ? 0 : (change_s[now]?.[stage] as number) + this.#settings.startUp_s;
    let [vehicles, longest] = [0, 0];
    for (let l = 0; l < this.#lanes; l += 1) {
      const lane = given[l] as number;
      if (lane <= AFTER_STOP) continue;
      const headway = (this.#headway_s[l] as number) * indexHeadways(lane);
      const goesOn = ((this.#given[now] as Uint8Array)[l] as number) > AFTER_STOP;
      if (goesOn && t - (this.#refused_s[l] as number) >= refusedFrom_s) continue;
      const first = this.#head[l] as number;
      const go = this.#inOneGo(l, t + (goesOn ? 0 : setUp), headway);
      vehicles += this.#weightOf(l, first, first + go) * (this.#weight[l] as number);
      longest = Math.max(longest, go * headway);
    }
    return indexOf(vehicles, setUp, this.#settings.changes, Math.max(longest, stage === now ? 1 : minGreen_s));
  }
}
