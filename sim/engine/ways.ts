/**
 * Where each lane of an edge leads for somebody on a given way: a way is its edge and what comes after. Ways that end
 * alike share their ends, so that a city's routes make a tree, and those that go on alike for a while share what is told of it.
 */
import type { Halt } from "../demand/demand.ts";
import { haltPlaces } from "../demand/halts.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { type Driving, edgesAhead, type Goal, rateLanes } from "./lane-rating.ts";
import type { WayTable } from "./way-table.ts";

const NONE = -1;
/** However short they are, nobody looks over more. */
const mostEdges = 100;

export class Ways {
  readonly #network: RoadNetwork;
  readonly #driving: Driving;
  readonly #table: WayTable;
  /** By the edges ahead: the row of the first lane. */
  readonly #rows = new Map<string, number>();
  /** By the way that comes after, or NONE: ways by their edge. */
  readonly #before = new Map<number, Map<number, number>>();

  constructor(network: RoadNetwork, driving: Driving, table: WayTable) {
    this.#network = network;
    this.#driving = driving;
    this.#table = table;
  }

  /** The way that drives this route, as a place in the table. */
  of(route: Int32Array): number {
    let way = NONE;
    for (let at = route.length - 1; at >= 0; at -= 1) way = this.#reach(route[at] as number, way);
    if (way === NONE) throw new Error("a route has an edge");
    return way;
  }

  /**
   * With halts on the way, in order: the ways to each of them, from the edge of the one before on, and the one from the last
   * on to the end. Null where the route does not come to all of them.
   */
  withHalts(route: Int32Array, halts: readonly Halt[]): readonly number[] | null {
    const places = haltPlaces(route, halts, this.#network.lanes.edge);
    if (places === null) return null;
    const ways: number[] = [this.of(route.subarray(places.at(-1)))];
    for (let i = halts.length - 1; i >= 0; i -= 1) {
      const [from, to] = [places[i - 1] ?? 0, places[i] as number];
      const { end_m, lane } = halts[i] as Halt;
      const goal = { lane, at_m: end_m };
      let way = this.#table.next[ways[0] as number] as number;
      for (let at = to; at >= from; at -= 1) way = this.#addBefore(route.subarray(at, to + 1), goal, way);
      ways.unshift(way);
    }
    return ways;
  }

  /** A way for its first edge alone, which the next follows: nobody else shares it. */
  #addBefore(edges: Int32Array, goal: Goal, next: number): number {
    const { firstLane } = this.#network.edges;
    const edge = edges[0] as number;
    const lanes = (firstLane[edge + 1] as number) - (firstLane[edge] as number);
    const ahead = edgesAhead(this.#network, this.#driving, [...edges]);
    const reached = ahead.length === edges.length ? goal : null;
    const row = this.#table.addRows(rateLanes(this.#network, this.#driving, ahead, reached));
    return this.#table.add(edge, next, row, lanes);
  }

  #reach(edge: number, next: number): number {
    let shelf = this.#before.get(next);
    if (shelf === undefined) {
      shelf = new Map();
      this.#before.set(next, shelf);
    }
    let way = shelf.get(edge);
    if (way === undefined) {
      const { firstLane } = this.#network.edges;
      const lanes = (firstLane[edge + 1] as number) - (firstLane[edge] as number);
      way = this.#table.add(edge, next, this.#rowOf(edge, next), lanes);
      shelf.set(edge, way);
    }
    return way;
  }

  #rowOf(edge: number, next: number): number {
    const edges = [edge];
    for (let at = next; at !== NONE && edges.length < mostEdges; at = this.#table.next[at] as number) {
      edges.push(this.#table.edge[at] as number);
    }
    const ahead = edgesAhead(this.#network, this.#driving, edges);
    const key = ahead.join(" ");
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = this.#table.addRows(rateLanes(this.#network, this.#driving, ahead));
      this.#rows.set(key, row);
    }
    return row;
  }
}
