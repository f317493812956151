/**
 * What each vehicle means to do in this step, from where everybody is at its start: its speed if all links ahead may be
 * passed, and for each link what to do if not. After SUMO's two-step scheme (Krajzewicz and others, "Recent Development
 * and Applications of SUMO", 2012).
 */
import { CrossingTraffic } from "./crossing-traffic.ts";
import { approachSpeed, brakeGap, safeFollowSpeed, safeStopSpeed } from "./krauss.ts";
import { hasPriority, isRed, isYellow } from "./light.ts";
import type { Way } from "./ways.ts";
import { NONE, type World } from "./world.ts";

/** Where one stops before a line with a signal or priority, and before any other end. */
const lineOffset_m = 1;
const endOffset_m = 0.1;
/** Drivers brake at least so hard for yellow. */
const yellowDecel = 3;
const slow = 0.1;
/** Junctions ahead that anybody looks at. */
const mostLinks = 12;

export class Planner {
  readonly #w: World;
  readonly #crossing: CrossingTraffic;
  // The vehicle whose way is being looked along, and how far.
  #v = NONE;
  #lane = NONE;
  #way: Way | null = null;
  #seen = 0;
  #speed = 0;
  #slowed = false;

  constructor(world: World) {
    this.#w = world;
    this.#crossing = new CrossingTraffic(world);
  }

  /** Plans for all; afterwards every link knows who approaches it. */
  all(): void {
    const w = this.#w;
    w.plan.count = 0;
    for (let i = 0; i < w.touchedCount; i += 1) w.approach[w.touched[i] as number] = NONE;
    w.touchedCount = 0;
    for (let i = 0; i < w.activeCount; i += 1) {
      const lane = w.active[i] as number;
      const limit = w.network.lanes.speed_m_s[lane] as number;
      const length = w.network.lanes.length_m[lane] as number;
      for (let v = w.front[lane] as number; v !== NONE; v = w.behind[v] as number) this.#plan(v, lane, limit, length);
    }
  }

