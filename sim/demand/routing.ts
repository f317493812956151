/** The quickest way: Dijkstra over edges, with the time inside junctions; on empty roads unless told how long edges take. */
import type { RoadNetwork } from "../network/road-network.ts";

const minorPenalty_s = 1.5;
const MINOR = new Set([..."mogs"].map((state) => state.charCodeAt(0)));

/** Binary heap of (cost, edge); stale entries are passed over by whoever pops. */
class Heap {
  readonly #costs: number[] = [];
  readonly #edges: number[] = [];

  get size(): number {
    return this.#costs.length;
  }

  push(cost: number, edge: number): void {
    let at = this.#costs.length;
    this.#costs.push(cost);
    this.#edges.push(edge);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#costs[parent] as number) <= cost) break;
      this.#put(at, this.#costs[parent] as number, this.#edges[parent] as number);
      at = parent;
    }
    this.#put(at, cost, edge);
  }

  pop(): readonly [cost: number, edge: number] {
    const top = [this.#costs[0] as number, this.#edges[0] as number] as const;
    const cost = this.#costs.pop() as number;
    const edge = this.#edges.pop() as number;
    if (this.#costs.length > 0) this.#sink(cost, edge);
    return top;
  }

  #sink(cost: number, edge: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#costs.length) break;
      if ((this.#costs[child + 1] ?? Number.POSITIVE_INFINITY) < (this.#costs[child] as number)) child += 1;
      if ((this.#costs[child] as number) >= cost) break;
      this.#put(at, this.#costs[child] as number, this.#edges[child] as number);
      at = child;
    }
    this.#put(at, cost, edge);
  }

  #put(at: number, cost: number, edge: number): void {
    this.#costs[at] = cost;
    this.#edges[at] = edge;
  }
}

/** Of each edge, by its rightmost lane. */
export function freeTimes_s({ edges, lanes }: RoadNetwork): Float64Array {
  return Float64Array.from(edges.ids, (_, edge) => {
    const lane = edges.firstLane[edge] as number;
    return (lanes.length_m[lane] as number) / (lanes.speed_m_s[lane] as number);
  });
}

interface Step {
  readonly edge: number;
  /** Inside the junction before it. */
  readonly inner_s: number;
}

export class Router {
  readonly #network: RoadNetwork;
  /** By class bit: which edges follow each edge. */
  readonly #steps = new Map<number, readonly (readonly Step[])[]>();
  readonly #known = new Map<string, Int32Array | null>();

  readonly #free_s: Float64Array;

  constructor(network: RoadNetwork) {
    this.#network = network;
    this.#free_s = freeTimes_s(network);
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

  /** Do lanes for `allowed` lead from each edge into the next? The number of the first that does not, or null. */
  broken(route: Int32Array, allowed: number): number | null {
    const steps = this.#stepsFor(allowed);
    for (let at = 1; at < route.length; at += 1) {
      if (steps[route[at - 1] as number]?.some(({ edge }) => edge === route[at]) !== true) return at;
    }
    return null;
  }

  #search(from: number, to: number, allowed: number, times_s: ArrayLike<number>): Int32Array | null {
    const steps = this.#stepsFor(allowed);
    const cost = new Float64Array(this.#network.edges.ids.length).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(cost.length).fill(-1);
    const heap = new Heap();
    cost[from] = 0;
    heap.push(0, from);
    while (heap.size > 0) {
      const [reached_s, edge] = heap.pop();
      if (edge === to) return this.#wayBack(before, from, to);
      if (reached_s > (cost[edge] as number)) continue;
      const here_s = reached_s + (times_s[edge] as number);
      for (const step of steps[edge] ?? []) {
        const next_s = here_s + step.inner_s;
        if (next_s >= (cost[step.edge] as number)) continue;
        cost[step.edge] = next_s;
        before[step.edge] = edge;
        heap.push(next_s, step.edge);
      }
    }
    return null;
  }

  #wayBack(before: Int32Array, from: number, to: number): Int32Array {
    const way = [to];
    for (let edge = to; edge !== from; edge = before[edge] as number) way.push(before[edge] as number);
    return Int32Array.from(way.reverse());
  }

  #stepsFor(allowed: number): readonly (readonly Step[])[] {
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
    this.#steps.set(allowed, steps);
    return steps;
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
