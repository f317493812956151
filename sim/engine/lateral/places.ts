/**
 * Where across the road: motorcycles choose among all places that they can come to without passing anybody by, others
 * only among those of their lane. A place is worth the speed that it promises, less what keeps drivers where they are.
 */
import type { World } from "../world.ts";
import type { Abreast } from "./abreast.ts";
import { barred, horizon_s, type Outlook } from "./outlook.ts";

/** So far to each side places are looked for. */
const window_m = 3.2;
/** What a place promises counts so much by its own width, and for the rest with what is wanted free beside it. */
const ownWidth = 0.7;
/** Wanted free beside one grows by so much for each m/s. */
const besidePerSpeed_s = 0.02;
/** Costs, in m/s: of leaving one's place, for each metre moved, and for each metre off the middle for the wide. */
const restless = 0.4;
const perMetre = 0.2;
const offMiddle = 0.6;
/** Whoever has to come to another lane within D metres minds each metre to it by so much over D, and by no more than. */
const strategic_m2_s = 300;
const mostStrategic = 12;
const lastMetres_m = 5;
/** Within so much of the end one keeps to the side of the lane to which one will turn. */
const aligning_m = 60;
const aligning = 0.25;

/** What is driven where one gets so far by one's own width, and so far with what is wanted free beside it. */
const speedOf = (own: number, wide: number): number =>
  (ownWidth * Math.max(0, own) + (1 - ownWidth) * Math.max(0, wide)) / horizon_s;

export class Places {
  readonly #w: World;
  readonly #abreast: Abreast;
  readonly #outlook: Outlook;
  // The vehicle in hand.
  #v = 0;
  #edge = 0;
  #begin = 0;
  #cells = 0;
  #firm = 0;
  #soft = 0;
  #best = 0;
  #worth = 0;

  constructor(world: World, abreast: Abreast, outlook: Outlook) {
    this.#w = world;
    this.#abreast = abreast;
    this.#outlook = outlook;
  }

