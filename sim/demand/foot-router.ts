/**
 * Ways of people: the shortest from edge to edge, over sidewalks, corners and crossings. A route is told as the ends by which its
 * sidewalks are entered, the first as if it were entered behind the walker; which crossings lie between is left to who walks.
 */
import { beginningOf, endOf, type Footways, opposite, wayOf } from "../network/footways.ts";
import { CrossingChoice } from "./crossing-choice.ts";
import { Heap } from "./heap.ts";

const NONE = -1;

export class FootRouter {
  readonly #ways: Footways;
  readonly #choice: CrossingChoice;
  /** By end at which a way is left: how far it is to there, and the end by which the way was entered before. */
  readonly #cost: Float64Array;
  readonly #before: Int32Array;
  readonly #heap = new Heap();

  constructor(ways: Footways) {
    this.#ways = ways;
    this.#choice = new CrossingChoice(ways);
    this.#cost = new Float64Array(ways.corner.length);
    this.#before = new Int32Array(ways.corner.length);
  }

  /** From a place on one edge to a place on another, both with sidewalks; null where nothing leads there. */
  route(from: number, from_m: number, to: number, to_m: number): Int32Array | null {
    const { ofEdge, length_m } = this.#ways;
    const [start, goal] = [ofEdge[from] as number, ofEdge[to] as number];
    if (start === NONE || goal === NONE) return null;
    if (start === goal) return Int32Array.of(to_m >= from_m ? beginningOf(start) : endOf(start));
    this.#cost.fill(Number.POSITIVE_INFINITY);
    this.#heap.clear();
    this.#reach(endOf(start), (length_m[start] as number) - from_m, NONE);
    this.#reach(beginningOf(start), from_m, NONE);
    let [best_m, last] = [Number.POSITIVE_INFINITY, NONE];
    while (this.#heap.size > 0) {
      const left = this.#heap.pop();
      const here_m = this.#heap.cost;
      if (here_m >= best_m) break;
      if (here_m > (this.#cost[left] as number)) continue;
      const whole_m = here_m + this.#toGoal_m(left, goal, to_m);
      if (whole_m < best_m) [best_m, last] = [whole_m, left];
      this.#spread(left, here_m);
    }
    return last === NONE ? null : this.#told(last, goal);
  }

  /** Over the corner at the end of a way to a place on the last; infinite where that is not there. */
  #toGoal_m(left: number, goal: number, to_m: number): number {
    const beyond_m = (this.#ways.length_m[goal] as number) - to_m;
    const forth = this.#isAt(left, beginningOf(goal)) ? to_m : Number.POSITIVE_INFINITY;
    const back = this.#isAt(left, endOf(goal)) ? beyond_m : Number.POSITIVE_INFINITY;
    return Math.min(forth, back) + this.#corner_m(left);
  }

  /** Along edges that are named; null where one has no sidewalk, or no corner leads from one to the next. */
  along(edges: Int32Array): Int32Array | null {
    const entries: number[] = [];
    for (let at = 0; at + 1 < edges.length; at += 1) {
      const [own, next] = [this.#ways.ofEdge[edges[at] as number], this.#ways.ofEdge[edges[at + 1] as number]];
      if (own === undefined || own === NONE || next === undefined || next === NONE) return null;
      const entered = entries.at(-1);
      const exits = entered === undefined ? [endOf(own), beginningOf(own)] : [opposite(entered)];
      const step = this.#step(exits, next);
      if (step === null) return null;
      if (entered === undefined) entries.push(opposite(step.exit));
      entries.push(step.entry);
    }
    return Int32Array.from(entries);
  }

  /** From one of a way's ends to one of another's, over one junction; the shortest. */
  #step(exits: readonly number[], next: number): { readonly exit: number; readonly entry: number } | null {
    let best: { readonly exit: number; readonly entry: number; readonly cost: number } | null = null;
    for (const exit of exits) {
      for (const entry of [beginningOf(next), endOf(next)]) {
        if (!this.#choice.finds(exit, entry)) continue;
        const { cost } = this.#choice;
        if (best === null || cost < best.cost) best = { exit, entry, cost };
      }
    }
    return best;
  }

  #corner_m(end: number): number {
    return this.#ways.corners.length_m[this.#ways.corner[end] as number] ?? 0;
  }

  #isAt(left: number, end: number): boolean {
    const { corner } = this.#ways;
    return corner[left] !== NONE && corner[left] === corner[end];
  }

  #spread(left: number, here_m: number): void {
    const { corner, corners, length_m } = this.#ways;
    const at = corner[left] as number;
    if (at === NONE) return;
    for (let i = corners.firstEnd[at] as number; i < (corners.firstEnd[at + 1] as number); i += 1) {
      const entry = corners.ends[i] as number;
      if (wayOf(entry) === wayOf(left)) continue;
      const way_m = (corners.length_m[at] as number) + (length_m[wayOf(entry)] as number);
      this.#reach(opposite(entry), here_m + way_m, left);
    }
  }

  #reach(left: number, cost_m: number, before: number): void {
    if (cost_m >= (this.#cost[left] as number)) return;
    this.#cost[left] = cost_m;
    this.#before[left] = before;
    this.#heap.push(cost_m, left);
  }

  #told(last: number, goal: number): Int32Array {
    const { corner, edge } = this.#ways;
    const entries = [corner[beginningOf(goal)] === corner[last] ? beginningOf(goal) : endOf(goal)];
    for (let left = last; left !== NONE; left = this.#before[left] as number) {
      if (edge[wayOf(left)] !== NONE) entries.push(opposite(left));
    }
    return Int32Array.from(entries.reverse());
  }
}
