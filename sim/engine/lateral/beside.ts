/** May one move over? Nobody ahead, beside or behind may be touched, or have to brake harder than usual. */
import { secureGap } from "../krauss.ts";
import { NONE, type World } from "../world.ts";
import type { Abreast } from "./abreast.ts";

/** Bodies keep so much apart lengthwise while one moves over. */
export const apart_m = 0.2;
/** Farther behind nobody is looked at. */
const behind_m = 40;

/** The vehicles of an edge, from the foremost to the last. */
export interface InOrder {
  readonly order: Int32Array;
  readonly count: number;
}

export class Beside {
  readonly #w: World;
  readonly #abreast: Abreast;
  /** Who was in the way behind in the last question; NONE if nobody was. */
  follower = NONE;
  /** And ahead or alongside. */
  leader = NONE;

  constructor(world: World, abreast: Abreast) {
    this.#w = world;
    this.#abreast = abreast;
  }

  /** May `v`, the `at`-th of its edge, take these cells? It takes all from the old to the new ones on its way. */
  free(v: number, begin: number, end: number, at: number, edge: InOrder): boolean {
    this.follower = NONE;
    this.leader = NONE;
    return this.#freeAhead(v, begin, end) && this.#freeBehind(v, begin, end, at, edge);
  }

  #freeAhead(v: number, begin: number, end: number): boolean {
    const w = this.#w;
    const { who, rear_m } = this.#abreast.cells;
    let before = NONE;
    for (let cell = begin; cell < end; cell += 1) {
      const u = who[cell] as number;
      if (u === NONE || u === before || u === v) continue;
      before = u;
      const distance = (rear_m[cell] as number) - (w.pos[v] as number) - apart_m;
      if (distance < this.#need_m(v, u)) {
        this.leader = u;
        return false;
      }
    }
    return true;
  }

  #freeBehind(v: number, begin: number, end: number, at: number, { order, count }: InOrder): boolean {
    const w = this.#w;
    const abreast = this.#abreast;
    const rear = w.rear_m(v);
    const clear = Math.floor((abreast.beside_m[v] as number) / abreast.cells.cell_m);
    for (let j = at + 1; j < count; j += 1) {
      const u = order[j] as number;
      const distance = rear - (w.pos[u] as number);
      if (distance > behind_m) return true;
      const lane = w.lane[u] as number;
      const around = distance < 0 ? clear : 0;
      if (!abreast.touches(u, lane, begin - around, end + around)) continue;
      if (distance - apart_m < this.#need_m(u, v)) {
        this.follower = u;
        return false;
      }
    }
    return true;
  }

  /** What `u` has to have free to whoever `leader` is, ahead of it. */
  #need_m(u: number, leader: number): number {
    const { speed, decel, tau, dt } = this.#w;
    return secureGap(
      speed[u] as number,
      speed[leader] as number,
      decel[leader] as number,
      decel[u] as number,
      tau[u] as number,
      dt,
    );
  }
}
