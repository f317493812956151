/**
 * Where each lane of an edge leads for somebody on a given way: a way is its edge and what comes after. Ways that end
 * alike share their ends, so that a city's routes make a tree, and those that go on alike for a while share what is told of it.
 */
import type { RoadNetwork } from "../network/road-network.ts";
import { type Driving, edgesAhead, rateLanes } from "./lane-rating.ts";
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
