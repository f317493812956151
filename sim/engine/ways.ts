/**
 * Where each lane of an edge leads for somebody on a given way: a way is its edge and what comes after. Ways that end
 * alike share their ends, so that a city's routes make a tree and each place in it is rated once.
 */
import type { RoadNetwork } from "../network/road-network.ts";
import { type Driving, rateLanes } from "./lane-rating.ts";

export interface Way {
  readonly edge: number;
  readonly next: Way | null;
  /** For each lane of the edge: the link to take, or -1 where the way does not go on. */
  readonly link: Int32Array;
  /** How far one gets on the way without needing other lanes, from the start of the lane; 0 where one may not drive. */
  readonly length_m: Float64Array;
  /** Lanes to the left (above 0) or right of here that lead farthest; 0 where one may stay. */
  readonly offset: Int32Array;
  /** For each lane: those that follow it on the way, as far as one looks. */
  readonly lanesAfter: readonly Int32Array[];
  /** In which step `filled_m` was reckoned. */
  step: number;
  /** What the vehicles on `lanesAfter` take of them, m. */
  readonly filled_m: Float64Array;
}

/** However short they are, nobody looks over more. */
const mostEdges = 100;

export class Ways {
  readonly #network: RoadNetwork;
  readonly #driving: Driving;
  readonly #ends = new Map<number, Way>();
  readonly #before = new Map<Way, Map<number, Way>>();

  constructor(network: RoadNetwork, driving: Driving) {
    this.#network = network;
    this.#driving = driving;
  }

  of(route: Int32Array): Way {
    let way: Way | null = null;
    for (let at = route.length - 1; at >= 0; at -= 1) way = this.#reach(route[at] as number, way);
    if (way === null) throw new Error("a route has an edge");
    return way;
  }

  #reach(edge: number, next: Way | null): Way {
    const shelf = next === null ? this.#ends : this.#shelfBefore(next);
    let way = shelf.get(edge);
    if (way === undefined) {
      way = this.#rated(edge, next);
      shelf.set(edge, way);
    }
    return way;
  }

  #shelfBefore(next: Way): Map<number, Way> {
    let shelf = this.#before.get(next);
    if (shelf === undefined) {
      shelf = new Map();
      this.#before.set(next, shelf);
    }
    return shelf;
  }

  #rated(edge: number, next: Way | null): Way {
    const edges = [edge];
    for (let at = next; at !== null && edges.length < mostEdges; at = at.next) edges.push(at.edge);
    const rated = rateLanes(this.#network, this.#driving, edges);
    return {
      edge,
      next,
      link: Int32Array.from(rated, ({ link }) => link),
      length_m: Float64Array.from(rated, ({ length_m }) => length_m),
      offset: Int32Array.from(rated, ({ offset }) => offset),
      lanesAfter: rated.map(({ after }) => Int32Array.from(after)),
      step: -1,
      filled_m: new Float64Array(rated.length),
    };
  }
}
