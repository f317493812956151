/**
 * Two lanes that close up into one like a zipper: nobody has priority, and from far enough each makes room for whoever comes to
 * the place before him. After SUMO's zipper links: the speed is spread between following the other at once and having the
 * gap when he is there, the farther away the more the latter.
 */
import { speedAfter } from "./arrival.ts";
import { brakeGap, safeFollowSpeed, secureGap } from "./krauss.ts";
import { isZipper } from "./light.ts";
import { RightOfWay } from "./right-of-way.ts";
import { NONE, type World } from "./world.ts";

/** So much apart in time two need not heed each other. */
const apart_s = 4;
/** From so far in time on all of the gap may wait. */
const early_s = 10;
const tiny_m_s = 1e-4;

export class Zipper {
  readonly #w: World;
  readonly #rights: RightOfWay;

  constructor(world: World) {
    this.#w = world;
    this.#rights = new RightOfWay(world, false);
  }

  static isIn({ network }: World): boolean {
    return network.links.ownState.some(isZipper);
  }

  /** After all have planned, before anybody moves. */
  all(): void {
    const w = this.#w;
    const { plan } = w;
    for (let at = 0; at < plan.count; at += 1) {
      const link = plan.link[at] as number;
      if (link === NONE || plan.request[at] === 0 || !isZipper(w.state[link] as number)) continue;
      const speed = this.#speedAt(at, link);
      if (speed !== Number.POSITIVE_INFINITY) this.#slow(at, speed);
    }
  }

  /** From this link on. */
  #slow(at: number, speed: number): void {
    const w = this.#w;
    const { plan } = w;
    const v = plan.vehicle[at] as number;
    const end = (plan.of[v] as number) + (plan.counts[v] as number);
    for (let i = at; i < end; i += 1) {
      plan.pass[i] = Math.min(plan.pass[i] as number, speed);
      plan.wait[i] = Math.min(plan.wait[i] as number, speed);
    }
    w.planned[v] = Math.min(w.planned[v] as number, speed);
  }

  /** Infinite where nobody is to be heeded. */
  #speedAt(at: number, link: number): number {
    const w = this.#w;
    const { plan, network } = w;
    const { firstYield, visibility_m, yieldTo } = network.links;
    const v = plan.vehicle[at] as number;
    const braking = brakeGap(w.speed[v] as number, w.decel[v] as number, 0, w.dt);
    let slowest = Number.POSITIVE_INFINITY;
    if ((plan.distance[at] as number) > Math.max(visibility_m[link] as number, braking)) return slowest;
    for (let i = firstYield[link] as number; i < (firstYield[link + 1] as number); i += 1) {
      for (let other = w.approach[yieldTo[i] as number] as number; other !== NONE; other = plan.next[other] as number) {
        if (this.#heeds(at, other)) slowest = Math.min(slowest, this.#behind(at, other));
      }
    }
    return slowest;
  }

  /** Does the other come first, or is it so far ahead that one brakes for it easily? */
  #heeds(at: number, other: number): boolean {
    const w = this.#w;
    const { plan } = w;
    const [v, u] = [plan.vehicle[at] as number, plan.vehicle[other] as number];
    if (u === v || plan.request[other] === 0 || !this.#rights.meet(at, other, 0, apart_s)) return false;
    const [mine_s, theirs_s] = [plan.arrival_s[at] as number, plan.arrival_s[other] as number];
    const [mine_m, theirs_m] = [plan.distance[at] as number, plan.distance[other] as number];
    if (theirs_s > mine_s && !this.#brakesFor(v, mine_m, u, theirs_m)) return false;
    if (this.#brakesFor(u, theirs_m, v, mine_m)) return false;
    return !(
      theirs_s === mine_s &&
      theirs_m === mine_m &&
      w.indexOf(w.lane[v] as number) < w.indexOf(w.lane[u] as number)
    );
  }

  /** Braking for a second, is `v` behind `leader`, who is nearer? */
  #brakesFor(v: number, distance: number, leader: number, theirs: number): boolean {
    const { speed, decel } = this.#w;
    const after = (speed[v] as number) - (decel[v] as number) - (speed[leader] as number);
    return distance > theirs && distance - theirs > after;
  }

  #behind(at: number, other: number): number {
    const w = this.#w;
    const { plan, dt } = w;
    const [v, u] = [plan.vehicle[at] as number, plan.vehicle[other] as number];
    const [mine_m, theirs_m] = [plan.distance[at] as number, plan.distance[other] as number];
    const [speed, theirs] = [w.speed[v] as number, w.speed[u] as number];
    const [decel, tau] = [w.decel[v] as number, w.tau[v] as number];
    const theirEnd = Math.min(w.limit(u, w.lane[u] as number), speedAfter(theirs_m, theirs, w.accel[u] as number));
    const theirMean = (theirs + theirEnd) / 2;
    const they_s = this.#steps_s(theirs_m, theirMean);
    const fastest = Math.min(w.limit(v, w.lane[v] as number), speedAfter(mine_m, speed, w.accel[v] as number));
    const end = Math.min(fastest, theirEnd);
    const mean = (speed + end) / 2;
    const gap = mine_m - (w.length[u] as number) - (w.minGap[v] as number) - theirs_m;
    const wanted = secureGap(end, theirEnd, w.decel[u] as number, decel, tau, dt);
    const missing = gap + they_s * (theirMean - mean) - wanted;
    const spread = speed + (dt * 2 * missing) / (they_s * they_s);
    const reachable = speed + (w.accel[v] as number) * dt;
    const follow = Math.min(reachable, safeFollowSpeed(gap, theirs, w.decel[u] as number, decel, tau, dt));
    const share = Math.min(1, this.#steps_s(mine_m, mean) / early_s);
    const hardest = share * decel + (1 - share) * (w.emergency[v] as number);
    return Math.max(follow, speed - hardest * dt, share * spread + (1 - share) * follow, 0);
  }

  /** Whole steps to a place, one second at least. */
  #steps_s(way_m: number, speed: number): number {
    const { dt } = this.#w;
    return Math.max(1, Math.ceil(way_m / Math.max(tiny_m_s, speed) / dt) * dt);
  }
}
