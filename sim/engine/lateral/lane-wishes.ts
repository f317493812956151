/** Which lane the wide would rather be in: where the way leads, once it is time, or where it is quicker. */
import type { World } from "../world.ts";
import type { Abreast } from "./abreast.ts";
import type { Outlook } from "./outlook.ts";

/** Seconds ahead that a lane is left which leads elsewhere, to the right and to the left, and metres at least. */
const ahead_s = { right: 10, left: 20 } as const;
const least_m = 60;
const memory = 0.9;
/** So many m/s to be gained, for so long, make it worth the while. */
const gain_m_s = 1.5;
const patience_s = 2;

export class LaneWishes {
  readonly #w: World;
  readonly #abreast: Abreast;
  readonly #outlook: Outlook;
  /** The way leads there: others are asked for room. */
  urgent = false;

  constructor(world: World, abreast: Abreast, outlook: Outlook) {
    this.#w = world;
    this.#abreast = abreast;
    this.#outlook = outlook;
  }

  /** -1, 0 or 1: to the right, none, to the left. */
  wish(v: number): number {
    const w = this.#w;
    const way = w.way[v] as number;
    const lane = w.lane[v] as number;
    const index = w.indexOf(lane);
    const row = w.ways.rowOf(way, index);
    const speed = w.speed[v] as number;
    w.minds.lookAhead[v] = Math.max(speed, memory ** w.dt * (w.minds.lookAhead[v] as number));
    const offset = w.ways.offset[row] as number;
    this.urgent = offset !== 0 && this.#isTime(v, row, offset);
    if (this.urgent) return Math.sign(offset);
    if (w.ways.lanes[way] === 1) return 0;
    return this.#quicker(v, lane, index, way);
  }

  #isTime(v: number, row: number, offset: number): boolean {
    const w = this.#w;
    const left = w.ways.reach_m(row) - (w.pos[v] as number) - w.filled_m((w.lane[v] as number) + offset);
    const seconds = offset < 0 ? ahead_s.right : ahead_s.left;
    return left / Math.abs(offset) < least_m + (w.minds.lookAhead[v] as number) * seconds;
  }

  #quicker(v: number, lane: number, index: number, way: number): number {
    const w = this.#w;
    const { cells } = this.#abreast;
    const edge = this.#abreast.edgeOf(lane);
    this.#outlook.look(v, cells.first[edge] as number, cells.first[edge + 1] as number);
    const here = this.#promise(v, lane);
    let best = 0;
    let most = here + gain_m_s;
    for (const side of [-1, 1] as const) {
      const other = index + side;
      if (other < 0 || other >= (w.ways.lanes[way] as number)) continue;
      if (w.ways.offset[w.ways.rowOf(way, other)] !== 0) continue;
      const there = this.#promise(v, lane + side);
      if (there > most) {
        most = there;
        best = side;
      }
    }
    const gained = best === 0 ? 0 : (w.minds.gain[v] as number) + w.dt;
    w.minds.gain[v] = gained;
    return gained > patience_s ? best : 0;
  }

  /** m/s, in the middle of a lane. */
  #promise(v: number, lane: number): number {
    const { cells, width_m } = this.#abreast;
    const edge = this.#abreast.edgeOf(lane);
    const half = (width_m[v] as number) / 2;
    const middle = cells.middle_m[lane] as number;
    const reach = this.#outlook.reach_m(cells.begin(edge, middle - half), cells.end(edge, middle + half));
    return (Math.max(0, reach) / this.#outlook.free_m) * this.#w.limit(v, lane);
  }
}
