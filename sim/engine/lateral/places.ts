/**
 * Where across the road: motorcycles choose among all places that they can come to without passing anybody by, others
 * only among those of their lane. A place is worth the speed that it promises, less what keeps drivers where they are.
 */
import type { Way } from "../ways.ts";
import type { World } from "../world.ts";
import type { Abreast } from "./abreast.ts";
import { barred, type Outlook } from "./outlook.ts";

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
    const w = this.#w;
    const { cells } = this.#abreast;
    const lane = w.lane[v] as number;
    const speed = w.speed[v] as number;
    const beside = this.#abreast.beside_m[v] as number;
    this.#v = v;
    this.#edge = this.#abreast.edgeOf(lane);
    this.#begin = this.#abreast.begin(v, lane);
    this.#cells = Math.ceil((this.#abreast.width_m[v] as number) / cells.cell_m - 1e-6);
    this.#firm = Math.floor(beside / cells.cell_m);
    this.#soft = Math.round((beside + besidePerSpeed_s * speed) / cells.cell_m);
    const [from, to] = this.#window(lane);
    this.#outlook.look(v, from, to);
    this.#best = this.#begin;
    this.#worth = this.#worthOf(this.#begin, from, to) + restless;
    this.#search(1, from, to);
    this.#search(-1, from, to);
    return this.#best - this.#begin;
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

  #search(side: 1 | -1, from: number, to: number): void {
    const outlook = this.#outlook;
    for (let begin = this.#begin + side; begin >= from && begin + this.#cells <= to; begin += side) {
      const touched = side === 1 ? begin + this.#cells - 1 : begin;
      const beyond = touched + side * this.#firm;
      if (outlook.at(touched) === barred) return;
      if (beyond >= from && beyond < to && outlook.at(beyond) === barred) continue;
      const worth = this.#worthOf(begin, from, to);
      if (worth > this.#worth) {
        this.#worth = worth;
        this.#best = begin;
      }
    }
  }

  #worthOf(begin: number, from: number, to: number): number {
    const outlook = this.#outlook;
    const own = Math.max(0, outlook.reach_m(begin, begin + this.#cells));
    const wide = outlook.reach_m(Math.max(from, begin - this.#soft), Math.min(to, begin + this.#cells + this.#soft));
    const promised = ownWidth * own + (1 - ownWidth) * Math.max(0, wide);
    const moved_m = Math.abs(begin - this.#begin) * this.#abreast.cells.cell_m;
    const speed = (promised / outlook.free_m) * this.#w.limit(this.#v, this.#w.lane[this.#v] as number);
    return speed - perMetre * moved_m - this.#costOf(begin);
  }

  #costOf(begin: number): number {
    const w = this.#w;
    const { cells, narrow, width_m } = this.#abreast;
    const half = (width_m[this.#v] as number) / 2;
    const middle = (begin - (cells.first[this.#edge] as number)) * cells.cell_m + half;
    if (narrow[this.#v] === 0)
      return offMiddle * Math.abs(middle - (cells.middle_m[w.lane[this.#v] as number] as number));
    const way = w.way[this.#v] as Way;
    const first = w.network.edges.firstLane[this.#edge] as number;
    let index = way.link.length - 1;
    while (index > 0 && middle < (cells.right_m[first + index] as number)) index -= 1;
    const left = (way.length_m[index] as number) - (w.pos[this.#v] as number);
    const offset = way.offset[index] as number;
    if (offset === 0) return this.#misaligned(first + index, way.link[index] as number, middle, half, left);
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
