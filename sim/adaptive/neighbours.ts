/** Signals of a network that tell each other what they let go: which exits lead to whose stop lines, and how long the way is. */
import { givenToLanes } from "../../core/adaptive/junction.ts";
import { Coming } from "../../core/adaptive/neighbours/coming.ts";
import { type FedApproach, starting_s } from "../../core/adaptive/neighbours/feeds.ts";
import { type Outflow, OutflowTeller } from "../../core/adaptive/neighbours/outflow.ts";
import { Overlooked } from "../../core/adaptive/overlooked.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { Approaches } from "../street/approach.ts";
import type { SignalJunction } from "./signal-junction.ts";

/** Neighbours are no further away, m. */
const furthest_m = 800;
/** Who has not told anything for so long is not counted on, s. */
const stale_s = 3;

/** One exit of a signal that leads to an approach of another. */
interface Way {
  readonly from: number;
  readonly exit: number;
  readonly travel_s: number;
}

/** Lanes of one edge before a signal, by their places in the junction, and the ways that lead there. */
interface Fed {
  readonly lanes: readonly number[];
  readonly ways: readonly Way[];
}

/** What a signal shows: its stage, or the one that it changes to; since when all of that shows, or in how long. */
export interface Showing {
  readonly stage: number;
  readonly shown_s: number;
  readonly ahead_s: number;
}

export class Neighbours {
  readonly #coming: readonly Coming[];
  readonly #overlooked: readonly Overlooked[];
  /** Null where nobody would hear. */
  readonly #tellers: readonly (OutflowTeller | null)[];
  /** By junction and stage: what lanes are given. */
  readonly #given: readonly (readonly Uint8Array[])[];
  readonly #red: readonly Uint8Array[];
  #now_s = 0;

  constructor(network: RoadNetwork, approaches: Approaches, junctions: readonly SignalJunction[]) {
    const fed = junctions.map((own) => fedBy(network, approaches, junctions, own));
    const heard = new Set(fed.flat().flatMap(({ ways }) => ways.map(({ from }) => from)));
    this.#tellers = junctions.map(({ junction }, at) => (heard.has(at) ? new OutflowTeller(junction, true) : null));
    this.#given = junctions.map(({ junction }) => givenToLanes(junction));
    this.#red = junctions.map(({ junction }) => new Uint8Array(junction.lanes.length));
    this.#overlooked = junctions.map(({ junction }) => new Overlooked(junction));
    this.#coming = junctions.map(({ junction }, at) => new Coming(this.#feeds(fed[at] ?? []), junction));
  }

  /** Into what the `at`-th of the junctions sees: who comes from the others. Once a second, before it decides. */
  note(at: number, sight: JunctionSight, { stage, shown_s }: Showing, dt_s: number, now_s: number): void {
    this.#now_s = now_s;
    const given = (shown_s > 0 ? this.#given[at]?.[stage] : this.#red[at]) as Uint8Array;
    this.#coming[at]?.look(sight, given, dt_s, now_s);
    this.#overlooked[at]?.look(sight, given, dt_s);
  }

  /** The others hear what the `at`-th sees and shows. Once a second, when it has decided; not while its eyes are not believed. */
  tell(at: number, sight: JunctionSight, { stage, shown_s, ahead_s }: Showing, dt_s: number, now_s: number): void {
    this.#tellers[at]?.look(sight, stage, shown_s, ahead_s, dt_s, now_s);
  }

  #told(from: number, exit: number): Outflow | null {
    const outflow = this.#tellers[from]?.of(exit) ?? null;
    return outflow === null || outflow.now_s + stale_s < this.#now_s ? null : outflow;
  }

  #feeds(fed: readonly Fed[]): readonly FedApproach[] {
    return fed.map(({ lanes, ways }) => ({
      lanes,
      feeds: ways.map(({ from, exit, travel_s }) => ({ told: () => this.#told(from, exit), travel_s })),
    }));
  }
}

/** Places of approach lanes, those of an edge together. */
function approachesOf({ lanes }: RoadNetwork, { stretches }: SignalJunction): readonly (readonly number[])[] {
  const byEdge = new Map<number, number[]>();
  for (const [at, [stop]] of stretches.entries()) {
    const edge = lanes.edge[stop?.lane as number] as number;
    byEdge.set(edge, [...(byEdge.get(edge) ?? []), at]);
  }
  return [...byEdge.values()];
}

/** Approaches of `own` to which others lead. */
function fedBy(
  network: RoadNetwork,
  approaches: Approaches,
  junctions: readonly SignalJunction[],
  own: SignalJunction,
): readonly Fed[] {
  return approachesOf(network, own).flatMap((lanes) => {
    const stops = lanes.map((at) => own.stretches[at]?.[0]?.lane as number);
    const ways = waysTo(network, approaches, junctions, stops);
    return ways.length === 0 ? [] : [{ lanes, ways }];
  });
}

/** The exits that lead to these stop lines of one edge, by the shortest way where there are several. */
function waysTo(
  { lanes }: RoadNetwork,
  approaches: Approaches,
  junctions: readonly SignalJunction[],
  stops: readonly number[],
): readonly Way[] {
  /** By edge: from its end on to the stop lines, m. */
  const ahead_m = new Map<number, number>();
  for (const part of stops.flatMap((stop) => approaches.before(stop, furthest_m))) {
    const edge = lanes.edge[part.lane] as number;
    ahead_m.set(edge, Math.min(ahead_m.get(edge) ?? furthest_m, part.ahead_m));
  }
  const speed_m_s = lanes.speed_m_s[stops.at(-1) as number] as number;
  return junctions.flatMap(({ exits }, from) =>
    exits.flatMap(([lane = -1], exit) => {
      const rest_m = ahead_m.get(lanes.edge[lane] as number);
      if (rest_m === undefined) return [];
      const first_s = (lanes.length_m[lane] as number) / (lanes.speed_m_s[lane] as number);
      return [{ from, exit, travel_s: first_s + rest_m / speed_m_s + starting_s }];
    }),
  );
}
