/** How far a driver could get in the next seconds, cell by cell across the road: what places are compared by. */
import { isRed, isYellow } from "../light.ts";
import { NONE, type World } from "../world.ts";
import type { Abreast } from "./abreast.ts";

/** So far into the future a driver looks. */
export const horizon_s = 4;
/** Where somebody is alongside, or nobody may drive. */
export const barred = -1;
/** Nearer than this ahead counts as alongside. */
const alongside_m = 0.2;
/** So many cells are looked at in one go. */
const ahead = 6;

export class Outlook {
  readonly #w: World;
  readonly #abreast: Abreast;
  readonly #reach_m: Float64Array;
  // The vehicle in hand, its edge's first cell, and which of its cells have been looked at.
  #v = NONE;
  #edge = 0;
  #first = 0;
  #from = 0;
  #to = 0;
  #free_m = 0;

  constructor(world: World, abreast: Abreast) {
    const { first } = abreast.cells;
    this.#w = world;
    this.#abreast = abreast;
    this.#reach_m = new Float64Array(
      first.reduce((most, cell, edge) => Math.max(most, cell - (first[edge - 1] ?? 0)), 0),
    );
  }

  /** What is driven in that time with nobody in the way. */
  get free_m(): number {
    return this.#free_m;
  }

  /** Looks at the cells from `from` to `to` of the edge on which `v` is. */
  look(v: number, from: number, to: number): void {
    const { cells } = this.#abreast;
    const lane = this.#w.lane[v] as number;
    this.#v = v;
    this.#edge = this.#abreast.edgeOf(lane);
    this.#first = cells.first[this.#edge] as number;
    this.#free_m = this.#w.limit(v, lane) * horizon_s;
    this.#from = from;
    this.#to = to;
    this.#fill(from, to);
  }

  /** Looks farther, where these cells have not been looked at. */
  cover(from: number, to: number): void {
    const { first } = this.#abreast.cells;
    if (from < this.#from) {
      const farther = Math.max(this.#first, from - ahead);
      this.#fill(farther, this.#from);
      this.#from = farther;
    }
    if (to > this.#to) {
      const farther = Math.min(first[this.#edge + 1] as number, to + ahead);
      this.#fill(this.#to, farther);
      this.#to = farther;
    }
  }

  #fill(from: number, to: number): void {
    const { cells } = this.#abreast;
    const { firstLane } = this.#w.network.edges;
    const first = firstLane[this.#edge] as number;
    const end = firstLane[this.#edge + 1] as number;
    let cell = from;
    for (let lane = first; lane < end && cell < to; lane += 1) {
      const left = lane + 1 < end ? cells.end(this.#edge, cells.right_m[lane + 1] as number) : to;
      if (left <= cell) continue;
      this.#lane(this.#v, cell, Math.min(to, left), this.#cap_m(this.#v, lane, lane - first));
      cell = Math.min(to, left);
    }
  }

  /** Least of these cells; barred where one is. */
  reach_m(begin: number, end: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let at = begin - this.#first; at < end - this.#first; at += 1) {
      const reach = this.#reach_m[at] as number;
      if (reach < least) least = reach;
    }
    return least;
  }

  /** The least of these cells, after `least` of those one cell to the other side. */
  slide(least: number, side: 1 | -1, begin: number, end: number): number {
    const entering = this.at(side === 1 ? end - 1 : begin);
    if (entering <= least) return entering;
    const leaving = this.at(side === 1 ? begin - 1 : end);
    return leaving > least ? least : this.reach_m(begin, end);
  }

  at(cell: number): number {
    return this.#reach_m[cell - this.#first] as number;
  }

  /** To the stop line while it is closed, and where the way does not go on; barred where one may not drive. */
  #cap_m(v: number, lane: number, index: number): number {
    const w = this.#w;
    const { ways } = w;
    const way = w.way[v] as number;
    const row = ways.rowOf(way, index);
    if (ways.reach_m(row) === 0) return barred;
    const left = (w.network.lanes.length_m[lane] as number) - (w.pos[v] as number);
    if (left > this.#free_m || ways.next[way] === NONE) return this.#free_m;
    const link = ways.link[row] as number;
    if (link === NONE) return left;
    const state = w.state[link] as number;
    return isRed(state) || isYellow(state) ? left : this.#free_m;
  }

  #lane(v: number, from: number, to: number, cap: number): void {
    const { who, rear_m } = this.#abreast.cells;
    let before = NONE - 1;
    let reach = 0;
    for (let cell = from; cell < to; cell += 1) {
      const u = who[cell] as number;
      if (u !== before) {
        before = u;
        reach = u === NONE || u === v ? cap : Math.min(cap, this.#behind(v, u, rear_m[cell] as number));
      }
      this.#reach_m[cell - this.#first] = reach;
    }
  }

  #behind(v: number, u: number, rear: number): number {
    const w = this.#w;
    const distance = rear - (w.pos[v] as number);
    if (distance < alongside_m) return barred;
    return Math.max(0, distance - (w.minGap[v] as number)) + (w.speed[u] as number) * horizon_s;
  }
}
