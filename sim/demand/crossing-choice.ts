/** Which crossing to take next at a junction, to come to the sidewalk on which one goes on. */
import { type Footways, opposite, wayOf } from "../network/footways.ts";
import { Heap } from "./heap.ts";

const NONE = -1;

/** What walking over a crossing takes, entered by that end, after so much on the way to it. */
type Cost = (entry: number, before: number) => number;

/** Over a crossing, entered by that end, and the corner behind it. */
export const overCrossing_m = ({ corner, corners, length_m }: Footways, entry: number): number =>
  (length_m[wayOf(entry)] as number) + (corners.length_m[corner[opposite(entry)] as number] ?? 0);

export class CrossingChoice {
  readonly #ways: Footways;
  readonly #cost: Float64Array;
  /** By corner: the end by which the first crossing on the way there is entered. */
  readonly #first: Int32Array;
  readonly #touched: number[] = [];
  readonly #heap = new Heap();
  /** Of the way that was found last: what it takes, and its first crossing, or NONE where none has to be crossed. */
  cost = 0;
  next = NONE;

  constructor(ways: Footways) {
    this.#ways = ways;
    this.#cost = new Float64Array(ways.corners.ids.length).fill(Number.POSITIVE_INFINITY);
    this.#first = new Int32Array(ways.corners.ids.length).fill(NONE);
  }

  /** From the end `exit` of one way to the end `entry` of another, over crossings of the same junction, never back over the first. */
  finds(exit: number, entry: number, cost: Cost = (end) => overCrossing_m(this.#ways, end)): boolean {
    const { corner, corners } = this.#ways;
    const [from, to] = [corner[exit] as number, corner[entry] as number];
    if (from === NONE || to === NONE || corners.junction[from] !== corners.junction[to]) return false;
    for (const touched of this.#touched) this.#cost[touched] = Number.POSITIVE_INFINITY;
    this.#touched.length = 0;
    this.#heap.clear();
    this.#reach(from, 0, NONE);
    while (this.#heap.size > 0) {
      const at = this.#heap.pop();
      const here = this.#heap.cost;
      if (at === to) {
        this.cost = here;
        this.next = this.#first[at] as number;
        return true;
      }
      if (here > (this.#cost[at] as number)) continue;
      this.#spread(at, here, wayOf(exit), cost);
    }
    return false;
  }

  #spread(at: number, here: number, left: number, cost: Cost): void {
    const { corner, corners, edge } = this.#ways;
    for (let i = corners.firstEnd[at] as number; i < (corners.firstEnd[at + 1] as number); i += 1) {
      const entry = corners.ends[i] as number;
      const way = wayOf(entry);
      const beyond = corner[opposite(entry)] as number;
      if (edge[way] !== NONE || way === left || beyond === NONE) continue;
      const first = this.#first[at] as number;
      this.#reach(beyond, here + cost(entry, here), first === NONE ? entry : first);
    }
  }

  #reach(corner: number, cost: number, first: number): void {
    if (cost >= (this.#cost[corner] as number)) return;
    this.#cost[corner] = cost;
    this.#first[corner] = first;
    this.#touched.push(corner);
    this.#heap.push(cost, corner);
  }
}
