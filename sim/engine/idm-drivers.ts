/**
 * Those who follow by the Intelligent Driver Model (`idm.ts`), beside others. All plan as if they followed by Krauss, who is quick
 * to reckon and never touches anybody; here the plans of these drivers are slowed down to what the model drives. So the compiled step
 * knows nothing of them, and rounding of the model can make nobody touch. What they do about lanes, and about those whose ways cross
 * theirs inside junctions, stays as planned.
 */
import type { Demand } from "../demand/demand.ts";
import type { Following } from "./following.ts";
import { Idm } from "./idm.ts";
import { IdmCrossing } from "./idm-crossing.ts";
import { brakeGap, safeStopSpeed } from "./krauss.ts";
import { hasPriority, isRed, isYellow } from "./light.ts";
import { endOffset_m, lineOffset_m, mostLinks, ownLengths, yellowDecel } from "./planner.ts";
import { RightOfWay } from "./right-of-way.ts";
import { NONE, type World } from "./world.ts";

/** Nobody comes to stand before the end of a trip. */
const tiny_m_s = 0.001;

export class IdmDrivers implements Following {
  readonly #w: World;
  /** By type, and of each vehicle its type; null and NONE for those who follow by Krauss. */
  readonly #rules: readonly (Idm | null)[];
  readonly #type: Int32Array;
  readonly #crossing: IdmCrossing;
  readonly #rights: RightOfWay;
  // The vehicle that is being slowed down, and how far its way has been looked along.
  #v = NONE;
  #rule: Idm | null = null;
  #desired = 0;
  #lane = NONE;
  #way = NONE;
  #row = NONE;
  #seen = 0;
  #speed = 0;
  /** What it has to drive at least to come over the link where it gives way, so far ahead. */
  #least = 0;
  #least_m = 0;
  #leastAt = NONE;

  private constructor(world: World, { types, departures }: Demand) {
    this.#w = world;
    this.#rules = types.map((type) => (type.idm === undefined ? null : new Idm(type, type.idm, world.dt)));
    this.#crossing = new IdmCrossing(world);
    this.#rights = new RightOfWay(world, false);
    this.#type = world.seats.whole();
    for (const [v, { type }] of departures.entries()) this.#type[v] = this.#rules[type] ? type : NONE;
  }

  /** Before the first step, where any drive so. */
  static bring(world: World, demand: Demand): void {
    const { departures, types } = demand;
    if (departures.some(({ type }) => types[type]?.idm !== undefined)) world.following = new IdmDrivers(world, demand);
  }

