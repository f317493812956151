/**
 * What each vehicle means to do in this step, from where everybody is at its start: its speed if all links ahead may be
 * passed, and for each link what to do if not. After SUMO's two-step scheme (Krajzewicz and others, "Recent Development
 * and Applications of SUMO", 2012).
 */
import { arrivalIn_s, brakedSpeed, speedAfter } from "./arrival.ts";
import { CrossingTraffic } from "./crossing-traffic.ts";
import { KeepClear } from "./keep-clear.ts";
import { approachSpeed, brakeGap, followSpeedUpTo, safeStopSpeed, stopSpeedUpTo } from "./krauss.ts";
import { hasPriority, isEqual, isRed, isYellow } from "./light.ts";
import { RightOfWay } from "./right-of-way.ts";
import { NONE, type World } from "./world.ts";

/** Where one stops before a line with a signal or priority, and before any other end. */
export const lineOffset_m = 1;
export const endOffset_m = 0.1;
/** Drivers brake at least so hard for yellow. */
export const yellowDecel = 3;
const standing = 1e-4;
/** Junctions ahead that anybody looks at, and lengths of oneself that are looked over behind the first. */
export const mostLinks = 24;
export const ownLengths = 5;
/** Who comes later than this is waited for by nobody. */
const farthest_s = 60;
const far_m = 100;
/** So likely does somebody who goes straight on, or turns, let others go first where nobody has priority. */
const letsGoStraight = 0.25;
const letsGoTurning = 0.75;

export class Planner {
  readonly #w: World;
  readonly #crossing: CrossingTraffic;
  readonly #rights: RightOfWay;
  readonly #keepClear: KeepClear;
  /** By link. 1: others give way to who comes here; and those, and where one gives way oneself. */
  readonly #watched: Uint8Array;
  readonly #timed: Uint8Array;
  /** Is there a junction at which nobody has priority? */
  readonly #anyEqual: Uint8Array;
  // The vehicle whose way is being looked along, and how far.
  #v = NONE;
  #lane = NONE;
  #way = NONE;
  #row = NONE;
  #seen = 0;
  /** What may be driven now, and what the vehicle has when it comes to the end of the lane in view. */
  #speed = 0;
  /** What it can have in the next step at most. */
  #reachable = 0;
  #linkSpeed = 0;
  #laneSpeed = 0;
  #slowed = false;
  /** The last intention, or NONE. */
  #last = NONE;

  constructor(world: World) {
    this.#w = world;
    this.#crossing = new CrossingTraffic(world);
    this.#rights = new RightOfWay(world, true);
    this.#keepClear = new KeepClear(world, this.#rights);
    const { from, firstYield, yieldTo } = world.network.links;
    this.#watched = world.columns.name("Planner.#watched", world.columns.bytes(from.length));
    for (const link of yieldTo) this.#watched[link] = 1;
    for (const link of world.onFoot?.awaited ?? []) this.#watched[link] = 1;
    const anyEqual = world.network.links.ownState.some(isEqual);
    this.#anyEqual = world.columns.name("Planner.#anyEqual", world.columns.bytes(1).fill(anyEqual ? 1 : 0));
    const gives = (link: number): boolean => firstYield[link] !== firstYield[link + 1];
    const timed = this.#watched.map((watched, link) => (watched === 1 || gives(link) ? 1 : 0));
    this.#timed = world.columns.name("Planner.#timed", world.columns.copy(timed));
  }

