/** Ways that people may have driven when they were counted: the quickest from each entrance to each exit, and ways beside it. */
import { freeTimes_s, type Router } from "../demand/routing.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { Movement } from "./count.ts";

/** A way that is this much longer than the quickest is still driven. */
const detour = 1.4;
/** Another way is looked for by making the known ones so much slower. */
const slower = 1.5;
const ways = 3;
/** Ends of the network tried for a movement that no quickest way has. */
const nearest = 4;
const mostPairs = 40_000;

/** Where one can come in, or go out, other than by turning round. */
function openEnds(network: RoadNetwork, way: "in" | "out"): number[] {
  const { edges, lanes, links } = network;
  const closed = new Uint8Array(edges.ids.length);
  for (const [link, from] of links.from.entries()) {
    const [here, there] = [lanes.edge[from] as number, lanes.edge[links.to[link] as number] as number];
    if (edges.inside[here] === 1 || links.turnsAround[link] === 1) continue;
    closed[way === "in" ? there : here] = 1;
  }
  const roads = edges.ids.flatMap((_, edge) => (edges.inside[edge] === 1 ? [] : [edge]));
  const open = roads.filter((edge) => closed[edge] === 0);
  return open.length > 0 ? open : roads;
}

class RouteFinder {
  readonly #found = new Map<string, Int32Array>();
  readonly #router: Router;
  readonly #free_s: Float64Array;
  readonly #allowed: number;

  constructor(network: RoadNetwork, router: Router, allowed: number) {
    this.#router = router;
    this.#free_s = freeTimes_s(network);
    this.#allowed = allowed;
  }

  get routes(): readonly Int32Array[] {
    return [...this.#found.values()];
  }

  time_s(route: Int32Array): number {
    return route.reduce((sum, edge) => sum + (this.#free_s[edge] as number), 0);
  }

  quickest(from: number, to: number): Int32Array | null {
    return this.#router.route(from, to, this.#allowed);
  }

  /** The quickest, and up to two others. */
  between(from: number, to: number): void {
    const first = this.quickest(from, to);
    if (first === null || first.length < 2) return;
    this.keep(first);
    const slowed = Float64Array.from(this.#free_s);
    let last = first;
    for (let more = 1; more < ways; more += 1) {
      for (const edge of last) slowed[edge] = (slowed[edge] as number) * slower;
      const other = this.#router.along([from, to], this.#allowed, slowed);
      if (other === null || this.time_s(other) > detour * this.time_s(first)) return;
      this.keep(other);
      last = other;
    }
  }

  keep(route: Int32Array): void {
    this.#found.set(route.join(" "), route);
  }
}

/** Ways through a network, found as they are asked for. */
export class PlausibleRoutes {
  readonly #finder: RouteFinder;
  readonly #router: Router;
  readonly #allowed: number;
  readonly #entrances: readonly number[];
  readonly #exits: readonly number[];

  constructor(network: RoadNetwork, router: Router, allowed: number) {
    this.#finder = new RouteFinder(network, router, allowed);
    this.#router = router;
    this.#allowed = allowed;
    this.#entrances = openEnds(network, "in");
    this.#exits = openEnds(network, "out");
  }

  get routes(): readonly Int32Array[] {
    return this.#finder.routes;
  }

  /** From each entrance to each exit, and over each of these movements as far as any way leads there. */
  through(counted: readonly Movement[]): void {
    if (this.#entrances.length * this.#exits.length <= mostPairs) {
      for (const from of this.#entrances) {
        for (const to of this.#exits) if (from !== to) this.#finder.between(from, to);
      }
    }
    const known = new Set(this.routes.flatMap(pairsOf));
    for (const [from, to] of counted) {
      if (!known.has(`${from} ${to}`)) this.#keep(joinedWays(this.#waysTo(from), this.#waysFrom(to)));
    }
  }

  /** Of those who begin or end between the ends of the network, beside these movements or on them. */
  within(movements: readonly Movement[]): void {
    for (const [from, to] of movements) {
      const [before, after] = [this.#waysTo(from), this.#waysFrom(to)];
      const own = Int32Array.of(from, to);
      this.#keep([own, ...before, ...after]);
      this.#keep(joinedWays([Int32Array.of(from)], after));
      this.#keep(joinedWays(before, [Int32Array.of(to)]));
    }
  }

  #keep(ways: readonly Int32Array[]): void {
    for (const way of ways) {
      if (way.length > 1 && this.#router.broken(way, this.#allowed) === null) this.#finder.keep(way);
    }
  }

  #waysTo(edge: number): readonly Int32Array[] {
    return nearestWays(this.#finder, this.#entrances, (entrance) => this.#finder.quickest(entrance, edge));
  }

  #waysFrom(edge: number): readonly Int32Array[] {
    return nearestWays(this.#finder, this.#exits, (exit) => this.#finder.quickest(edge, exit));
  }
}

/** Each with each, where none comes twice over the same road. */
const joinedWays = (before: readonly Int32Array[], after: readonly Int32Array[]): Int32Array[] =>
  before
    .flatMap((first) => after.map((last) => Int32Array.from([...first, ...last])))
    .filter((whole) => new Set(whole).size === whole.length);

export const pairsOf = (route: Int32Array): string[] =>
  Array.from({ length: route.length - 1 }, (_, at) => `${route[at]} ${route[at + 1]}`);

function nearestWays(
  finder: RouteFinder,
  ends: readonly number[],
  way: (end: number) => Int32Array | null,
): readonly Int32Array[] {
  return ends
    .map(way)
    .filter((found) => found !== null)
    .sort((a, b) => finder.time_s(a) - finder.time_s(b))
    .slice(0, nearest);
}
