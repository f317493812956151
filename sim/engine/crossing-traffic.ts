/** Others on paths that touch one's own inside a junction: how fast one may drive not to meet them. */
import { safeFollowSpeed, safeStopSpeed } from "./krauss.ts";
import { NONE, type World } from "./world.ts";

const lineGap_m = 0.1;
/** Beyond the place itself: half a lane, as SUMO's conflicts are wider than the bodies. */
const beside_m = 1.6;

export class CrossingTraffic {
  readonly #world: World;
  /** Lanes inside the junction from each link on: at most two count. */
  readonly #inner: Int32Array;
  readonly #second: Int32Array;

  constructor(world: World) {
    this.#world = world;
    const { links, lanes } = world.network;
    this.#inner = new Int32Array(links.from.length).fill(NONE);
    this.#second = new Int32Array(links.from.length).fill(NONE);
    for (let link = 0; link < links.from.length; link += 1) {
      if (world.isInside(links.from[link] as number)) continue;
      const first = links.next[link] as number;
      if (!world.isInside(first)) continue;
      this.#inner[link] = first;
      const on = lanes.firstLink[first] as number;
      const second = on < (lanes.firstLink[first + 1] as number) ? (links.next[on] as number) : NONE;
      if (second !== NONE && world.isInside(second)) this.#second[link] = second;
    }
  }

  /** Vehicles inside the junction on the path of a link, with the room that each takes, m. */
  filled_m(link: number): number {
    const first = this.#inner[link] as number;
    const second = this.#second[link] as number;
    return (first === NONE ? 0 : this.#world.filled_m(first)) + (second === NONE ? 0 : this.#world.filled_m(second));
  }

  /** `at_m`: where `v` is on the path of `link`; before its start it is negative. */
  limit(v: number, link: number, at_m: number): number {
    const { links, lanes } = this.#world.network;
    const waiting = this.#second[link] === NONE ? 0 : (lanes.length_m[this.#inner[link] as number] as number);
    let speed = Number.POSITIVE_INFINITY;
    const end = links.firstConflict[link + 1] as number;
    for (let c = links.firstConflict[link] as number; c < end; c += 1) {
      const foe = this.#world.network.conflicts.foe[c] as number;
      const inner = this.#inner[foe] as number;
      if (inner === NONE) continue;
      if (this.#world.count[inner] !== 0) speed = Math.min(speed, this.#against(v, c, at_m, waiting, inner));
      const second = this.#second[foe] as number;
      if (second !== NONE && this.#world.count[second] !== 0) {
        speed = Math.min(speed, this.#against(v, c, at_m, waiting, second));
      }
    }
    return speed;
  }

  #against(v: number, c: number, at_m: number, waiting: number, lane: number): number {
    const w = this.#world;
    const { conflicts, lanes } = w.network;
    const from = conflicts.from_m[c] as number;
    if (at_m >= from) return Number.POSITIVE_INFINITY;
    const offset = lanes.entryOffset_m[lane] as number;
    let speed = Number.POSITIVE_INFINITY;
    for (let u = w.front[lane] as number; u !== NONE; u = w.behind[u] as number) {
      const front = offset + (w.pos[u] as number);
      const clears = (conflicts.foeTo_m[c] as number) - (front - (w.length[u] as number));
      if (clears <= 0 || (front <= (conflicts.foeFrom_m[c] as number) && !this.#goesFirst(u, v, c, at_m))) continue;
      speed = Math.min(speed, this.#behind(v, u, from - at_m, clears, this.#line_m(at_m, waiting)));
    }
    return speed;
  }

  /** To the next line at which one may stand: the stop line, the waiting place inside, or none any more. */
  #line_m(at_m: number, waiting: number): number {
    if (at_m < 0) return -at_m - lineGap_m;
    return at_m < waiting ? waiting - at_m - lineGap_m : Number.POSITIVE_INFINITY;
  }

  /** Does `u`, inside but not yet at the place, go before `v`? */
  #goesFirst(u: number, v: number, c: number, at_m: number): boolean {
    const w = this.#world;
    if (w.network.conflicts.yields[c] !== 1) return false;
    if (at_m < 0 || w.network.conflicts.foeYields[c] !== 1) return true;
    const mine = w.entered_s[v] as number;
    const theirs = w.entered_s[u] as number;
    return theirs < mine || (theirs === mine && u < v);
  }

  /** To a place `distance` ahead, which `u` clears after driving `clears` more; to wait is best at the line before it. */
  #behind(v: number, u: number, distance: number, clears: number, line: number): number {
    const w = this.#world;
    const gap = distance - (w.minGap[v] as number);
    const decel = w.decel[v] as number;
    // As behind somebody whose rear is as far before the place as `u` has still to drive.
    const room = gap - clears - beside_m;
    if (room > 0) {
      return safeFollowSpeed(room, w.speed[u] as number, w.decel[u] as number, decel, w.tau[v] as number, w.dt);
    }
    return safeStopSpeed(Math.min(gap, line), decel, w.dt, w.dt);
  }
}
