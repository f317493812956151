/** Where across the road somebody may be let in, and how fast: all places of the lane are tried, the middle first. */
import { brakeGap } from "../krauss.ts";
import { NONE, type World } from "../world.ts";
import type { Abreast } from "./abreast.ts";

export class LettingIn {
  readonly #w: World;
  readonly #abreast: Abreast;

  constructor(world: World, abreast: Abreast) {
    this.#w = world;
    this.#abreast = abreast;
  }

  /** Sets the place across and tells the speed, at most `wanted`; negative without room. */
  choose(v: number, lane: number, pos: number, wanted: number): number {
    const { cells, narrow, offset_m, width_m } = this.#abreast;
    const width = width_m[v] as number;
    const free = Math.max(0, (this.#w.network.lanes.width_m[lane] as number) - width) / 2;
    const steps = narrow[v] === 1 ? Math.floor(free / cells.cell_m) : 0;
    const aligned = Math.round(((cells.middle_m[lane] as number) - width / 2) / cells.cell_m) * cells.cell_m;
    const middle = narrow[v] === 1 ? aligned + width / 2 - (cells.middle_m[lane] as number) : 0;
    let [best, place] = [-1, 0];
    for (let step = 0; step <= 2 * steps && best < wanted; step += 1) {
      const offset = middle + (step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * cells.cell_m;
      if (Math.abs(offset) > free) continue;
      offset_m[v] = offset;
      const speed = this.#speedAt(v, lane, pos, wanted);
      if (speed > best) [best, place] = [speed, offset];
    }
    offset_m[v] = place;
    return best;
  }

  /** Others heed whoever came in from the next step on. */
  entered(v: number): void {
    const w = this.#w;
    const abreast = this.#abreast;
    const lane = w.lane[v] as number;
    const [begin, end] = [abreast.begin(v, lane), abreast.end(v, lane)];
    w.courtesy[v] = this.#speedAt(v, lane, w.pos[v] as number, Number.POSITIVE_INFINITY);
    for (let cell = begin; cell < end; cell += 1) {
      const hindmost =
        abreast.cells.who[cell] === NONE || (abreast.cells.rear_m[cell] as number) >= (w.pos[v] as number);
      if (hindmost) abreast.cells.mark(cell, cell + 1, v, w.rear_m(v));
    }
    const [first, last] = this.#lanesOf(lane);
    for (let other = first; other < last; other += 1) {
      for (let u = w.back[other] as number; u !== NONE; u = w.ahead[u] as number) {
        if (u === v || (w.pos[u] as number) >= (w.pos[v] as number)) continue;
        if (!abreast.touches(u, other, begin, end)) continue;
        const speed = abreast.followSpeed(u, v, w.rear_m(v) - (w.pos[u] as number));
        w.courtesy[u] = Math.min(w.courtesy[u] as number, speed);
      }
    }
  }

  #lanesOf(lane: number): readonly [number, number] {
    const { firstLane } = this.#w.network.edges;
    const edge = this.#abreast.edgeOf(lane);
    return [firstLane[edge] as number, firstLane[edge + 1] as number];
  }

  /** Behind all in the way, so that nobody behind has to brake hard; negative where that cannot be. */
  #speedAt(v: number, lane: number, pos: number, wanted: number): number {
    const w = this.#w;
    const abreast = this.#abreast;
    const around = Math.floor((abreast.beside_m[v] as number) / abreast.cells.cell_m);
    const [begin, end] = [abreast.begin(v, lane) - around, abreast.end(v, lane) + around];
    const rear = pos - (w.length[v] as number);
    const [first, last] = this.#lanesOf(lane);
    let speed = this.#behindOverhang(v, begin, end, lane, pos, wanted);
    for (let other = first; other < last && speed >= 0; other += 1) {
      for (let u = w.back[other] as number; u !== NONE && speed >= 0; u = w.ahead[u] as number) {
        if (u === v || !abreast.touches(u, other, begin, end)) continue;
        if ((w.pos[u] as number) >= pos) speed = Math.min(speed, this.#behind(v, u, w.rear_m(u) - pos));
        else if (!this.#keepsClear(u, rear - (w.pos[u] as number))) return -1;
      }
    }
    return speed;
  }

  #behindOverhang(v: number, begin: number, end: number, on: number, pos: number, wanted: number): number {
    const { overhang } = this.#abreast;
    const [first, last] = this.#lanesOf(on);
    let speed = wanted;
    for (let lane = first; lane < last; lane += 1) {
      for (let entry = overhang.first[lane] as number; entry !== NONE; entry = overhang.next[entry] as number) {
        const u = overhang.vehicle[entry] as number;
        if (!this.#abreast.touches(u, lane, begin, end)) continue;
        speed = Math.min(speed, this.#behind(v, u, (overhang.rear_m[entry] as number) - pos));
      }
    }
    return speed;
  }

  /** `u`, so far behind somebody who is let in and may come to stand. */
  #keepsClear(u: number, distance: number): boolean {
    const w = this.#w;
    const need = brakeGap(w.speed[u] as number, w.decel[u] as number, w.tau[u] as number, w.dt);
    return distance - (w.minGap[u] as number) >= need;
  }

  #behind(v: number, u: number, distance: number): number {
    return distance < (this.#w.minGap[v] as number) ? -1 : this.#abreast.followSpeed(v, u, distance);
  }
}