  /** Cells to the left (above 0) or right to which `v` would like to move. */
  wish(v: number): number {
    this.#take(v);
    const { cells } = this.#abreast;
    const first = cells.first[this.#edge] as number;
    const last = cells.first[this.#edge + 1] as number;
    const right = Math.max(first, this.#begin - this.#soft);
    const left = Math.min(last, this.#begin + this.#cells + this.#soft);
    this.#outlook.look(v, right, left);
    const wide = this.#outlook.reach_m(right, left);
    const cost = this.#costOf(this.#begin);
    if (cost === 0 && wide >= this.#outlook.free_m) return 0;
    const [from, to] = this.#window(this.#w.lane[v] as number);
    const own = this.#outlook.reach_m(this.#begin, this.#begin + this.#cells);
    this.#best = this.#begin;
    this.#worth = speedOf(own, wide) - cost + restless;
    this.#search(1, from, to, own, wide);
    this.#search(-1, from, to, own, wide);
    return this.#best - this.#begin;
  }

  #take(v: number): void {
    const w = this.#w;
    const { cell_m } = this.#abreast.cells;
    const lane = w.lane[v] as number;
    const beside = this.#abreast.beside_m[v] as number;
    this.#v = v;
    this.#edge = this.#abreast.edgeOf(lane);
    this.#begin = this.#abreast.begin(v, lane);
    this.#cells = Math.ceil((this.#abreast.width_m[v] as number) / cell_m - 1e-6);
    this.#firm = Math.floor(beside / cell_m);
    this.#soft = Math.round((beside + besidePerSpeed_s * (w.speed[v] as number)) / cell_m);
  }

  #window(lane: number): readonly [number, number] {
    const { cells, narrow } = this.#abreast;
    if (narrow[this.#v] === 0) {
      const right = cells.right_m[lane] as number;
      const width = this.#w.network.lanes.width_m[lane] as number;
      return [
        Math.min(this.#begin, cells.begin(this.#edge, right)),
        Math.max(this.#abreast.end(this.#v, lane), cells.end(this.#edge, right + width)),
      ];
    }
    const span = Math.round(window_m / cells.cell_m);
    return [
      Math.max(cells.first[this.#edge] as number, this.#begin - span),
      Math.min(cells.first[this.#edge + 1] as number, this.#begin + this.#cells + span),
    ];
  }

  /** One cell after the other, until somebody is in the way or nothing farther off can be worth more. */
  #search(side: 1 | -1, from: number, to: number, ownHere: number, wideHere: number): void {
    const outlook = this.#outlook;
    const { cell_m, first } = this.#abreast.cells;
    const [edgeFrom, edgeTo] = [first[this.#edge] as number, first[this.#edge + 1] as number];
    const most = outlook.free_m / horizon_s;
    let [own, wide] = [ownHere, wideHere];
    for (let begin = this.#begin + side; begin >= from && begin + this.#cells <= to; begin += side) {
      const touched = side === 1 ? begin + this.#cells - 1 : begin;
      const moved = perMetre * cell_m * Math.abs(begin - this.#begin);
      if (most - moved <= this.#worth) return;
      const right = Math.max(edgeFrom, begin - this.#soft);
      const left = Math.min(edgeTo, begin + this.#cells + this.#soft);
      outlook.cover(right, left);
      if (outlook.at(touched) === barred) return;
      own = outlook.slide(own, side, begin, begin + this.#cells);
      wide = outlook.slide(wide, side, right, left);
      const beyond = touched + side * this.#firm;
      if (beyond >= right && beyond < left && outlook.at(beyond) === barred) continue;
      this.#weigh(begin, speedOf(own, wide) - moved);
    }
  }

  #weigh(begin: number, promised: number): void {
    if (promised <= this.#worth) return;
    const worth = promised - this.#costOf(begin);
    if (worth <= this.#worth) return;
    this.#worth = worth;
    this.#best = begin;
  }

  #costOf(begin: number): number {
    const w = this.#w;
    const { cells, narrow, width_m } = this.#abreast;
    const half = (width_m[this.#v] as number) / 2;
    const middle = (begin - (cells.first[this.#edge] as number)) * cells.cell_m + half;
    if (narrow[this.#v] === 0)
      return offMiddle * Math.abs(middle - (cells.middle_m[w.lane[this.#v] as number] as number));
    const { ways } = w;
    const way = w.way[this.#v] as number;
    const first = w.network.edges.firstLane[this.#edge] as number;
    let index = (ways.lanes[way] as number) - 1;
    while (index > 0 && middle < (cells.right_m[first + index] as number)) index -= 1;
    const row = ways.rowOf(way, index);
    const left = ways.reach_m(row) - (w.pos[this.#v] as number);
    const offset = ways.offset[row] as number;
    if (offset === 0) return this.#misaligned(first + index, ways.link[row] as number, middle, half, left);
    const aim = first + index + offset;
    const border =
      offset > 0
        ? (cells.right_m[aim] as number) + half
        : (cells.right_m[aim] as number) + (w.network.lanes.width_m[aim] as number) - half;
    const each = Math.min(mostStrategic, strategic_m2_s / Math.max(lastMetres_m, left));
    return each * Math.abs(border - middle);
  }

  /** Of a lane that leads several ways, links are in order from the right: who turns keeps to that side. */
  #misaligned(lane: number, link: number, middle: number, half: number, left: number): number {
    if (link < 0 || left > aligning_m + (this.#w.network.lanes.length_m[lane] as number)) return 0;
    const { lanes } = this.#w.network;
    const to_m = (lanes.length_m[lane] as number) - (this.#w.pos[this.#v] as number);
    const first = lanes.firstLink[lane] as number;
    const ways = (lanes.firstLink[lane + 1] as number) - first;
    if (ways < 2 || to_m > aligning_m) return 0;
    const free = (lanes.width_m[lane] as number) - 2 * half;
    const aim = (this.#abreast.cells.right_m[lane] as number) + half + (free * (link - first)) / (ways - 1);
    return aligning * Math.abs(aim - middle);
  }
}
