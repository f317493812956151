/** Who drives before and behind on a lane, on it and on the lanes that follow and lead into it. */
import { brakeGap, brakeGapAtMost, followSpeedUpTo, secureGap } from "./krauss.ts";
import { hasPriority, isRed } from "./light.ts";
import { NONE, type World } from "./world.ts";

/** Who is farther behind does not matter. */
const farBehind_m = 100;

export class LaneNeighbours {
  readonly #w: World;
  /** Who was found, or NONE, and what is free between, less what is kept standing. */
  found = NONE;
  gap_m = 0;

  constructor(world: World) {
    this.#w = world;
  }

  /** Whom `v` would follow on a lane of its edge, `ahead` being the next on the lane itself. */
  leader(v: number, lane: number, ahead: number): void {
    const w = this.#w;
    if (ahead !== NONE) {
      this.#take(ahead, w.gap_m(v, ahead));
      return;
    }
    this.found = NONE;
    const toEnd = (w.network.lanes.length_m[lane] as number) - (w.pos[v] as number);
    const minGap = w.minGap[v] as number;
    const beyond = w.rearBeyond_m(lane);
    if (beyond < 0 && w.lastOut[lane] !== v) {
      this.#take(w.lastOut[lane] as number, toEnd + beyond - minGap);
      return;
    }
    const [speed, decel, tau] = [w.speed[v] as number, w.decel[v] as number, w.tau[v] as number];
    if (toEnd > brakeGapAtMost(speed, decel, tau) + minGap) return;
    const sight = brakeGap(speed, decel, tau, w.dt) + minGap;
    if (toEnd <= sight) this.#leaderBeyond(v, lane, toEnd, sight);
  }

  #take(u: number, gap_m: number): void {
    this.found = u;
    this.gap_m = gap_m;
  }

  /** Along the links to take, until one is red. */
  #leaderBeyond(v: number, from: number, toEnd: number, sight: number): void {
    const w = this.#w;
    const { lanes, links } = w.network;
    let way = w.way[v] as number;
    let row = w.row[v] as number;
    let lane = from;
    let seen = toEnd;
    do {
      const link = w.linkBy(lane, row);
      if (link === NONE || isRed(w.state[link] as number)) return;
      lane = links.next[link] as number;
      const last = w.back[lane] as number;
      if (last !== NONE) {
        this.#take(last, seen + w.rear_m(last) - (w.minGap[v] as number));
        return;
      }
      if (!w.isInside(lane) && way !== NONE) {
        row = w.rowAfter(v, way);
        way = w.wayAfter(v, way);
      }
      seen += lanes.length_m[lane] as number;
    } while (seen <= sight || w.isInside(lane));
  }

  /** Who would follow `v` on a lane of its edge, `behind` being the next on the lane itself. */
  follower(v: number, lane: number, behind: number): void {
    const w = this.#w;
    this.found = NONE;
    const rear = w.rear_m(v);
    if (behind !== NONE) this.#take(behind, rear - (w.pos[behind] as number) - (w.minGap[behind] as number));
    else this.#followerBefore(v, lane, rear);
  }

  #followerBefore(v: number, lane: number, rear: number): void {
    const w = this.#w;
    const { lanes } = w.network;
    if (rear > farBehind_m) return;
    const end = w.firstInto[lane + 1] as number;
    for (let at = w.firstInto[lane] as number; at < end; at += 1) {
      const before = w.into[at] as number;
      const back = rear + (lanes.length_m[before] as number);
      this.#orBehind(v, w.front[before] as number, back, Number.NEGATIVE_INFINITY);
      if (w.front[before] === NONE && w.isInside(before) && back <= farBehind_m) this.#outside(v, before, back);
    }
  }

  /** Those who come to a lane inside a junction from outside; who gives way there blocks nobody by being near. */
  #outside(v: number, inner: number, rear: number): void {
    const w = this.#w;
    const end = w.firstInto[inner + 1] as number;
    const entry = w.network.lanes.entry[inner] as number;
    const least = entry === NONE || hasPriority(w.state[entry] as number) ? Number.NEGATIVE_INFINITY : 0;
    for (let at = w.firstInto[inner] as number; at < end; at += 1) {
      const outer = w.into[at] as number;
      this.#orBehind(v, w.front[outer] as number, rear + (w.network.lanes.length_m[outer] as number), least);
    }
  }

  /** Of several who come the one who is missing most of the gap that he needs. */
  #orBehind(v: number, u: number, back: number, least: number): void {
    if (u === NONE) return;
    const w = this.#w;
    const gap = Math.max(least, back - (w.pos[u] as number) - (w.minGap[u] as number));
    if (this.found === NONE || this.#missing_m(v, u, gap) > this.#missing_m(v, this.found, this.gap_m)) {
      this.#take(u, gap);
    }
  }

  #missing_m(v: number, u: number, gap: number): number {
    const w = this.#w;
    return this.secureGap_m(u, w.speed[u] as number, w.speed[v] as number, w.decel[v] as number) - gap;
  }

  /** The gap at which `u` may drive behind somebody with that speed. */
  secureGap_m(u: number, speed: number, leaderSpeed: number, leaderDecel: number): number {
    const w = this.#w;
    return secureGap(speed, leaderSpeed, leaderDecel, w.decel[u] as number, w.tau[u] as number, w.dt);
  }

  /** The speed at which `u` follows, no faster than it can come to be. */
  followSpeed(u: number, gap: number, leaderSpeed: number, leaderDecel: number): number {
    const w = this.#w;
    const most = Math.min((w.speed[u] as number) + (w.accel[u] as number) * w.dt, w.topSpeed[u] as number);
    return followSpeedUpTo(most, gap, leaderSpeed, leaderDecel, w.decel[u] as number, w.tau[u] as number, w.dt);
  }
}
