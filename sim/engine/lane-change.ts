/**
 * Who changes lanes, and why: because the way leads there (strategic), because it is quicker there (speed gain), because
 * the right is to be kept. After Erdmann, "SUMO's Lane-Changing Model" (2015), LC2013, with its default parameters.
 */
import { brakeGap, safeFollowSpeed, safeStopSpeed } from "./krauss.ts";
import type { Way } from "./ways.ts";
import { NONE, type World } from "./world.ts";

/** How many seconds ahead a lane that ends is left, and how much earlier to the left. */
const lookForward_s = 10;
const leftEarlier = 2;
const memory = 0.9;
const leftThreshold = 0.2;
const rightThreshold = 2;
const keepRightTime_s = 5;
const leastSeconds = 20;
/** Gains are shares of the speed, or of this at least, m/s. */
const slowest_m_s = 10;
const rightAnyway_m_s = 5 / 3.6;
const acceptance_s = 7;
/** What is left of a wish after a second in which the other lane was worse, or as good. */
const worse = 0.5;
const equal = 0.8;
const mostLanes = 16;
const swapAfter_s = 2;
/** A lane that leads elsewhere within this is a turning lane, which others stay out of. */
const turnLane_m = 200;

interface Beside {
  readonly index: number;
  readonly lane: number;
  readonly leader: number;
  readonly follower: number;
}

export class LaneChange {
  readonly #w: World;
  readonly #edgeDone: Int32Array;
  readonly #order: Int32Array;
  #step = 0;
  // The edge that is being worked through, from its foremost vehicle to its last.
  readonly #next = new Int32Array(mostLanes);
  readonly #passed = new Int32Array(mostLanes);
  #count = 0;
  #first = 0;
  /** With whom the vehicle in hand changes places. */
  #partner = NONE;

  constructor(world: World) {
    this.#w = world;
    this.#edgeDone = new Int32Array(world.network.edges.ids.length).fill(NONE);
    this.#order = new Int32Array(world.active.length);
  }

