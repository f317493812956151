/** Sums of what happened on each lane in the running interval. Times and ways with `front` leave out whose rear alone was there. */
import type { World } from "../engine/world.ts";
import type { Movement } from "./step-listener.ts";

const halting = 0.1;

const sums = [
  "all_s",
  "all_m",
  "front_s",
  "front_m",
  "body_m_s",
  "covered_m_s",
  "waiting_s",
  "loss_s",
  "co2_mg",
  "fuel_mg",
] as const;
const counts = ["departed", "arrived", "entered", "left", "changedFrom", "changedTo"] as const;

type Sums = { readonly [K in (typeof sums)[number]]: Float64Array };
type Counts = { readonly [K in (typeof counts)[number]]: Int32Array };

/** Of a lane, or of an edge's lanes together. */
export type Tally = { -readonly [K in (typeof sums)[number] | (typeof counts)[number]]: number };

const emptyTally = (): Tally => Object.fromEntries([...sums, ...counts].map((key) => [key, 0])) as unknown as Tally;

export class LaneTally {
  readonly #w: World;
  readonly #sums: Sums;
  readonly #counts: Counts;
  readonly #read = emptyTally();

  constructor(world: World) {
    const lanes = world.front.length;
    this.#w = world;
    this.#sums = Object.fromEntries(sums.map((key) => [key, new Float64Array(lanes)])) as unknown as Sums;
    this.#counts = Object.fromEntries(counts.map((key) => [key, new Int32Array(lanes)])) as unknown as Counts;
  }

  count(what: (typeof counts)[number], lane: number): void {
    const column = this.#counts[what];
    column[lane] = (column[lane] as number) + 1;
  }

  move({ v, lane, from_m, to_m, for_s, front }: Movement, co2_mg: number, fuel_mg: number): void {
    const w = this.#w;
    const way_m = to_m - from_m;
    const speed = w.speed[v] as number;
    const body = w.length[v] as number;
    const end = w.network.lanes.length_m[lane] as number;
    const { all_s, all_m, body_m_s, covered_m_s, waiting_s, loss_s } = this.#sums;
    const limit = w.limit(v, lane);
    add(all_s, lane, for_s);
    add(all_m, lane, way_m);
    add(body_m_s, lane, body * for_s);
    add(covered_m_s, lane, 0.5 * (coveredTo(from_m, body, end) + coveredTo(to_m, body, end)) * for_s);
    if (speed < halting) add(waiting_s, lane, for_s);
    add(loss_s, lane, (for_s * (limit - speed)) / limit);
    if (!front) return;
    add(this.#sums.front_s, lane, for_s);
    add(this.#sums.front_m, lane, way_m);
    add(this.#sums.co2_mg, lane, co2_mg);
    add(this.#sums.fuel_mg, lane, fuel_mg);
  }

  /** Of lanes `from` to `to` - 1. Used again by the next call. */
  of(from: number, to: number): Tally {
    for (const key of sums) this.#read[key] = this.#sum(this.#sums[key], from, to);
    for (const key of counts) this.#read[key] = this.#sum(this.#counts[key], from, to);
    return this.#read;
  }

  clear(): void {
    for (const key of sums) this.#sums[key].fill(0);
    for (const key of counts) this.#counts[key].fill(0);
  }

  #sum(column: Float64Array | Int32Array, from: number, to: number): number {
    let sum = 0;
    for (let lane = from; lane < to; lane += 1) sum += column[lane] as number;
    return sum;
  }
}

function add(column: Float64Array, lane: number, value: number): void {
  column[lane] = (column[lane] as number) + value;
}

/** How much of a body lies on a lane whose end is `end` away, with its front at `at`. */
const coveredTo = (at: number, body: number, end: number): number =>
  Math.max(0, Math.min(at, end) - Math.max(0, at - body));
