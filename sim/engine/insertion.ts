/** Lets vehicles in, in the order of their departures, as soon as there is room for them. */
import type { Departure } from "../demand/demand.ts";
import { brakeGap, safeFollowSpeed, safeStopSpeed } from "./krauss.ts";
import { TripChoice } from "./trip-choice.ts";
import { NONE, type World } from "./world.ts";

const nose_m = 0.1;
const tries = 10;
/** Nobody who is farther behind has to brake for whoever comes onto the road. */
const farBehind_m = 150;

export class Insertion {
  readonly #w: World;
  /** Due and not yet in, in order: numbers of departures. */
  readonly #waiting: number[] = [];
  #next = 0;
  /** In which step an attempt at this lane failed. */
  readonly #failed: Int32Array;
  readonly #trips: TripChoice;
  #step = 0;
  #leader = NONE;

  constructor(world: World) {
    this.#w = world;
    this.#trips = new TripChoice(world);
    this.#failed = new Int32Array(world.network.lanes.ids.length).fill(NONE);
  }

  all(): void {
    const w = this.#w;
    const { departures } = w.demand;
    this.#step += 1;
    this.#trips.note();
    while (this.#next < departures.length && (departures[this.#next] as Departure).depart_s <= w.now_s) {
      this.#waiting.push(this.#next);
      this.#next += 1;
    }
    let kept = 0;
    for (let i = 0; i < this.#waiting.length; i += 1) {
      const number = this.#waiting[i] as number;
      if (!this.#tryToInsert(w.seats.of[number] as number, departures[number] as Departure)) {
        this.#waiting[kept] = number;
        kept += 1;
      }
    }
    this.#waiting.length = kept;
  }

  #tryToInsert(v: number, departure: Departure): boolean {
    this.#trips.choose(v);
    const lane = this.#laneFor(v, departure);
    if (lane === NONE || this.#failed[lane] === this.#step) return false;
    if (departure.position === "random_free") {
      for (let i = 0; i < tries; i += 1) {
        const room = this.#w.network.lanes.length_m[lane] as number;
        if (this.#place(v, lane, this.#w.random.next() * room, departure)) return true;
      }
    } else if (this.#place(v, lane, this.#positionFor(v, lane, departure), departure)) return true;
    this.#failed[lane] = this.#step;
    return false;
  }

  #laneFor(v: number, { lane: wanted }: Departure): number {
    const w = this.#w;
    const { ways } = w;
    const way = w.way[v] as number;
    const first = w.network.edges.firstLane[ways.edge[way] as number] as number;
    const lanes = ways.lanes[way] as number;
    if (typeof wanted === "number") return wanted < lanes ? first + wanted : NONE;
    let best = NONE;
    let room = 0;
    for (let at = 0; at < lanes; at += 1) {
      const lane = first + at;
      const row = ways.rowOf(way, at);
      if (ways.reach_m(row) === 0 || (wanted === "best" && ways.offset[row] !== 0)) continue;
      if (wanted === "first") return lane;
      const free = this.#free_m(lane);
      if (best === NONE || free > room) [best, room] = [lane, free];
    }
    return best;
  }

  /** From the lane's start to the last on it. */
  #free_m(lane: number): number {
    const w = this.#w;
    const last = w.back[lane] as number;
    return last === NONE ? (w.network.lanes.length_m[lane] as number) : (w.pos[last] as number);
  }