  /** Plans for all; afterwards every link knows who approaches it. */
  all(): void {
    const w = this.#w;
    w.plan.count = 0;
    for (let i = 0; i < w.activeCount; i += 1) {
      const lane = w.active[i] as number;
      const limit = w.network.lanes.speed_m_s[lane] as number;
      const length = w.network.lanes.length_m[lane] as number;
      let inFront = 0;
      for (let v = w.front[lane] as number; v !== NONE; v = w.behind[v] as number) {
        this.#plan(v, lane, limit, length, inFront);
        if (w.sideBySide === null) inFront += (w.length[v] as number) + (w.minGap[v] as number);
      }
    }
    for (let i = 0; i < w.touchedCount; i += 1) w.approach[w.touched[i] as number] = NONE;
    w.touchedCount = 0;
    for (let at = 0; at < w.plan.count; at += 1) {
      const link = w.plan.link[at] as number;
      if (link === NONE || this.#timed[link] === 0) continue;
      if (w.plan.request[at] === 1 || isEqual(w.state[link] as number)) this.#approach(at);
    }
  }

  #plan(v: number, lane: number, limit: number, length: number, inFront: number): void {
    const w = this.#w;
    const now = w.speed[v] as number;
    const decel = w.decel[v] as number;
    const tau = w.tau[v] as number;
    const most = Math.min(now + (w.accel[v] as number) * w.dt, w.topSpeed[v] as number);
    const wanted = Math.max(limit * (w.factor[v] as number), now - decel * w.dt);
    let speed = Math.min(most, wanted, w.courtesy[v] as number);
    w.courtesy[v] = Number.POSITIVE_INFINITY;
    const seen = length - (w.pos[v] as number);
    let linkSpeed = Math.min(speedAfter(seen, speed, w.accel[v] as number), wanted);
    // Side by side, whom one follows on one's own road is known already: it is in the courtesy.
    const leader = w.sideBySide === null ? (w.ahead[v] as number) : NONE;
    if (leader !== NONE) {
      const theirs = w.speed[leader] as number;
      const safe = followSpeedUpTo(most, w.gap_m(v, leader), theirs, w.decel[leader] as number, decel, tau, w.dt);
      if (safe < speed) speed = safe;
      if (safe < linkSpeed) linkSpeed = safe;
    }
    // Whoever is about to stand sees the line before which it stands, however short the step.
    const toLine = lineOffset_m + brakeGap(most, decel, 0, w.dt);
    const reach = most * w.dt + Math.max(brakeGap(most, decel, tau, w.dt), toLine);
    const first = w.plan.count;
    w.plan.of[v] = first;
    this.#v = v;
    this.#reachable = most;
    this.#lane = lane;
    this.#way = w.way[v] as number;
    this.#row = w.row[v] as number;
    this.#seen = seen;
    this.#speed = speed;
    this.#laneSpeed = wanted;
    this.#slowed = false;
    this.#last = NONE;
    this.#linkSpeed = linkSpeed;
    if (leader === NONE) this.#heedRear(lane, seen);
    // Who stands behind somebody has nothing to ask of the junction.
    const inside = w.isInside(lane);
    const queued = leader !== NONE && this.#speed <= standing * w.dt && !inside;
    if (queued) this.#standBehind();
    else if (seen <= reach || inside || this.#isAwaited()) {
      this.#lookAhead(reach);
      const count = w.plan.count - first;
      if (count > 0) this.#keepClear.rewind(v, first, count, inFront);
    }
    w.planned[v] = this.#speed;
    w.plan.counts[v] = w.plan.count - first;
  }

