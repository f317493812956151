/**
 * Where each lane of an edge leads for somebody on a given way: a way is its edge and what comes after. Ways that end
 * alike share their ends, so that a city's routes make a tree and each place in it is reckoned once.
 */
import type { RoadNetwork } from "../network/road-network.ts";

/** Farther ahead nobody chooses lanes (SUMO looks as far). */
const horizon_m = 3000;

export interface Way {
  readonly edge: number;
  readonly next: Way | null;
  /** For each lane of the edge: the link to take, or -1 where the way does not go on. */
  readonly link: Int32Array;
  /** How far one gets on the way without changing lanes, from the start of the lane. */
  readonly length_m: Float64Array;
  /** Lanes to the left (above 0) or right of here that lead farthest; 0 where one may stay. */
  readonly offset: Int32Array;
}

const laneCount = ({ edges }: RoadNetwork, edge: number): number =>
  (edges.firstLane[edge + 1] as number) - (edges.firstLane[edge] as number);

export class Ways {
  readonly #network: RoadNetwork;
  readonly #allowed: number;
  readonly #ends = new Map<number, Way>();
  readonly #before = new Map<Way, Map<number, Way>>();

  /** `allowed`: the class bit of those who drive. */
  constructor(network: RoadNetwork, allowed: number) {
    this.#network = network;
    this.#allowed = allowed;
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
      way = next === null ? this.#end(edge) : this.#leading(edge, next);
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

  #blank(edge: number, next: Way | null) {
    const count = laneCount(this.#network, edge);
    return {
      edge,
      next,
      link: new Int32Array(count).fill(-1),
      length_m: new Float64Array(count),
      offset: new Int32Array(count),
    };
  }

  #mayUse(lane: number): boolean {
    return ((this.#network.lanes.allowed[lane] as number) & this.#allowed) !== 0;
  }

  #end(edge: number): Way {
    const way = this.#blank(edge, null);
    const { edges, lanes } = this.#network;
    const first = edges.firstLane[edge] as number;
    for (let at = 0; at < way.link.length; at += 1) {
      way.length_m[at] = this.#mayUse(first + at) ? (lanes.length_m[first + at] as number) : 0;
    }
    this.#turnToBest(way, new Int32Array(way.link.length));
    return way;
  }

  #leading(edge: number, next: Way): Way {
    const way = this.#blank(edge, next);
    const { edges, lanes } = this.#network;
    const first = edges.firstLane[edge] as number;
    const nextOffset = new Int32Array(way.link.length);
    for (let at = 0; at < way.link.length; at += 1) {
      const own = this.#mayUse(first + at) ? (lanes.length_m[first + at] as number) : 0;
      const link = own === 0 ? -1 : this.#bestLink(first + at, next);
      way.link[at] = link;
      way.length_m[at] = own;
      if (link === -1) continue;
      const to = this.#indexOn(link, next);
      way.length_m[at] = Math.min(horizon_m, own + (next.length_m[to] as number));
      nextOffset[at] = next.offset[to] as number;
    }
    this.#turnToBest(way, nextOffset);
    return way;
  }

  #indexOn(link: number, next: Way): number {
    return (this.#network.links.to[link] as number) - (this.#network.edges.firstLane[next.edge] as number);
  }

  /** Of the links from a lane onto the next edge the one that leads farthest, and there needs the fewest changes. */
  #bestLink(lane: number, next: Way): number {
    const { lanes, links } = this.#network;
    let best = -1;
    let worth = Number.NEGATIVE_INFINITY;
    for (let link = lanes.firstLink[lane] as number; link < (lanes.firstLink[lane + 1] as number); link += 1) {
      const to = links.to[link] as number;
      if (lanes.edge[to] !== next.edge || !this.#mayUse(to)) continue;
      const index = this.#indexOn(link, next);
      const here = (next.length_m[index] as number) - Math.abs(next.offset[index] as number) * 1e-3;
      if (here > worth) [best, worth] = [link, here];
    }
    return best;
  }

  /** A lane that leads less far, or as far with more changes later, points to the nearest of the best. */
  #turnToBest(way: Way & { readonly offset: Int32Array }, nextOffset: Int32Array): void {
    const worth = (at: number): number =>
      (way.length_m[at] as number) + (way.link[at] === -1 && way.next !== null ? -horizon_m : 0);
    let most = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < way.link.length; at += 1) most = Math.max(most, worth(at));
    let fewest = Number.POSITIVE_INFINITY;
    for (let at = 0; at < way.link.length; at += 1) {
      if (worth(at) === most) fewest = Math.min(fewest, Math.abs(nextOffset[at] as number));
    }
    const best = (at: number): boolean => worth(at) === most && Math.abs(nextOffset[at] as number) === fewest;
    for (let at = 0; at < way.link.length; at += 1) {
      if (best(at)) continue;
      let nearest = 0;
      for (let other = 0; other < way.link.length; other += 1) {
        const better = nearest === 0 || Math.abs(other - at) < Math.abs(nearest);
        if (best(other) && better) nearest = other - at;
      }
      way.offset[at] = nearest;
    }
  }
}