  all(): void {
    const w = this.#w;
    const { edges, lanes } = w.network;
    this.#step += 1;
    const count = w.activeCount;
    this.#order.set(w.active.subarray(0, count));
    for (let i = 0; i < count; i += 1) {
      const edge = lanes.edge[this.#order[i] as number] as number;
      if (this.#edgeDone[edge] === this.#step || edges.inside[edge] === 1) continue;
      this.#edgeDone[edge] = this.#step;
      this.#first = edges.firstLane[edge] as number;
      this.#count = Math.min(mostLanes, (edges.firstLane[edge + 1] as number) - this.#first);
      if (this.#count > 1) this.#edge();
    }
  }

  #edge(): void {
    const w = this.#w;
    for (let i = 0; i < this.#count; i += 1) {
      this.#next[i] = w.front[this.#first + i] as number;
      this.#passed[i] = NONE;
    }
    for (;;) {
      let index = NONE;
      let foremost = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < this.#count; i += 1) {
        const v = this.#next[i] as number;
        if (v !== NONE && (w.pos[v] as number) > foremost) {
          foremost = w.pos[v] as number;
          index = i;
        }
      }
      if (index === NONE) return;
      const v = this.#next[index] as number;
      this.#next[index] = w.behind[v] as number;
      this.#partner = NONE;
      const chosen = this.#choose(v, index);
      if (this.#partner !== NONE) {
        this.#swap(v, this.#partner);
        this.#passed[index] = this.#partner;
      } else if (chosen !== index) {
        w.leaveLane(v);
        w.enterBehind(v, this.#first + chosen, this.#passed[chosen] as number);
        w.gain[v] = 0;
        w.keepRight[v] = 0;
      }
      this.#passed[chosen] = v;
    }
  }

  #choose(v: number, index: number): number {
    const w = this.#w;
    const speed = w.speed[v] as number;
    const looked = w.lookAhead[v] as number;
    w.lookAhead[v] = speed > looked ? speed : memory * looked + (1 - memory) * speed;
    const way = w.way[v] as Way;
    if (index > 0 && this.#changes(v, index, this.#beside(index - 1), way)) return index - 1;
    if (index + 1 < this.#count && this.#changes(v, index, this.#beside(index + 1), way)) return index + 1;
    return index;
  }

  #beside(index: number): Beside {
    const leader = this.#passed[index] as number;
    return { index, lane: this.#first + index, leader, follower: this.#next[index] as number };
  }

  #changes(v: number, index: number, beside: Beside, way: Way): boolean {
    if ((way.length_m[beside.index] as number) === 0) return false;
    const right = beside.index < index;
    const urgent = this.#mustChange(v, index, right, way);
    if (!urgent && !(this.#mayStray(v, index, beside, right, way) && this.#wouldGain(v, index, beside, right, way)))
      return false;
    const room = this.#roomBeside(v, beside);
    if (room || !urgent) return room;
    if (this.#wantOpposite(index, beside)) {
      if (this.#couldSwap(v, index, beside)) {
        this.#partner = beside.leader;
        return true;
      }
      this.#leaveRoom(v, index, beside, way);
    }
    this.#askForRoom(v, beside);
    return false;
  }

  #ahead_m(v: number, right: boolean): number {
    const w = this.#w;
    const looked = (w.lookAhead[v] as number) * lookForward_s * (right ? 1 : leftEarlier);
    return looked + 2 * ((w.length[v] as number) + (w.minGap[v] as number));
  }

  /** The way leads over there, and the time to go is now. */
  #mustChange(v: number, index: number, right: boolean, way: Way): boolean {
    const offset = way.offset[index] as number;
    if (offset === 0 || offset < 0 !== right) return false;
    const left =
      (way.length_m[index] as number) - (this.#w.pos[v] as number) - this.#w.filled_m(this.#first + index + offset);
    return left / Math.abs(offset) < this.#ahead_m(v, right);
  }

  /** A lane that leads elsewhere is no place to be quick in, unless it does so far ahead and there is time to come back. */
  #mayStray(v: number, index: number, beside: Beside, right: boolean, way: Way): boolean {
    const offset = way.offset[beside.index] as number;
    if (offset === 0) return true;
    const long = way.length_m[beside.index] as number;
    if (way.offset[index] === 0 && long < turnLane_m) return false;
    const left = Math.max(0, long - (this.#w.pos[v] as number) - this.#w.filled_m(beside.lane));
    const changes = way.offset[index] === 0 ? 2 : Math.abs(way.offset[index] as number) + 2;
    return left / changes >= this.#ahead_m(v, right);
  }

  #wouldGain(v: number, index: number, beside: Beside, right: boolean, way: Way): boolean {
    const w = this.#w;
    const leader = w.ahead[v] as number;
    const starting = this.#starts(leader) || this.#starts(beside.leader);
    const long = (way.length_m[beside.index] as number) - (w.pos[v] as number);
    const left = (way.length_m[index] as number) - (w.pos[v] as number);
    const here = this.#speedBehind(v, leader, this.#first + index, starting, left);
    const there = this.#speedBehind(v, beside.leader, beside.lane, starting, long);
    const gain = (there - here) / Math.max(there, slowest_m_s);
    const lasting = long / Math.max(0.1, w.speed[v] as number) > leastSeconds;
    return right
      ? this.#toTheRight(v, beside, here, there, gain, lasting)
      : this.#toTheLeft(v, here, there, gain, lasting);
  }

  #starts(v: number): boolean {
    return v !== NONE && (this.#w.gained[v] as number) > 0;
  }

  #toTheLeft(v: number, here: number, there: number, gain: number, lasting: boolean): boolean {
    const w = this.#w;
    const before = w.gain[v] as number;
    if (here < there) w.gain[v] = before + w.dt * gain;
    else if (before > 0) w.gain[v] = before * (here > there ? worse : equal) ** w.dt;
    return (w.gain[v] as number) > leftThreshold && gain > 0.001 && lasting;
  }

  #toTheRight(v: number, beside: Beside, here: number, there: number, gain: number, lasting: boolean): boolean {
    const w = this.#w;
    const before = w.gain[v] as number;
    if (here - rightAnyway_m_s > there) {
      if (before < 0) w.gain[v] = before * worse ** w.dt;
      return false;
    }
    if (before < 0 || gain > 0) w.gain[v] = before - w.dt * gain;
    return this.#keepsRight(v, beside) || ((w.gain[v] as number) < -rightThreshold && lasting);
  }

  /** The longer one could drive freely on the right, the sooner one does. */
  #keepsRight(v: number, { index, lane, leader }: Beside): boolean {
    const w = this.#w;
    const most = w.limit(v, lane);
    const accepted = (acceptance_s * (w.factor[v] as number) * Math.max(1, w.speed[v] as number)) / most;
    let free_m = Math.max(0, ((w.way[v] as Way).length_m[index] as number) - (w.pos[v] as number));
    let free_s = Math.min(accepted, free_m / most);
    if (leader !== NONE && (w.speed[leader] as number) < most) {
      const gap = w.gap_m(v, leader);
      const decel = w.decel[v] as number;
      const theirs = w.speed[leader] as number;
      const need = brakeGap(most, decel, w.tau[v] as number, w.dt) - brakeGap(theirs, decel, 0, w.dt);
      free_m = Math.max(0, Math.min(free_m, gap - Math.max(0, need)));
      free_s = Math.min(free_s, free_m / (most - theirs));
    }
    w.keepRight[v] = (w.keepRight[v] as number) - (w.dt * rightThreshold * (free_s / accepted)) / keepRightTime_s;
    return (w.keepRight[v] as number) < -rightThreshold - 1e-9;
  }

