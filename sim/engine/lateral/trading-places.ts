/**
 * Two side by side, each of whom has to come to the other's side, would wait for ever where their lanes end. So whoever has
 * to go right waits so far from the end that the other can go first, and then behind it; and where the road is too short
 * for that, two who stand beside each other agree by hand and eye, and change places, when both fit.
 */
import { safeStopSpeed } from "../krauss.ts";
import { NONE, type World } from "../world.ts";
import type { Abreast } from "./abreast.ts";

const afterStanding_s = 2;

export class TradingPlaces {
  readonly #w: World;
  readonly #abreast: Abreast;

  constructor(world: World, abreast: Abreast) {
    this.#w = world;
    this.#abreast = abreast;
  }

  /** What `v` drives at most to stop in time where it lets others go first. */
  speed(v: number): number {
    const w = this.#w;
    const lane = w.lane[v] as number;
    const way = w.way[v] as number;
    if (w.isInside(lane) || w.ways.next[way] === NONE) return Number.POSITIVE_INFINITY;
    const row = w.rowOf(lane, way);
    if (w.ways.link[row] !== NONE || (w.ways.offset[row] as number) >= 0) return Number.POSITIVE_INFINITY;
    const long = w.network.lanes.length_m[lane] as number;
    const short = this.#abreast.overhang.longest_m + 1;
    if (long < 2 * short) return Number.POSITIVE_INFINITY;
    const left = long - (w.pos[v] as number);
    const decel = w.decel[v] as number;
    const gentle = Math.max(0, (w.speed[v] as number) - decel * w.dt);
    return Math.max(gentle, safeStopSpeed(left - short, decel, w.dt, w.dt));
  }

  /** With whom `v`, who has to come over to that side, may change places; NONE without. */
  partner(v: number, side: number): number {
    const w = this.#w;
    if ((w.standing_s[v] as number) < afterStanding_s) return NONE;
    const lane = w.lane[v] as number;
    const { firstLane } = w.network.edges;
    const edge = this.#abreast.edgeOf(lane);
    for (const other of [lane, lane + side]) {
      if (other < (firstLane[edge] as number) || other >= (firstLane[edge + 1] as number)) continue;
      for (let u = w.back[other] as number; u !== NONE; u = w.ahead[u] as number) {
        if (u !== v && this.#isBeside(v, u) && this.#agree(v, u, side)) return u;
      }
    }
    return NONE;
  }

  /** Where `v` comes to stand in the other's place: the narrow exactly, the wide in the middle of the lane. */
  offset_m(v: number, u: number): number {
    return this.#abreast.narrow[v] === 1 ? (this.#abreast.offset_m[u] as number) : 0;
  }

  #isBeside(v: number, u: number): boolean {
    const { pos } = this.#w;
    return (pos[u] as number) > this.#w.rear_m(v) && this.#w.rear_m(u) < (pos[v] as number);
  }

  #agree(v: number, u: number, side: number): boolean {
    const { narrow } = this.#abreast;
    if (narrow[u] !== narrow[v] || (this.#w.standing_s[u] as number) < afterStanding_s) return false;
    const wanted = this.#w.ways.offset[this.#w.rowOf(this.#w.lane[u] as number, this.#w.way[u] as number)] as number;
    return Math.sign(wanted) === -side && this.#keepApart(v, u) && this.#fits(v, u) && this.#fits(u, v);
  }

  #keepApart(v: number, u: number): boolean {
    const { lane } = this.#w;
    const [begin, end] = this.#abreast.span(v, lane[u] as number, this.offset_m(v, u));
    const [from, to] = this.#abreast.span(u, lane[v] as number, this.offset_m(u, v));
    return end <= from || to <= begin;
  }

  /** `v` in the other's place across, as far along as it is now: nobody but `u` is there. */
  #fits(v: number, u: number): boolean {
    const w = this.#w;
    const abreast = this.#abreast;
    const lane = w.lane[u] as number;
    const { firstLane } = w.network.edges;
    const edge = abreast.edgeOf(lane);
    const [begin, end] = abreast.span(v, lane, this.offset_m(v, u));
    for (let other = firstLane[edge] as number; other < (firstLane[edge + 1] as number); other += 1) {
      for (let x = w.front[other] as number; x !== NONE; x = w.behind[x] as number) {
        if (x === v || x === u || !this.#isBeside(v, x)) continue;
        if (abreast.touches(x, other, begin, end)) return false;
      }
    }
    return true;
  }
}
