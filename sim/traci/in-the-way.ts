/** Who stands in whose way: on the path ahead, across it inside the junction, or on the lane that one has to come to. */
import type { RoadNetwork } from "../network/road-network.ts";

/** Heads of lanes that have not moved for long, by lane. */
export type Heads = ReadonlyMap<number, string>;

export class InTheWay {
  readonly #network: RoadNetwork;
  /** Edges of each vehicle's way, by their names, with blanks between. */
  readonly #ways: ReadonlyMap<string, string>;

  constructor(network: RoadNetwork, ways: ReadonlyMap<string, string>) {
    this.#network = network;
    this.#ways = ways;
  }

  /** For each head those heads that are in its way. */
  among(heads: Heads): (id: string) => readonly string[] {
    const lanes = new Map([...heads].map(([lane, id]) => [id, lane]));
    return (id) => {
      const lane = lanes.get(id);
      if (lane === undefined) return [];
      const others = this.#lanesAhead(id, lane).map((each) => heads.get(each));
      return others.filter((other) => other !== undefined && other !== id) as string[];
    };
  }

  #lanesAhead(id: string, lane: number): readonly number[] {
    const { lanes, links } = this.#network;
    const entry = lanes.entry[lane] as number;
    const onward = this.#linksOnward(id, lane);
    if (onward.length === 0) return this.#beside(lane);
    const ahead = onward.flatMap((link) => [links.next[link] as number, links.to[link] as number]);
    const across = (entry === -1 ? onward : [entry]).flatMap((link) => this.#across(link));
    return [...ahead, ...across];
  }

  /** Links by which its way leaves the lane. */
  #linksOnward(id: string, lane: number): readonly number[] {
    const { edges, lanes, links } = this.#network;
    const first = lanes.firstLink[lane] as number;
    const all = Array.from({ length: (lanes.firstLink[lane + 1] as number) - first }, (_, at) => first + at);
    const edge = lanes.edge[lane] as number;
    if (edges.inside[edge] === 1) return all;
    const way = (this.#ways.get(id) ?? "").split(" ");
    const next = edges.byId.get(way[way.indexOf(edges.ids[edge] as string) + 1] ?? "");
    return all.filter((link) => lanes.edge[links.to[link] as number] === next);
  }

  /** Lanes inside the junction whose paths touch that of a link. */
  #across(link: number): readonly number[] {
    const { conflicts, lanes, links } = this.#network;
    const found: number[] = [];
    for (let inner = links.next[link] as number; lanes.entry[inner] === link; ) {
      const from = lanes.firstConflict[inner] as number;
      for (let c = from; c < (lanes.firstConflict[inner + 1] as number); c += 1) found.push(conflicts.foe[c] as number);
      inner = links.next[lanes.firstLink[inner] as number] as number;
    }
    return found;
  }

  #beside(lane: number): readonly number[] {
    const { lanes } = this.#network;
    return [lane - 1, lane + 1].filter((other) => lanes.edge[other] === lanes.edge[lane]);
  }
}
