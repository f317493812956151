/**
 * Which movements a demand makes at the signals of a network: how many vehicles, on which links, and from which movement they
 * come. Everybody drives the way that its route says, or the quickest on empty roads, and nobody waits.
 */
import type { Demand, VehicleType } from "../demand/demand.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { queuedHeadway_s } from "./queued-headway.ts";

export interface Movement {
  readonly signal: number;
  readonly fromEdge: number;
  readonly toEdge: number;
  readonly links: readonly number[];
  /** Vehicles in each slice of the time asked for. */
  readonly counts: Float64Array;
  /** Seconds of green that a queued vehicle of this mix takes, mean. */
  readonly headway_s: number;
  /** Which movements send vehicles here. */
  readonly feeders: readonly Feeder[];
  /** When those come to the stop line who passed no signal before, s of the scenario's clock. */
  readonly entries_s: readonly number[];
}

export interface Feeder {
  /** Number of the movement. */
  readonly from: number;
  readonly vehicles: number;
  /** From stop line to stop line at free speed, mean. */
  readonly travel_s: number;
}

interface Draft {
  readonly signal: number;
  readonly fromEdge: number;
  readonly toEdge: number;
  readonly links: number[];
  readonly counts: Float64Array;
  readonly feeders: Map<number, { vehicles: number; travel_s: number }>;
  readonly entries_s: number[];
  vehicles: number;
  headways_s: number;
}

export interface MovementOptions {
  readonly begin_s: number;
  readonly end_s: number;
  readonly slice_s: number;
}

class MovementReader {
  readonly drafts: Draft[] = [];
  readonly #network: RoadNetwork;
  readonly #options: MovementOptions;
  readonly #between = new Map<number, { readonly draft: number; readonly inner_s: number }>();

  constructor(network: RoadNetwork, options: MovementOptions) {
    this.#network = network;
    this.#options = options;
    const slices = Math.max(1, Math.ceil((options.end_s - options.begin_s) / options.slice_s));
    const { lanes, links, edges } = network;
    for (const [link, from] of links.from.entries()) {
      const [fromEdge, toEdge] = [lanes.edge[from] as number, lanes.edge[links.to[link] as number] as number];
      if (edges.inside[fromEdge] === 1) continue;
      const key = this.#key(fromEdge, toEdge);
      const known = this.#between.get(key);
      if (known !== undefined) {
        if (known.draft !== -1) this.drafts[known.draft]?.links.push(link);
        continue;
      }
      const next = links.next[link] as number;
      const inner_s = (links.inner_m[link] as number) / (lanes.speed_m_s[next] as number);
      const signal = links.signal[link] as number;
      this.#between.set(key, { draft: signal === -1 ? -1 : this.drafts.length, inner_s });
      if (signal === -1) continue;
      const [counts, feeders] = [new Float64Array(slices), new Map()];
      const draft = { signal, fromEdge, toEdge, links: [link], counts, feeders, entries_s: [] };
      this.drafts.push({ ...draft, vehicles: 0, headways_s: 0 });
    }
  }

  drive(route: Int32Array, depart_s: number, type: VehicleType): void {
    const { edges, lanes } = this.#network;
    let now_s = depart_s;
    let last: { readonly draft: number; readonly at_s: number } | null = null;
    for (let at = 0; at + 1 < route.length; at += 1) {
      const [edge, next] = [route[at] as number, route[at + 1] as number];
      const lane = edges.firstLane[edge] as number;
      now_s += (lanes.length_m[lane] as number) / Math.min(lanes.speed_m_s[lane] as number, type.maxSpeed_m_s);
      const step = this.#between.get(this.#key(edge, next));
      if (step === undefined) return;
      const draft = this.drafts[step.draft];
      if (draft !== undefined) {
        this.#count(draft, now_s, type);
        if (last === null) draft.entries_s.push(now_s);
        else this.#feed(draft, last.draft, now_s - last.at_s);
        last = { draft: step.draft, at_s: now_s };
      }
      now_s += step.inner_s;
    }
  }

  #count(draft: Draft, now_s: number, type: VehicleType): void {
    const { begin_s, end_s, slice_s } = this.#options;
    if (now_s >= end_s) return;
    const slice = Math.floor((now_s - begin_s) / slice_s);
    draft.counts[slice] = (draft.counts[slice] as number) + 1;
    const lane = this.#network.edges.firstLane[draft.fromEdge] as number;
    draft.vehicles += 1;
    draft.headways_s += queuedHeadway_s(type, this.#network.lanes.speed_m_s[lane] as number);
  }

  #feed(draft: Draft, from: number, travel_s: number): void {
    const feeder = draft.feeders.get(from) ?? { vehicles: 0, travel_s: 0 };
    feeder.vehicles += 1;
    feeder.travel_s += travel_s;
    draft.feeders.set(from, feeder);
  }

  #key(from: number, to: number): number {
    return from * this.#network.edges.ids.length + to;
  }
}

/** Movements at signals, also those that nobody makes. */
export function readMovements(network: RoadNetwork, demand: Demand, options: MovementOptions): readonly Movement[] {
  const reader = new MovementReader(network, options);
  for (const { depart_s, route, type } of demand.departures) {
    if (depart_s < options.begin_s || depart_s >= options.end_s) continue;
    reader.drive(route, depart_s, demand.types[type] as VehicleType);
  }
  return reader.drafts.map(({ feeders, headways_s, vehicles, ...draft }) => ({
    ...draft,
    headway_s: vehicles === 0 ? 2 : headways_s / vehicles,
    feeders: [...feeders].map(([from, each]) => ({
      from,
      vehicles: each.vehicles,
      travel_s: each.travel_s / each.vehicles,
    })),
  }));
}