  #positionFor(v: number, lane: number, { position }: Departure): number {
    const w = this.#w;
    const room = w.network.lanes.length_m[lane] as number;
    if (typeof position === "number") return Math.min(room, position < 0 ? room + position : position);
    if (position === "random") return w.random.next() * room;
    const last = w.back[lane] as number;
    if (position === "last" && last !== NONE) {
      return w.rear_m(last) - (w.minGap[v] as number);
    }
    return Math.min((w.length[v] as number) + nose_m, room);
  }

  /** Finds the neighbours, the speed that they allow, and goes in if all is safe. */
  #place(v: number, lane: number, pos: number, { speed: wanted }: Departure): boolean {
    const w = this.#w;
    if (pos < 0) return false;
    this.#leader = w.leaderAt(lane, pos);
    const speed =
      w.sideBySide === null ? this.#speedFor(v, lane, pos, wanted) : this.#speedAbreast(v, lane, pos, wanted);
    if (speed < 0 || !this.#safeBehind(v, lane, pos, speed)) return false;
    w.pos[v] = pos;
    w.speed[v] = speed;
    w.departed_s[v] = w.now_s;
    w.departed += 1;
    w.enterBehind(v, lane, this.#leader);
    w.sideBySide?.entered(v);
    w.errands?.begin(v);
    return true;
  }

  #wantedSpeed(v: number, lane: number, wanted: Departure["speed"]): number {
    const w = this.#w;
    const limit = w.limit(v, lane);
    const free = typeof wanted === "number" ? wanted : wanted === "random" ? w.random.next() * limit : limit;
    return Math.min(free, limit);
  }

  /** At the place across the lane where it can drive fastest; negative where there is no room. */
  #speedAbreast(v: number, lane: number, pos: number, wanted: Departure["speed"]): number {
    const w = this.#w;
    const free = this.#wantedSpeed(v, lane, wanted);
    const speed = w.sideBySide?.letIn(v, lane, pos, free) ?? free;
    return speed < free && typeof wanted === "number" ? -1 : this.#ableToStop(v, lane, pos, speed);
  }

  #ableToStop(v: number, lane: number, pos: number, speed: number): number {
    const w = this.#w;
    const decel = w.decel[v] as number;
    const tau = w.tau[v] as number;
    const toEnd = (w.network.lanes.length_m[lane] as number) - pos;
    if (toEnd >= brakeGap(speed, decel, tau, w.dt)) return speed;
    return Math.min(speed, safeStopSpeed(toEnd, decel, tau, w.dt));
  }

  /** Negative where there is no room. */
  #speedFor(v: number, lane: number, pos: number, wanted: Departure["speed"]): number {
    const w = this.#w;
    const decel = w.decel[v] as number;
    const tau = w.tau[v] as number;
    let speed = this.#wantedSpeed(v, lane, wanted);
    const u = this.#leader;
    const room = w.network.lanes.length_m[lane] as number;
    const beyond = w.rearBeyond_m(lane);
    const rear = u === NONE ? (beyond < 0 ? room + beyond : Number.POSITIVE_INFINITY) : w.rear_m(u);
    if (rear !== Number.POSITIVE_INFINITY) {
      const gap = rear - pos - (w.minGap[v] as number);
      if (gap < 0) return -1;
      const leader = u === NONE ? (w.lastOut[lane] as number) : u;
      const theirs = w.speed[leader] as number;
      const wish = w.following?.enterSpeed(v, lane, speed, gap, theirs) ?? speed;
      const safe = Math.min(wish, safeFollowSpeed(gap, theirs, w.decel[leader] as number, decel, tau, w.dt));
      if (safe < speed && typeof wanted === "number") return -1;
      speed = Math.min(speed, safe);
    }
    return this.#ableToStop(v, lane, pos, speed);
  }

  /** Nobody behind, on this lane or on those before it, would have to brake harder than usual. */
  #safeBehind(v: number, lane: number, pos: number, speed: number): boolean {
    const w = this.#w;
    const rear = pos - (w.length[v] as number);
    const follower = this.#leader === NONE ? (w.front[lane] as number) : (w.behind[this.#leader] as number);
    // Side by side, those behind on the road are heeded where the place is sought.
    if (follower !== NONE && w.sideBySide === null)
      return this.#keepsClear(follower, v, rear - (w.pos[follower] as number), speed);
    return this.#safeBefore(v, lane, rear, speed);
  }

  /** Whoever comes first on the lanes that lead here may drive on here, wherever he means to go; `rear` is behind their ends. */
  #safeBefore(v: number, lane: number, rear: number, speed: number): boolean {
    const w = this.#w;
    const end = w.firstInto[lane + 1] as number;
    for (let at = w.firstInto[lane] as number; at < end; at += 1) {
      const before = w.into[at] as number;
      const back = rear + (w.network.lanes.length_m[before] as number);
      const u = w.front[before] as number;
      if (u !== NONE) {
        if (!this.#keepsClear(u, v, back - (w.pos[u] as number), speed)) return false;
      } else if (back < farBehind_m && !this.#safeBefore(v, before, back, speed)) return false;
    }
    return true;
  }

  #keepsClear(u: number, v: number, distance: number, speed: number): boolean {
    const w = this.#w;
    const decel = w.decel[u] as number;
    const tau = w.tau[u] as number;
    const need = brakeGap(w.speed[u] as number, decel, tau, w.dt) - brakeGap(speed, w.decel[v] as number, 0, w.dt);
    const secure = w.following?.secureGap_m(u, speed) ?? Number.NaN;
    return distance - (w.minGap[u] as number) >= Math.max(0, Number.isNaN(secure) ? need : secure);
  }
}
