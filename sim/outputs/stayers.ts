/**
 * Those who stayed on their lane in the last step with all of their body: nearly all. Of them nothing is to be told but what they
 * emitted, which is reckoned for all at once, by the compiled step where there is one.
 */
import { NONE, type World } from "../engine/world.ts";
import type { Emissions } from "./emissions.ts";

/** Of a `StepWatch`: who is on the road, and how the step before left them. */
export interface Watched {
  readonly running: Int32Array;
  readonly lane: Int32Array;
  readonly pos: Float64Array;
  readonly way: Int32Array;
  readonly tail: Int32Array;
}

export class Stayers {
  /** Places in `running` of those who did anything else, in their order. */
  readonly others: Int32Array;
  readonly #w: World;
  readonly #emissions: Emissions;
  readonly #running: Int32Array;
  readonly #lane: Int32Array;
  readonly #pos: Float64Array;
  readonly #way: Int32Array;
  readonly #tail: Int32Array;
  /** How many are on the road, and how many others there are. */
  readonly #counts: Int32Array;

  constructor(world: World, emissions: Emissions, watched: Watched) {
    this.#w = world;
    this.#emissions = emissions;
    const { columns } = world;
    this.#running = columns.name("Stayers.#running", watched.running);
    this.#lane = columns.name("Stayers.#lane", watched.lane);
    this.#pos = columns.name("Stayers.#pos", watched.pos);
    this.#way = columns.name("Stayers.#way", watched.way);
    this.#tail = columns.name("Stayers.#tail", watched.tail);
    this.#counts = columns.name("Stayers.#counts", columns.whole(2, 0));
    this.others = columns.name("stayers.others", columns.whole(watched.running.length));
    columns.moved = true;
  }

  /** Of the first `count` of those on the road; how many others there are. */
  look(count: number): number {
    this.#counts[0] = count;
    const { compiled } = this.#w;
    if (compiled === null) this.all();
    else compiled.stay();
    return this.#counts[1] as number;
  }

  all(): void {
    const w = this.#w;
    const count = this.#counts[0] as number;
    let others = 0;
    for (let i = 0; i < count; i += 1) {
      const v = this.#running[i] as number;
      if (this.#stays(v)) {
        this.#emissions.add(v, w.dt);
        this.#pos[v] = w.pos[v] as number;
        this.#way[v] = w.way[v] as number;
      } else {
        this.others[others] = i;
        others += 1;
      }
    }
    this.#counts[1] = others;
  }

  #stays(v: number): boolean {
    const w = this.#w;
    const lane = this.#lane[v] as number;
    if (lane === NONE || w.lane[v] !== lane || this.#tail[v] !== NONE) return false;
    return (this.#pos[v] as number) + (w.speed[v] as number) * w.dt <= (w.network.lanes.length_m[lane] as number);
  }
}
