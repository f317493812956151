/** Traffic side by side, as the engine asks about it: what lies ahead on other lanes, room, and who is let in. */
import { halting_m_s } from "../krauss.ts";
import { NONE, type World } from "../world.ts";
import type { Abreast } from "./abreast.ts";
import { LettingIn } from "./letting-in.ts";
import type { SideBySide } from "./side-by-side.ts";

export class MixedTraffic implements SideBySide {
  readonly #w: World;
  readonly #abreast: Abreast;
  readonly #lettingIn: LettingIn;
  readonly offset_m: Float64Array;
  readonly width_m: Float64Array;

  constructor(world: World, abreast: Abreast) {
    this.#w = world;
    this.#abreast = abreast;
    this.#lettingIn = new LettingIn(world, abreast);
    this.offset_m = abreast.offset_m;
    this.width_m = abreast.width_m;
  }

  speedBehindLast(v: number, lane: number, seen_m: number): number {
    const abreast = this.#abreast;
    return abreast.speedBehind(v, abreast.begin(v, lane), abreast.end(v, lane), -seen_m);
  }

  room_m(v: number, lane: number): number {
    const w = this.#w;
    const abreast = this.#abreast;
    const [begin, end] = [abreast.begin(v, lane), abreast.end(v, lane)];
    let moving = 0;
    for (let u = w.back[lane] as number; u !== NONE; u = w.ahead[u] as number) {
      if (!abreast.touches(u, lane, begin, end)) continue;
      if ((w.speed[u] as number) < halting_m_s) return w.rear_m(u) - moving;
      moving += (w.length[u] as number) + (w.minGap[u] as number);
    }
    return moving === 0 ? Number.POSITIVE_INFINITY : (w.network.lanes.length_m[lane] as number) - moving;
  }

  filled_m(lane: number): number {
    const w = this.#w;
    const { width_m, beside_m } = this.#abreast;
    const width = w.network.lanes.width_m[lane] as number;
    let sum = 0;
    for (let u = w.front[lane] as number; u !== NONE; u = w.behind[u] as number) {
      const share = Math.min(1, ((width_m[u] as number) + (beside_m[u] as number)) / width);
      sum += ((w.length[u] as number) + (w.minGap[u] as number)) * share;
    }
    return sum;
  }

  left(v: number, lane: number): void {
    this.#abreast.overhang.left(v, lane);
  }

  letIn(v: number, lane: number, pos: number, wanted: number): number {
    return this.#lettingIn.choose(v, lane, pos, wanted);
  }

  entered(v: number): void {
    this.#lettingIn.entered(v);
  }
}
