/**
 * Who waits for whom. A lock is a ring of vehicles of which each waits for the next, and none has moved for five minutes,
 * though none of them faced a red light all that time.
 */
import { isRed } from "./light.ts";
import { NONE, type World } from "./world.ts";

const locked_s = 300;

export class LockWatch {
  readonly #w: World;
  /** Steps without red since each came to stand, s. */
  readonly #free_s: Float64Array;
  readonly #look_s: number;
  #since_s = 0;
  /** The first ring found, by the numbers of its departures; empty while there is none. */
  ring: readonly number[] = [];

  constructor(world: World, look_s = 30) {
    this.#w = world;
    this.#free_s = world.seats.floats();
    this.#look_s = look_s;
  }

  /** After every step. */
  look(): void {
    const w = this.#w;
    this.#since_s += w.dt;
    if (this.#since_s < this.#look_s || this.ring.length > 0) return;
    this.#since_s = 0;
    for (let i = 0; i < w.activeCount; i += 1) this.#note(w.front[w.active[i] as number] as number);
    for (let i = 0; i < w.activeCount && this.ring.length === 0; i += 1) this.#search(w.active[i] as number);
  }

  #note(v: number): void {
    const w = this.#w;
    if (w.standing_s[v] === 0) this.#free_s[v] = 0;
    const link = this.#linkOf(v);
    if (link !== NONE && isRed(w.state[link] as number)) return;
    this.#free_s[v] = (this.#free_s[v] as number) + this.#look_s;
  }

  #stuck(v: number): boolean {
    return (this.#w.standing_s[v] as number) >= locked_s && (this.#free_s[v] as number) >= locked_s / 3;
  }

  #linkOf(v: number): number {
    return this.#w.linkFrom(this.#w.lane[v] as number, this.#w.way[v] as number);
  }

  #search(lane: number): void {
    const path: number[] = [];
    let v = this.#w.front[lane] as number;
    while (v !== NONE && this.#stuck(v)) {
      const met = path.indexOf(v);
      if (met !== -1) {
        this.ring = path.slice(met).map((each) => this.#w.seats.number[each] as number);
        return;
      }
      path.push(v);
      v = this.#waitsFor(v);
    }
  }

  /** The head of the queue that stands in the way of `v`, or of the lane that it has to come to. */
  #waitsFor(v: number): number {
    const w = this.#w;
    const { links } = w.network;
    const link = this.#linkOf(v);
    const lane = w.lane[v] as number;
    if (link === NONE) {
      const offset = w.ways.offset[w.rowOf(lane, w.way[v] as number)] as number;
      return w.front[lane + Math.sign(offset)] ?? NONE;
    }
    const next = links.next[link] as number;
    if (w.front[next] !== NONE) return w.front[next] as number;
    return w.front[links.to[link] as number] ?? NONE;
  }
}
