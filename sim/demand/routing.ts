/** The quickest way: Dijkstra over edges, with the time inside junctions; on empty roads unless told how long edges take. */
import type { RoadNetwork } from "../network/road-network.ts";
import { Heap } from "./heap.ts";

const minorPenalty_s = 1.5;
const MINOR = new Set([..."mogs"].map((state) => state.charCodeAt(0)));

/** Of each edge, by its rightmost lane. */
export function freeTimes_s({ edges, lanes }: RoadNetwork): Float64Array {
  return Float64Array.from(edges.ids, (_, edge) => {
    const lane = edges.firstLane[edge] as number;
    return (lanes.length_m[lane] as number) / (lanes.speed_m_s[lane] as number);
  });
}

/** No edge: a search for it comes to all that there are. */
const NOWHERE = -1;

interface Step {
  readonly edge: number;
  /** Inside the junction before it. */
  readonly inner_s: number;
}

/** Which edges follow each edge: those from first[edge] to first[edge + 1] - 1. */
interface Steps {
  readonly first: Int32Array;
  readonly edge: Int32Array;
  readonly inner_s: Float64Array;
}

function inRow(steps: readonly (readonly Step[])[]): Steps {
  const first = new Int32Array(steps.length + 1);
  for (const [edge, each] of steps.entries()) first[edge + 1] = (first[edge] as number) + each.length;
  const all = steps.flat();
  return {
    first,
    edge: Int32Array.from(all, ({ edge }) => edge),
    inner_s: Float64Array.from(all, ({ inner_s }) => inner_s),
  };
}

export class Router {
  readonly #network: RoadNetwork;
  /** By class bit: which edges follow each edge. */
  readonly #steps = new Map<number, Steps>();
  readonly #known = new Map<string, Int32Array | null>();
  /** By edges between which a trip may choose. */
  readonly #ends = new Map<string, readonly [number, number] | null>();
  readonly #free_s: Float64Array;
  // Of the search in hand: what it takes to come to each edge, and by which edge.
  readonly #cost: Float64Array;
  readonly #before: Int32Array;
  readonly #heap = new Heap();

  constructor(network: RoadNetwork) {
    this.#network = network;
    this.#free_s = freeTimes_s(network);
    this.#cost = new Float64Array(network.edges.ids.length);
    this.#before = new Int32Array(network.edges.ids.length);
  }

  /** Along several stops in a row; null when no lane for `allowed` leads from one to the next. */
  along(stops: ArrayLike<number>, allowed: number, times_s: ArrayLike<number> | null): Int32Array | null {
    const way: number[] = [stops[0] as number];
    for (let at = 1; at < stops.length; at += 1) {
      const [from, to] = [stops[at - 1] as number, stops[at] as number];
      const part = times_s === null ? this.route(from, to, allowed) : this.#search(from, to, allowed, times_s);
      if (part === null) return null;
      way.push(...part.subarray(1));
    }
    return Int32Array.from(way);
  }