  #plan(v: number, lane: number, limit: number, length: number): void {
    const w = this.#w;
    const now = w.speed[v] as number;
    const decel = w.decel[v] as number;
    const tau = w.tau[v] as number;
    const most = Math.min(now + (w.accel[v] as number) * w.dt, w.topSpeed[v] as number);
    let speed = Math.min(most, limit * (w.factor[v] as number), w.courtesy[v] as number);
    w.courtesy[v] = Number.POSITIVE_INFINITY;
    // Side by side, whom one follows on one's own road is known already: it is in the courtesy.
    const leader = w.sideBySide === null ? (w.ahead[v] as number) : NONE;
    const at = w.pos[v] as number;
    if (leader !== NONE) {
      const safe = safeFollowSpeed(
        w.gap_m(v, leader),
        w.speed[leader] as number,
        w.decel[leader] as number,
        decel,
        tau,
        w.dt,
      );
      if (safe < speed) speed = safe;
    }
    const seen = length - at;
    const first = w.plan.count;
    w.intended[v] = first;
    const reach = most * w.dt + brakeGap(most, decel, tau, w.dt);
    if (seen <= reach) {
      this.#v = v;
      this.#lane = lane;
      this.#way = w.way[v] as Way;
      this.#seen = seen;
      this.#speed = speed;
      this.#slowed = false;
      if (leader === NONE) this.#heedRear(lane, seen);
      this.#lookAhead(reach, leader !== NONE);
      speed = this.#speed;
    }
    w.planned[v] = speed;
    w.intentions[v] = w.plan.count - first;
  }

  /** Link by link, until nothing ahead can matter in this step. */
  #lookAhead(reach: number, following: boolean): void {
    let behindSomebody = following;
    for (let hops = 0; hops < mostLinks; hops += 1) {
      const next = this.#toNextLane();
      if (next === NONE) return;
      if (!behindSomebody) behindSomebody = this.#heedLane(next);
      this.#seen += this.#w.network.lanes.length_m[next] as number;
      if (this.#seen > reach) return;
    }
  }

  /** Up to the next link and, where it may be passed, into the lane behind it; NONE where the look ends. */
  #toNextLane(): number {
    const w = this.#w;
    const { lanes, links } = w.network;
    const link = w.linkFrom(this.#lane, this.#way);
    if (w.isInside(this.#lane)) this.#heedCrossing(lanes.entry[this.#lane] as number);
    if (link === NONE) {
      if (this.#way?.next !== null) this.#slowTo(this.#stopIn(this.#seen - endOffset_m));
      return NONE;
    }
    const next = links.next[link] as number;
    const limit = w.limit(this.#v, next);
    this.#slowTo(Math.max(0.001, approachSpeed(this.#seen, limit, w.decel[this.#v] as number, w.dt)));
    if (!this.#comeTo(link)) return NONE;
    if (!w.isInside(next)) this.#way = this.#way?.next ?? null;
    this.#lane = next;
    return next;
  }

  /** Is there somebody to drive behind? */
  #heedLane(lane: number): boolean {
    const { sideBySide } = this.#w;
    if (sideBySide !== null) {
      this.#slowTo(sideBySide.speedBehindLast(this.#v, lane, this.#seen));
      return false;
    }
    if (this.#heedLast(lane)) return true;
    this.#heedRear(lane, this.#seen + (this.#w.network.lanes.length_m[lane] as number));
    return false;
  }

  #slowTo(speed: number): void {
    if (speed < this.#speed) this.#speed = speed;
  }

  #stopIn(distance: number): number {
    const w = this.#w;
    return safeStopSpeed(distance, w.decel[this.#v] as number, w.dt, w.dt);
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
    this.#follow(last, this.#seen + (w.pos[last] as number) - (w.length[last] as number));
    return true;
  }

  #follow(leader: number, distance: number): void {
    const w = this.#w;
    const gap = distance - (w.minGap[this.#v] as number);
    const decel = w.decel[this.#v] as number;
    const tau = w.tau[this.#v] as number;
    this.#slowTo(safeFollowSpeed(gap, w.speed[leader] as number, w.decel[leader] as number, decel, tau, w.dt));
  }

  /** Inside a junction: the path's other users. */
  #heedCrossing(entry: number): void {
    if (entry === NONE) return;
    const w = this.#w;
    const start =
      (w.network.lanes.entryOffset_m[this.#lane] as number) + (w.network.lanes.length_m[this.#lane] as number);
    this.#slowTo(this.#crossing.limit(this.#v, entry, start - this.#seen));
  }

  /** Notes what to do at a link; false where one stops whatever the others do. */
  #comeTo(link: number): boolean {
    const w = this.#w;
    const v = this.#v;
    const state = w.state[link] as number;
    const mustStop = isRed(state) || isYellow(state);
    const decel = w.decel[v] as number;
    const stopDecel = mustStop ? Math.max(decel, Math.min(yellowDecel, w.emergency[v] as number)) : decel;
    const braking = brakeGap(w.speed[v] as number, stopDecel, 0, w.dt);
    const canStop = this.#seen >= braking;
    const wait = Math.min(this.#speed, this.#stopIn(this.#seen - this.#offset(state, mustStop, canStop, braking)));
    const inside = w.isInside(this.#lane);
    if (mustStop && canStop) {
      this.#note(link, wait, false);
      return false;
    }
    if (!inside) {
      this.#slowTo(this.#crossing.limit(v, link, -this.#seen));
      if (canStop && this.#wouldBlock(link)) {
        this.#note(link, wait, false);
        return false;
      }
    }
    const leaving = inside && this.#lane === w.lane[v];
    const wants = (this.#speed > slow * 0.01 && !(this.#slowed && !inside)) || leaving;
    this.#note(link, wait, wants);
    if (!hasPriority(state) && canStop) this.#slowed = true;
    return wants;
  }

  #offset(state: number, mustStop: boolean, canStop: boolean, braking: number): number {
    const offset = mustStop || hasPriority(state) ? lineOffset_m : endOffset_m;
    return Math.max(endOffset_m, canStop ? Math.min(offset, this.#seen - braking) : offset);
  }

  /** Would it come to stand in the way of others inside the junction? */
  #wouldBlock(link: number): boolean {
    const w = this.#w;
    const { links } = w.network;
    if (links.firstConflict[link] === links.firstConflict[link + 1]) return false;
    const to = links.to[link] as number;
    const need = (w.length[this.#v] as number) + (w.minGap[this.#v] as number);
    const free = this.#room(to) - this.#crossing.filled_m(link);
    return free < need;
  }

  /** From a lane's start to the last who stands there, less those who still drive up to him. */
  #room(lane: number): number {
    const w = this.#w;
    if (w.sideBySide !== null) return w.sideBySide.room_m(this.#v, lane);
    let moving = 0;
    for (let u = w.back[lane] as number; u !== NONE; u = w.ahead[u] as number) {
      const speed = w.speed[u] as number;
      if (speed < slow) return w.rear_m(u) - moving;
      moving += (w.length[u] as number) + (w.minGap[u] as number);
    }
    return moving === 0 ? Number.POSITIVE_INFINITY : (w.network.lanes.length_m[lane] as number) - moving;
  }

  #note(link: number, wait: number, request: boolean): void {
    const w = this.#w;
    const { plan } = w;
    const at = plan.add();
    plan.link[at] = link;
    plan.vehicle[at] = this.#v;
    plan.wait[at] = wait;
    plan.distance[at] = this.#seen;
    plan.request[at] = request ? 1 : 0;
    if (!request) return;
    this.#times(at, link);
    if (w.approach[link] === NONE) {
      w.touched[w.touchedCount] = link;
      w.touchedCount += 1;
    }
    plan.next[at] = w.approach[link] as number;
    w.approach[link] = at;
  }

  /** When and how fast the link is reached and left: as fast as one may, braking as late as one can. */
  #times(at: number, link: number): void {
    const w = this.#w;
    const { plan } = w;
    const v = this.#v;
    const now = this.#speed;
    const next = w.network.links.next[link] as number;
    const cap = w.limit(v, next);
    const accel = w.accel[v] as number;
    const arrival = Math.min(cap, Math.sqrt(now * now + 2 * accel * this.#seen));
    const rate = arrival >= now ? accel : -(w.decel[v] as number);
    const changing_s = (arrival - now) / rate;
    const steady = Math.max(0, this.#seen - changing_s * (arrival + now) * 0.5);
    const inner = w.network.links.inner_m[link] as number;
    const leave = Math.min(cap, Math.sqrt(arrival * arrival + 2 * accel * inner));
    const arrival_s = w.now_s - w.dt + changing_s + steady / Math.max(now, arrival, slow);
    plan.arrival_s[at] = arrival_s;
    plan.arrivalSpeed[at] = arrival;
    plan.leaveSpeed[at] = leave;
    plan.leave_s[at] = arrival_s + (inner + (w.length[v] as number)) / Math.max(0.5 * (arrival + leave), 0.001);
  }
}