  /** The speed that a lane promises: with nobody's reaction to wait for, unless somebody in front is just starting. */
  #speedBehind(v: number, leader: number, lane: number, starting: boolean, left_m: number): number {
    const w = this.#w;
    const limit = w.limit(v, lane);
    const decel = w.decel[v] as number;
    const tau = w.tau[v] as number;
    if (leader === NONE) {
      return Math.min(limit, safeStopSpeed(left_m, decel, starting ? tau : 0, w.dt));
    }
    const gap = w.gap_m(v, leader);
    const theirs = w.speed[leader] as number;
    const safe = safeFollowSpeed(gap, theirs, w.decel[leader] as number, decel, starting ? tau : 0, w.dt);
    return Math.min(limit, safe, starting ? (w.speed[v] as number) + (w.accel[v] as number) * w.dt : limit);
  }

  #roomBeside(v: number, { lane, leader, follower }: Beside): boolean {
    const w = this.#w;
    const pos = w.pos[v] as number;
    const rear = w.rear_m(v);
    if (leader !== NONE && !this.#clear(v, leader, w.rear_m(leader) - pos)) return false;
    if (leader === NONE) {
      const beyond = w.rearBeyond_m(lane);
      const end = w.network.lanes.length_m[lane] as number;
      if (beyond < 0 && end + beyond - pos < (w.minGap[v] as number)) return false;
    }
    return follower === NONE || this.#clear(follower, v, rear - (w.pos[follower] as number));
  }

  /** Would `u`, so far behind `leader`, not have to brake harder than usual? */
  #clear(u: number, leader: number, distance: number): boolean {
    const w = this.#w;
    const decel = w.decel[u] as number;
    const tau = w.tau[u] as number;
    const need =
      brakeGap(w.speed[u] as number, decel, tau, w.dt) -
      brakeGap(w.speed[leader] as number, Math.max(decel, w.decel[leader] as number), 0, w.dt);
    return distance - (w.minGap[u] as number) >= Math.max(0, need);
  }

  /** Those beside help whoever has to come over: the follower falls back, and one falls back behind the leader. */
  #askForRoom(v: number, { leader, follower }: Beside): void {
    if (follower !== NONE) this.#fallBack(follower, v);
    if (leader !== NONE) this.#fallBack(v, leader);
  }

  /**
   * Two who have to change places would stand side by side for ever where their lanes end: the one behind stops so far
   * before the end that the other fits in front of it.
   */
  #leaveRoom(v: number, index: number, { index: other, leader }: Beside, way: Way): void {
    const w = this.#w;
    const room = (way.length_m[index] as number) - (w.pos[v] as number);
    const need = (w.length[leader] as number) + (w.minGap[leader] as number);
    const decel = w.decel[v] as number;
    if (need <= room - brakeGap(w.speed[v] as number, decel, 0, w.dt)) this.#stopBefore(v, room - need);
    else {
      const left = ((w.way[leader] as Way).length_m[other] as number) - (w.pos[leader] as number);
      this.#stopBefore(leader, left - (w.length[v] as number) - (w.minGap[v] as number));
    }
  }

  /** Does the leader beside have to come over here? */
  #wantOpposite(index: number, { index: other, leader }: Beside): boolean {
    if (leader === NONE) return false;
    const theirs = (this.#w.way[leader] as Way).offset[other] as number;
    return theirs !== 0 && theirs < 0 === index < other;
  }

  /** Two who stand side by side, each in the other's lane, agree by hand and eye, when both fit. */
  #couldSwap(v: number, index: number, { lane, leader }: Beside): boolean {
    const w = this.#w;
    if ((w.standing_s[v] as number) < swapAfter_s || (w.standing_s[leader] as number) < swapAfter_s) return false;
    if (w.rear_m(leader) > (w.pos[v] as number)) return false;
    return this.#fits(v, leader) && this.#fits(leader, v) && lane !== this.#first + index;
  }

  /** `v` in the place of `u`, as far along as it is now. */
  #fits(v: number, u: number): boolean {
    const w = this.#w;
    const ahead = w.ahead[u] as number;
    const behind = w.behind[u] as number;
    const free = ahead === NONE || w.rear_m(ahead) >= (w.pos[v] as number);
    return free && (behind === NONE || (w.pos[behind] as number) <= w.rear_m(v));
  }

  #swap(v: number, u: number): void {
    const w = this.#w;
    const own = w.lane[v] as number;
    const theirs = w.lane[u] as number;
    const before = w.ahead[v] as number;
    const beforeThem = w.ahead[u] as number;
    w.leaveLane(v);
    w.leaveLane(u);
    w.enterBehind(v, theirs, beforeThem);
    w.enterBehind(u, own, before);
  }

  #stopBefore(u: number, room: number): void {
    const w = this.#w;
    const decel = w.decel[u] as number;
    const gentle = Math.max(0, (w.speed[u] as number) - decel * w.dt);
    const safe = safeStopSpeed(room - (w.minGap[u] as number), decel, w.dt, w.dt);
    w.courtesy[u] = Math.min(w.courtesy[u] as number, Math.max(gentle, safe));
  }

  #fallBack(u: number, leader: number): void {
    const w = this.#w;
    const gap = w.gap_m(u, leader);
    const decel = w.decel[u] as number;
    const tau = w.tau[u] as number;
    // Whoever is beside already cannot make room by standing: both would wait for ever.
    if (gap < 0) return;
    const gentle = Math.max(0, (w.speed[u] as number) - decel * w.dt);
    const safe = safeFollowSpeed(gap, w.speed[leader] as number, w.decel[leader] as number, decel, tau, w.dt);
    w.courtesy[u] = Math.min(w.courtesy[u] as number, Math.max(gentle, safe));
  }
}