  /** Where nobody has priority it is known who waits behind the first, too: a circle of waiting closes over them. */
  #standBehind(): void {
    if (this.#anyEqual[0] === 0) return;
    const link = this.#w.linkBy(this.#lane, this.#row);
    if (link !== NONE && isEqual(this.#w.state[link] as number)) this.#note(link, this.#speed, false, 0);
  }

  /** Still far from the junction: do others who wait there have to reckon with it? */
  #isAwaited(): boolean {
    const w = this.#w;
    const link = w.linkBy(this.#lane, this.#row);
    const speed = this.#speed;
    if (link === NONE || this.#watched[link] === 0 || speed <= standing || this.#seen > farthest_s * speed + far_m)
      return false;
    const state = w.state[link] as number;
    return !isRed(state) && !isYellow(state);
  }

  /** Link by link, until nothing ahead can matter in this step. */
  #lookAhead(reach: number): void {
    const w = this.#w;
    const enough = ownLengths * (w.length[this.#v] as number);
    let [outside, inside] = [0, w.isInside(this.#lane) ? this.#seen : 0];
    let crossed = false;
    for (let hops = 0; hops < mostLinks; hops += 1) {
      const link = this.#comeToEnd(hops === 0);
      if (link === NONE) return;
      const next = w.network.links.next[link] as number;
      const inner = w.isInside(next);
      if (!inner) crossed = true;
      const idle = w.plan.request[this.#last] === 0 || this.#speed <= 0 || this.#seen > reach;
      if (idle && crossed && outside > Math.max(enough, (w.length[this.#v] as number) + inside)) return;
      const length = w.network.lanes.length_m[next] as number;
      if (inner) inside += length;
      else outside += length;
      this.#enter(next, length, inner);
    }
  }

  /** Looks on along the next lane. */
  #enter(next: number, length: number, inner: boolean): void {
    const w = this.#w;
    const v = this.#v;
    const decel = w.decel[v] as number;
    this.#laneSpeed = w.limit(v, next);
    if (this.#speed > this.#laneSpeed) {
      const gentle = Math.max(0, (w.speed[v] as number) - decel * w.dt);
      this.#slowTo(Math.max(gentle, approachSpeed(this.#seen, this.#laneSpeed, decel, w.dt)));
    }
    if (!inner && this.#way !== NONE) {
      const way = this.#way;
      this.#way = w.wayAfter(v, way);
      this.#row = w.rowAfter(v, way);
    }
    this.#lane = next;
    const before = this.#speed;
    this.#linkSpeed = Number.POSITIVE_INFINITY;
    this.#heedLane(next);
    this.#seen += length;
    const linkSpeed = Math.min(speedAfter(length, before, w.accel[v] as number), this.#laneSpeed);
    this.#linkSpeed = Math.min(this.#linkSpeed, linkSpeed);
  }

  /** Up to the end of the lane in view; NONE where the look ends. */
  #comeToEnd(first: boolean): number {
    const w = this.#w;
    const link = w.linkBy(this.#lane, this.#row);
    if (link !== NONE) return this.#comeTo(link, first) ? link : NONE;
    if (this.#way !== NONE && w.wayAfter(this.#v, this.#way) === NONE) return NONE;
    this.#speed = stopSpeedUpTo(this.#speed, this.#seen, w.decel[this.#v] as number, w.dt, w.dt);
    this.#leaveNoFaster(this.#speed);
    this.#note(NONE, this.#speed, false, 0);
    return NONE;
  }

  /** Is there somebody to drive behind? */
  #heedLane(lane: number): void {
    const { sideBySide } = this.#w;
    if (sideBySide !== null) this.#slowBehind(sideBySide.speedBehindLast(this.#v, lane, this.#seen));
    else if (!this.#heedLast(lane)) {
      this.#heedRear(lane, this.#seen + (this.#w.network.lanes.length_m[lane] as number));
    }
  }

  #slowTo(speed: number): void {
    if (speed < this.#speed) this.#speed = speed;
  }

  /** Also at the end of the lane in view one is no faster then. */
  #slowBehind(speed: number): void {
    this.#slowTo(speed);
    if (speed < this.#linkSpeed) this.#linkSpeed = speed;
  }

  #leaveNoFaster(speed: number): void {
    const { plan } = this.#w;
    if (this.#last !== NONE && speed < (plan.leaveSpeed[this.#last] as number)) plan.leaveSpeed[this.#last] = speed;
  }

  /** Somebody who is over the lane's end with his rear still in it. */
  #heedRear(lane: number, toEnd: number): void {
    if (this.#w.sideBySide !== null) return;
    const beyond = this.#w.rearBeyond_m(lane);
    if (beyond < 0 && this.#w.lastOut[lane] !== this.#v) this.#follow(this.#w.lastOut[lane] as number, toEnd + beyond);
  }

  /** The last on a lane that begins `#seen` ahead. */
  #heedLast(lane: number): boolean {
    const w = this.#w;
    const last = w.back[lane] as number;
    if (last === NONE || last === this.#v) return false;
    this.#follow(last, this.#seen + w.rear_m(last));
    return true;
  }

  #follow(leader: number, distance: number): void {
    const w = this.#w;
    const gap = distance - (w.minGap[this.#v] as number);
    const decel = w.decel[this.#v] as number;
    const theirs = w.speed[leader] as number;
    // As SUMO's Krauss: whoever sees a leader reckons with no more, also at the links ahead, than he can have in the next step.
    const most = this.#reachable;
    const tau = w.tau[this.#v] as number;
    const safe = followSpeedUpTo(most, gap, theirs, w.decel[leader] as number, decel, tau, w.dt);
    this.#slowBehind(safe);
    this.#leaveNoFaster(safe);
    // Also while it waits before the link nobody comes nearer to whom he follows beyond it.
    const { plan } = w;
    if (this.#last !== NONE && safe < (plan.wait[this.#last] as number)) plan.wait[this.#last] = safe;
  }

  /** Notes what to do at a link; false where one stops whatever the others do. */
  #comeTo(link: number, first: boolean): boolean {
    const w = this.#w;
    const v = this.#v;
    const state = w.state[link] as number;
    const mustStop = isRed(state) || isYellow(state);
    const decel = w.decel[v] as number;
    const stopDecel = mustStop ? Math.max(decel, Math.min(yellowDecel, w.emergency[v] as number)) : decel;
    const braking = brakeGap(w.speed[v] as number, stopDecel, 0, w.dt);
    const canStop = this.#seen >= braking;
    const inside = w.isInside(this.#lane);
    const asks = (this.#speed > standing * w.dt && !(this.#slowed && !inside)) || (inside && first);
    const toStop = this.#seen - this.#offset(state, mustStop, canStop, braking);
    let wait = stopSpeedUpTo(this.#speed, toStop, stopDecel, w.dt, w.dt);
    const blocked = inside && this.#heedCrossing();
    if (inside) wait = Math.min(wait, this.#speed);
    if (mustStop && canStop) {
      this.#note(link, wait, false, 0);
      return false;
    }
    this.#leaveNoFaster(this.#laneSpeed);
    const arrivalSpeed = this.#arrivalSpeed(link, state, braking);
    this.#note(link, wait, asks && !blocked && !this.#letsGo(link, state), arrivalSpeed);
    return true;
  }

  /** Where all wait for each other in a circle, some let the next go by chance. */
  #letsGo(link: number, state: number): boolean {
    const w = this.#w;
    if (!isEqual(state) || w.standing_s[this.#v] === 0 || this.#seen > (w.network.links.visibility_m[link] as number))
      return false;
    if (!this.#rights.circles(link)) return false;
    return w.random.next() < (w.network.links.straight[link] === 1 ? letsGoStraight : letsGoTurning);
  }

  #offset(state: number, mustStop: boolean, canStop: boolean, braking: number): number {
    const offset = mustStop || hasPriority(state) ? lineOffset_m : endOffset_m;
    return Math.max(endOffset_m, canStop ? Math.min(offset, this.#seen - braking) : offset);
  }

  /** Inside a junction: others whose ways touch the lane in view. True where the way out is not to be asked for. */
  #heedCrossing(): boolean {
    const { plan } = this.#w;
    const least = this.#last === NONE ? 0 : (plan.wait[this.#last] as number);
    const speed = this.#crossing.limit(this.#v, this.#lane, this.#seen, this.#speed, least);
    if (this.#crossing.safe !== Number.POSITIVE_INFINITY) {
      const safe = Math.min(Math.max(least, this.#crossing.safe), this.#reachable);
      this.#leaveNoFaster(safe);
      this.#slowTo(speed);
      if (safe < this.#linkSpeed) this.#linkSpeed = safe;
    }
    if (this.#crossing.blocksEntry && this.#last !== NONE) plan.request[this.#last] = 0;
    if (this.#w.onFoot !== null) this.#stopForPeople(this.#w.onFoot.stopAhead_m(this.#v, this.#lane, this.#seen));
    return this.#crossing.blocks;
  }

  /** Before a crossing, wherever the place to wait would be. */
  #stopForPeople(toStop: number): void {
    if (toStop === Number.POSITIVE_INFINITY) return;
    const { plan, decel, dt } = this.#w;
    const safe = toStop < 0 ? 0 : safeStopSpeed(toStop, decel[this.#v] as number, dt, dt);
    this.#slowBehind(safe);
    this.#leaveNoFaster(safe);
    if (this.#last !== NONE && safe < (plan.wait[this.#last] as number)) plan.wait[this.#last] = safe;
  }

  /** With what speed a link is come to: where one gives way and cannot yet see, one that lets one stop. */
  #arrivalSpeed(link: number, state: number, braking: number): number {
    const w = this.#w;
    const v = this.#v;
    const gives = !hasPriority(state) && braking < this.#seen && !this.#rights.wentFirst(link);
    const visibility_m = w.network.links.visibility_m[link] as number;
    // Before a roundabout nobody asks for anything behind its entry, however near.
    if (gives && w.network.links.intoRoundabout[link] === 1) this.#slowed = true;
    if (!gives || this.#seen <= visibility_m) return this.#linkSpeed;
    this.#slowed = true;
    const accel = w.accel[v] as number;
    const sighted = safeStopSpeed(visibility_m, w.decel[v] as number, 0, w.dt);
    return Math.min(this.#linkSpeed, speedAfter(visibility_m, sighted, accel));
  }

  #note(link: number, wait: number, request: boolean, arrivalSpeed: number): void {
    const w = this.#w;
    const { plan } = w;
    const v = this.#v;
    const at = plan.add();
    this.#last = at;
    plan.link[at] = link;
    plan.vehicle[at] = v;
    plan.pass[at] = this.#speed;
    plan.wait[at] = wait;
    plan.distance[at] = this.#seen;
    plan.stood_s[at] = w.standing_s[v] as number;
    plan.request[at] = request ? 1 : 0;
    plan.arrivalSpeed[at] = arrivalSpeed;
    plan.leaveSpeed[at] = 0;
    if (link === NONE || !request || this.#timed[link] === 0) return;
    const accel = w.accel[v] as number;
    const decel = w.decel[v] as number;
    const tau = w.tau[v] as number;
    plan.arrival_s[at] = w.now_s - w.dt + arrivalIn_s(this.#seen, this.#speed, arrivalSpeed, accel, decel);
    const stops = this.#seen >= brakeGap(this.#speed, decel, tau, w.dt);
    plan.brakingSpeed[at] = stops ? 0 : Math.min(arrivalSpeed, brakedSpeed(this.#seen, this.#speed, decel, tau));
    const next = w.network.links.next[link] as number;
    const way = w.isInside(next) ? (w.network.lanes.length_m[next] as number) : 0;
    plan.leaveSpeed[at] = Math.min(w.limit(v, next), speedAfter(way, arrivalSpeed, accel));
  }

  /** Lets the link know, where anybody asks it. */
  #approach(at: number): void {
    const w = this.#w;
    const { plan } = w;
    const link = plan.link[at] as number;
    plan.leave_s[at] = this.#rights.leaving_s(at);
    if (this.#watched[link] === 0) return;
    if (w.approach[link] === NONE) {
      w.touched[w.touchedCount] = link;
      w.touchedCount += 1;
    }
    plan.next[at] = w.approach[link] as number;
    w.approach[link] = at;
  }
}