  /** Edges from `from` to `to`, both included; null when no lane for `allowed` leads there. */
  route(from: number, to: number, allowed: number): Int32Array | null {
    const key = `${from} ${to} ${allowed}`;
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#search(from, to, allowed, this.#free_s);
      this.#known.set(key, found);
    }
    return found;
  }

  /**
   * Of all ways from one of `from` to one of `to`, the edges at the ends of the quickest on empty roads, both of them driven in full
   * (as SUMO chooses them for trips between zones); null when no lane for `allowed` leads there.
   */
  between(from: readonly number[], to: readonly number[], allowed: number): readonly [number, number] | null {
    const key = `${from.join(" ")} to ${to.join(" ")} for ${allowed}`;
    let found = this.#ends.get(key);
    if (found === undefined) {
      found = this.#quickestEnds(from, to, allowed);
      this.#ends.set(key, found);
    }
    return found;
  }

  #quickestEnds(from: readonly number[], to: readonly number[], allowed: number): readonly [number, number] | null {
    this.#comesTo(NOWHERE, from, allowed, this.#free_s);
    let [end, best_s] = [NOWHERE, Number.POSITIVE_INFINITY];
    for (const edge of to) {
      const takes_s = (this.#cost[edge] as number) + (this.#free_s[edge] as number);
      if (takes_s < best_s) [end, best_s] = [edge, takes_s];
    }
    if (end === NOWHERE) return null;
    let start = end;
    while ((this.#cost[start] as number) > 0) start = this.#before[start] as number;
    return [start, end];
  }

  /** Do lanes for `allowed` lead from each edge into the next? The number of the first that does not, or null. */
  broken(route: Int32Array, allowed: number): number | null {
    const { edge, first } = this.#stepsFor(allowed);
    for (let at = 1; at < route.length; at += 1) {
      const before = route[at - 1] as number;
      if (!edge.subarray(first[before], first[before + 1]).includes(route[at] as number)) return at;
    }
    return null;
  }

  #search(from: number, to: number, allowed: number, times_s: ArrayLike<number>): Int32Array | null {
    return this.#comesTo(to, [from], allowed, times_s) ? this.#wayBack(this.#before, from, to) : null;
  }

  /** Spreads from several edges at once; what it takes to come to each edge is in `#cost` then, as far as it was needed. */
  #comesTo(to: number, from: readonly number[], allowed: number, times_s: ArrayLike<number>): boolean {
    const steps = this.#stepsFor(allowed);
    const [cost, before, heap] = [this.#cost, this.#before, this.#heap];
    cost.fill(Number.POSITIVE_INFINITY);
    heap.clear();
    for (const start of from) {
      cost[start] = 0;
      heap.push(0, start);
    }
    while (heap.size > 0) {
      const edge = heap.pop();
      if (edge === to) return true;
      if (heap.cost > (cost[edge] as number)) continue;
      const here_s = heap.cost + (times_s[edge] as number);
      const end = steps.first[edge + 1] as number;
      for (let step = steps.first[edge] as number; step < end; step += 1) {
        const next = steps.edge[step] as number;
        const next_s = here_s + (steps.inner_s[step] as number);
        if (next_s >= (cost[next] as number)) continue;
        cost[next] = next_s;
        before[next] = edge;
        heap.push(next_s, next);
      }
    }
    return false;
  }

  #wayBack(before: Int32Array, from: number, to: number): Int32Array {
    const way = [to];
    for (let edge = to; edge !== from; edge = before[edge] as number) way.push(before[edge] as number);
    return Int32Array.from(way.reverse());
  }

  #stepsFor(allowed: number): Steps {
    const made = this.#steps.get(allowed);
    if (made !== undefined) return made;
    const steps: Step[][] = this.#network.edges.ids.map(() => []);
    const { lanes, links } = this.#network;
    for (let link = 0; link < links.from.length; link += 1) {
      const [from, to] = [links.from[link] as number, links.to[link] as number];
      const edge = lanes.edge[from] as number;
      if (this.#network.edges.inside[edge] === 1) continue;
      if (((lanes.allowed[from] as number) & allowed) === 0 || ((lanes.allowed[to] as number) & allowed) === 0)
        continue;
      this.#addStep(steps[edge] as Step[], lanes.edge[to] as number, this.#inner_s(link));
    }
    const found = inRow(steps);
    this.#steps.set(allowed, found);
    return found;
  }

  #addStep(steps: Step[], edge: number, inner_s: number): void {
    const at = steps.findIndex((step) => step.edge === edge);
    if (at === -1) steps.push({ edge, inner_s });
    else if ((steps[at] as Step).inner_s > inner_s) steps[at] = { edge, inner_s };
  }

  #inner_s(link: number): number {
    const { lanes, links } = this.#network;
    const next = links.next[link] as number;
    const speed = lanes.speed_m_s[next] as number;
    const minor = links.signal[link] === -1 && MINOR.has(links.ownState[link] as number);
    return (links.inner_m[link] as number) / speed + (minor ? minorPenalty_s : 0);
  }
}
