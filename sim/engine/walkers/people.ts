/** Those on foot, in typed arrays by their number in the demand, and who is on which crossing. */
import type { VehicleType, Walker } from "../../demand/demand.ts";
import { drawSpeedFactor, topSpeed_m_s } from "../../demand/speed-factor.ts";
import type { Footways } from "../../network/footways.ts";
import type { Random } from "../random.ts";

const NONE = -1;

export class People {
  readonly walkers: readonly Walker[];
  /** On a way, or on the way over the corner before it: then `corner` is 1. */
  readonly way: Int32Array;
  readonly direction: Int8Array;
  readonly corner: Uint8Array;
  /** From where this piece of the way begins, and how long it is. */
  readonly x_m: Float64Array;
  readonly long_m: Float64Array;
  readonly speed: Float64Array;
  /** Slower than a crawl for so long. */
  readonly waited_s: Float64Array;
  readonly length_m: Float64Array;
  readonly minGap_m: Float64Array;
  /** How fast each walks if he can, and its factor of what his type likes. */
  readonly wanted: Float64Array;
  readonly factor: Float64Array;
  /** Number of the walk, and of the sidewalk in its route. */
  readonly walk: Int32Array;
  readonly step: Int32Array;
  /** The ends of ways by which a corner was entered, and the junction. */
  readonly exit: Int32Array;
  readonly left: Int32Array;
  /** By crossing: the first of those on it; by walker: the next on the same. */
  readonly first: Int32Array;
  readonly next: Int32Array;
  readonly #ways: Footways;

  constructor(walkers: readonly Walker[], types: readonly VehicleType[], ways: Footways, random: Random) {
    const count = walkers.length;
    this.walkers = walkers;
    this.#ways = ways;
    this.way = new Int32Array(count).fill(NONE);
    this.direction = new Int8Array(count);
    this.corner = new Uint8Array(count);
    this.x_m = new Float64Array(count);
    this.long_m = new Float64Array(count);
    this.speed = new Float64Array(count);
    this.waited_s = new Float64Array(count);
    this.walk = new Int32Array(count);
    this.step = new Int32Array(count);
    this.exit = new Int32Array(count).fill(NONE);
    this.left = new Int32Array(count).fill(NONE);
    this.first = new Int32Array(ways.edge.length).fill(NONE);
    this.next = new Int32Array(count).fill(NONE);
    const typeOf = ({ type }: Walker): VehicleType => types[type] as VehicleType;
    this.length_m = Float64Array.from(walkers, (walker) => typeOf(walker).length_m);
    this.minGap_m = Float64Array.from(walkers, (walker) => typeOf(walker).minGap_m);
    this.factor = Float64Array.from(walkers, (walker) => drawSpeedFactor(typeOf(walker), random));
    this.wanted = Float64Array.from(walkers, (walker, i) => topSpeed_m_s(typeOf(walker), this.factor[i] as number));
  }

  /** Along its way from where that begins, whichever direction one walks. */
  along_m(i: number): number {
    const x = this.x_m[i] as number;
    if (this.direction[i] === 1) return x;
    return (this.#ways.length_m[this.way[i] as number] as number) - x;
  }

  isOnCrossing(i: number): boolean {
    const way = this.way[i] as number;
    return this.corner[i] === 0 && way !== NONE && this.#ways.edge[way] === NONE;
  }
}