  #ruleOf(v: number): Idm | null {
    return this.#rules[this.#type[v] as number] ?? null;
  }

  #desiredOf(v: number): number {
    return this.#w.limit(v, this.#w.lane[v] as number);
  }

  speedBehind(v: number, gap: number, theirs: number): number {
    const rule = this.#ruleOf(v);
    if (rule === null || this.#w.lane[v] === NONE) return Number.POSITIVE_INFINITY;
    return rule.follow(this.#w.speed[v] as number, gap, theirs, this.#desiredOf(v));
  }

  stopSpeed(v: number, gap: number): number {
    const rule = this.#ruleOf(v);
    if (rule === null) return Number.POSITIVE_INFINITY;
    const [now, decel] = [this.#w.speed[v] as number, this.#w.decel[v] as number];
    return Math.max(rule.stop(now, gap, this.#desiredOf(v)), now - decel * this.#w.dt);
  }

  enterSpeed(v: number, lane: number, speed: number, gap: number, theirs: number): number {
    return this.#ruleOf(v)?.enter(speed, gap, theirs, this.#w.limit(v, lane)) ?? speed;
  }

  secureGap_m(v: number, theirs: number): number {
    return this.#ruleOf(v)?.secureGap_m(this.#w.speed[v] as number, theirs) ?? Number.NaN;
  }

  all(): void {
    const w = this.#w;
    for (let i = 0; i < w.activeCount; i += 1) {
      const lane = w.active[i] as number;
      for (let v = w.front[lane] as number; v !== NONE; v = w.behind[v] as number) {
        const rule = this.#ruleOf(v);
        if (rule !== null) this.#slow(v, lane, rule);
      }
    }
  }

  #slow(v: number, lane: number, rule: Idm): void {
    const w = this.#w;
    this.#v = v;
    this.#rule = rule;
    this.#desired = w.limit(v, lane);
    this.#lane = lane;
    this.#way = w.way[v] as number;
    this.#row = w.row[v] as number;
    this.#seen = (w.network.lanes.length_m[lane] as number) - (w.pos[v] as number);
    const bare = (w.plan.counts[v] as number) === 0;
    this.#speed = bare ? (w.planned[v] as number) : Number.POSITIVE_INFINITY;
    // Side by side, whom one follows on one's own road is in the plan already.
    if (w.sideBySide === null) {
      const leader = w.ahead[v] as number;
      if (leader === NONE) this.#heedRear(lane, this.#seen);
      else this.#follow(leader, w.rear_m(leader) - (w.pos[v] as number));
    }
    this.#least = Number.NEGATIVE_INFINITY;
    this.#lookAhead();
    this.#orStop();
    w.planned[v] = Math.min(w.planned[v] as number, this.#speed);
  }

  #slowTo(speed: number): void {
    if (speed < this.#speed) this.#speed = speed;
  }

  #follow(leader: number, distance: number): void {
    const w = this.#w;
    const gap = distance - (w.minGap[this.#v] as number);
    const rule = this.#rule as Idm;
    this.#slowTo(rule.follow(w.speed[this.#v] as number, gap, w.speed[leader] as number, this.#desired));
  }

  /** Somebody who is over the lane's end with his rear still in it. */
  #heedRear(lane: number, toEnd: number): void {
    const w = this.#w;
    const beyond = w.rearBeyond_m(lane);
    if (beyond < 0 && w.lastOut[lane] !== this.#v) this.#follow(w.lastOut[lane] as number, toEnd + beyond);
  }

  /** Link by link as the planner, but always over the first junction: the model is slowed by what is far, too. */
  #lookAhead(): void {
    const w = this.#w;
    const { plan } = w;
    const v = this.#v;
    const first = plan.of[v] as number;
    const end = first + (plan.counts[v] as number);
    const length = w.length[v] as number;
    let [outside, inside] = [0, w.isInside(this.#lane) ? this.#seen : 0];
    for (let hop = 0; hop < mostLinks; hop += 1) {
      const link = this.#comeToEnd(first + hop < end ? first + hop : NONE, hop === 0 ? NONE : first + hop - 1);
      if (link === NONE) return;
      if (first + hop + 1 >= end && outside > Math.max(ownLengths * length, length + inside)) return;
      const next = w.network.links.next[link] as number;
      const next_m = w.network.lanes.length_m[next] as number;
      if (w.isInside(next)) inside += next_m;
      else outside += next_m;
      this.#enter(next, next_m);
    }
  }

  /** Up to the end of the lane in view, with what was planned there or NONE; NONE where the look ends. */
  #comeToEnd(at: number, last: number): number {
    const w = this.#w;
    const link = w.linkBy(this.#lane, this.#row);
    if (link === NONE) {
      const ends = this.#way === NONE || w.wayAfter(this.#v, this.#way) === NONE;
      this.#slowTo(ends ? this.#arrive() : this.#stop(this.#seen));
      return NONE;
    }
    return (at === NONE ? this.#comeFromAfar(link) : this.#comeTo(link, at, last)) ? link : NONE;
  }

  /** Too far for the planner. False where the look ends: who has no priority, or not now, reckons with having to stop. */
  #comeFromAfar(link: number): boolean {
    const state = this.#w.state[link] as number;
    const shut = isRed(state) || isYellow(state);
    if (!shut && (hasPriority(state) || this.#w.isInside(this.#lane))) return true;
    this.#slowTo(this.#stop(this.#toLine(state, shut)));
    return false;
  }

  /** False where one stops whatever the others do. */
  #comeTo(link: number, at: number, last: number): boolean {
    const w = this.#w;
    const { plan } = w;
    const state = w.state[link] as number;
    const shut = isRed(state) || isYellow(state);
    const toLine = this.#toLine(state, shut);
    this.#slowTo(plan.pass[at] as number);
    if (w.isInside(this.#lane)) this.#heedCrossing(at, last);
    const wait = Math.min(this.#speed, this.#stop(toLine));
    if (wait < (plan.wait[at] as number)) plan.wait[at] = wait;
    else if (this.#waitsForLine(at, toLine, shut)) this.#creep(at, wait);
    plan.pass[at] = Math.min(plan.pass[at] as number, this.#speed);
    if (plan.request[at] === 0) return false;
    this.#noteLeast(at, link, state);
    return true;
  }

  /** As the mover will ask for it. */
  #noteLeast(at: number, link: number, state: number): void {
    const w = this.#w;
    const seen = this.#seen;
    if (hasPriority(state) || seen > (w.network.links.visibility_m[link] as number)) return;
    if (this.#rights.wentFirst(link) || this.#rights.waitsInside(link)) return;
    this.#leastAt = at;
    this.#least_m = seen;
    this.#least = Math.min((seen + endOffset_m) / w.dt, w.plan.pass[at] as number);
  }

  /** Who is too slow to get over the link at once stops before it. */
  #orStop(): void {
    const w = this.#w;
    const v = this.#v;
    const now = w.speed[v] as number;
    const decel = w.decel[v] as number;
    if (this.#speed + tiny_m_s >= this.#least || this.#speed >= now) return;
    const canBrake = this.#least_m > brakeGap(now, decel, 0, w.dt) || now < decel * w.dt;
    if (!canBrake) return;
    this.#slowTo(Math.max(0, now - decel * w.dt, this.#stop(this.#least_m)));
    // So that the mover asks for no more.
    w.plan.pass[this.#leastAt] = this.#speed;
  }

  /** On its last lane it drives as if the limit held beyond, too, the last step of it already. */
  #arrive(): number {
    const w = this.#w;
    const limit = w.limit(this.#v, this.#lane);
    const free = (this.#rule as Idm).free(w.speed[this.#v] as number, this.#seen - limit * w.dt, limit, this.#desired);
    return Math.max(tiny_m_s, free);
  }

  #stop(gap: number): number {
    return (this.#rule as Idm).stop(this.#w.speed[this.#v] as number, gap, this.#desired);
  }

  /** Inside a junction, with what was planned at the end of the lane in view, and at its beginning or NONE. */
  #heedCrossing(at: number, last: number): void {
    const { plan } = this.#w;
    const least = last === NONE ? 0 : (plan.wait[last] as number);
    const crossing = this.#crossing;
    const rule = this.#rule as Idm;
    this.#speed = crossing.limitBy(rule, this.#desired, this.#v, this.#lane, this.#seen, this.#speed, least);
    if (crossing.blocksEntry && last !== NONE) plan.request[last] = 0;
    if (crossing.blocks) plan.request[at] = 0;
  }

  /**
   * Is it the line alone before which it was to wait? There SUMO's model is not precise: creeping up it drives over the place by some
   * tenths of a metre, and so into junctions where it gives way. Whoever is bound by somebody ahead is not let.
   */
  #waitsForLine(at: number, toLine: number, shut: boolean): boolean {
    const { decel, dt, emergency, plan } = this.#w;
    const gentle = decel[this.#v] as number;
    const hard = shut ? Math.max(gentle, Math.min(yellowDecel, emergency[this.#v] as number)) : gentle;
    return (plan.wait[at] as number) >= Math.min(plan.pass[at] as number, safeStopSpeed(toLine, hard, dt, dt));
  }

  /** Whoever heeds others beyond a line is never slower than to stop before it: that has become more. */
  #creep(at: number, wait: number): void {
    const w = this.#w;
    const { plan } = w;
    const v = this.#v;
    const planned = plan.wait[at] as number;
    const end = (plan.of[v] as number) + (plan.counts[v] as number);
    plan.wait[at] = wait;
    for (let i = at + 1; i < end; i += 1) if (plan.pass[i] === planned) plan.pass[i] = wait;
    if (w.planned[v] === planned) w.planned[v] = wait;
  }

  /** To the place before the end of the lane in view where one stops. */
  #toLine(state: number, shut: boolean): number {
    const w = this.#w;
    const offset = shut || hasPriority(state) ? lineOffset_m : endOffset_m;
    const spare = this.#seen - brakeGap(w.speed[this.#v] as number, w.decel[this.#v] as number, 0, w.dt);
    return this.#seen - Math.max(endOffset_m, spare >= 0 ? Math.min(offset, spare) : offset);
  }

  /** Looks on along the next lane. */
  #enter(next: number, next_m: number): void {
    const w = this.#w;
    const v = this.#v;
    const now = w.speed[v] as number;
    const free = (this.#rule as Idm).free(now, this.#seen, w.limit(v, next), this.#desired);
    this.#slowTo(Math.max(free, now - (w.decel[v] as number) * w.dt));
    if (!w.isInside(next) && this.#way !== NONE) {
      const way = this.#way;
      this.#way = w.wayAfter(v, way);
      this.#row = w.rowAfter(v, way);
    }
    this.#lane = next;
    if (w.sideBySide === null) {
      const last = w.back[next] as number;
      if (last === NONE || last === v) this.#heedRear(next, this.#seen + next_m);
      else this.#follow(last, this.#seen + w.rear_m(last));
    }
    this.#seen += next_m;
  }
}
