/** A demand that brings about what was counted: how many drive which way is settled here, when each departs and as what by a seed. */
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import {
  type Alternative,
  type Demand,
  type Departure,
  mostVehicles,
  type RandomFlow,
  type VehicleType,
} from "../demand/demand.ts";
import { freeTimes_s, Router } from "../demand/routing.ts";
import { classBit, type RoadNetwork } from "../network/road-network.ts";
import { geh, type MovementCount } from "./count.ts";
import { pathFlows, wholeFlows } from "./path-flows.ts";
import { PlausibleRoutes, pairsOf } from "./plausible-routes.ts";

/** Who drives, in these shares, which sum up to 1. */
export type Mix = readonly { readonly type: VehicleType; readonly share: number }[];

export interface CountedDemand {
  readonly demand: Demand;
  /** Counted movements that the ways can not reproduce (GEH of 5 or more an hour). */
  readonly notes: readonly Problem[];
}

/** How much rather than others a movement (`from to`, edges) is driven, where the counts leave it open. */
export type Liking = (movement: string) => number;

const goodFit = 5;
const middle = 0.5;

interface Slice {
  readonly begin_s: number;
  readonly end_s: number;
  readonly counts: readonly MovementCount[];
}

function slicesOf(counts: readonly MovementCount[]): readonly Slice[] {
  const slices = new Map<string, MovementCount[]>();
  for (const count of counts) {
    const key = `${count.begin_s} ${count.end_s}`;
    slices.set(key, [...(slices.get(key) ?? []), count]);
  }
  return [...slices.values()].map((list) => {
    const { begin_s, end_s } = list[0] as MovementCount;
    return { begin_s, end_s, counts: list };
  });
}

interface Way {
  readonly route: Int32Array;
  /** Counts that it takes part in, and how long it is driven until the middle of them. */
  readonly counts: readonly number[];
  readonly until_s: number;
}

class Maker {
  readonly departures: Departure[] = [];
  readonly notes: Problem[] = [];
  readonly #router: Router;
  readonly #routes: PlausibleRoutes;
  readonly #free_s: Float64Array;
  readonly #mix: Mix;
  readonly #liking: Liking;

  constructor(network: RoadNetwork, mix: Mix, counts: readonly MovementCount[], liking: Liking) {
    this.#liking = liking;
    const movements = counts.flatMap((count) => count.movements);
    const most = mix.reduce((a, b) => (b.share > a.share ? b : a));
    this.#router = new Router(network);
    this.#routes = new PlausibleRoutes(network, this.#router, classBit(most.type.class));
    this.#routes.through(movements);
    this.#free_s = freeTimes_s(network);
    this.#mix = mix;
  }

  slice({ begin_s, end_s, counts }: Slice, at: number): void {
    let { ways, whole } = this.#fitted(counts);
    const missed = misfits(counts, ways, whole);
    if (missed.length > 0) {
      // Ways through do not explain these counts: somebody begins or ends in between.
      this.#routes.within(missed.flatMap(({ count }) => count.movements));
      ({ ways, whole } = this.#fitted(counts));
    }
    for (const { count, modelled, fit } of misfits(counts, ways, whole)) {
      const words = { where: count.name, counted: count.count, modelled, geh: fit.toFixed(1) };
      this.notes.push(problem("COUNTS_NOT_REACHED", words));
    }
    for (const [w, { route, until_s }] of ways.entries()) {
      // Whoever is to be counted from the beginning on has departed before; nobody departs before the beginning.
      const to_s = Math.max(begin_s + 1, end_s - until_s);
      const kinds = this.#kinds(route);
      for (let nth = 0; nth < (whole[w] as number); nth += 1) {
        this.departures.push(departure(`counted_${at}_${w}_${nth}`, kinds, [begin_s, to_s]));
      }
    }
  }

  #fitted(counts: readonly MovementCount[]): { ways: readonly Way[]; whole: Int32Array } {
    const ways = this.#waysOver(counts);
    const flows = pathFlows(
      ways.map((way) => way.counts),
      counts.map(({ count }) => count),
      (way) => pairsOf((ways[way] as Way).route).reduce((product, pair) => product * this.#liking(pair), 1),
    );
    return { ways, whole: wholeFlows(flows, middle) };
  }

  #waysOver(counts: readonly MovementCount[]): readonly Way[] {
    const byPair = new Map<string, number[]>();
    for (const [at, { movements }] of counts.entries()) {
      for (const [from, to] of movements) byPair.set(`${from} ${to}`, [...(byPair.get(`${from} ${to}`) ?? []), at]);
    }
    return this.#routes.routes.flatMap((route) => {
      const over: number[] = [];
      let [elapsed_s, sum_s] = [0, 0];
      for (const [at, pair] of pairsOf(route).entries()) {
        elapsed_s += this.#free_s[route[at] as number] as number;
        for (const count of byPair.get(pair) ?? []) {
          over.push(count);
          sum_s += elapsed_s;
        }
      }
      return over.length === 0 ? [] : [{ route, counts: over, until_s: sum_s / over.length }];
    });
  }

  /** The kinds that may drive a way, in the shares of the mix. */
  #kinds(route: Int32Array): readonly Alternative[] {
    const may = this.#mix.flatMap(({ type: { class: of }, share }, type) =>
      this.#router.broken(route, classBit(of)) === null ? [{ type, route, share }] : [],
    );
    const sum = may.reduce((total, { share }) => total + share, 0);
    return may.map((each) => ({ ...each, share: each.share / sum }));
  }
}

interface Misfit {
  readonly count: MovementCount;
  readonly modelled: number;
  readonly fit: number;
}

/** Counts that these flows do not come near. */
function misfits(counts: readonly MovementCount[], ways: readonly Way[], whole: Int32Array): readonly Misfit[] {
  const sums = new Float64Array(counts.length);
  for (const [w, way] of ways.entries()) {
    for (const count of way.counts) sums[count] = (sums[count] as number) + (whole[w] as number);
  }
  return counts.flatMap((count, at) => {
    const hourly = 3600 / (count.end_s - count.begin_s);
    const modelled = sums[at] as number;
    const fit = geh(modelled * hourly, count.count * hourly);
    return fit < goodFit ? [] : [{ count, modelled, fit }];
  });
}

function departure(id: string, oneOf: readonly Alternative[], between_s: readonly [number, number]): Departure {
  const { type, route } = oneOf[0] as Alternative;
  return {
    id,
    type,
    depart_s: between_s[0],
    route,
    stops: null,
    lane: "best",
    position: "base",
    speed: "max",
    between_s,
    ...(oneOf.length === 1 ? {} : { oneOf }),
  };
}

export function demandOfCounts(
  network: RoadNetwork,
  counts: readonly MovementCount[],
  mix: Mix,
  liking: Liking = () => 1,
): Result<CountedDemand> {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total > mostVehicles) return failed(problem("SCENARIO_TOO_MANY", { most: mostVehicles }));
  const maker = new Maker(network, mix, counts, liking);
  for (const [at, slice] of slicesOf(counts).entries()) maker.slice(slice, at);
  const types = mix.map(({ type }) => type);
  const departures = maker.departures.sort((a, b) => a.depart_s - b.depart_s);
  return ok({ demand: { types, departures }, notes: maker.notes });
}

/** How many of a random flow depart on average. */
const expectedOf = ({ begin_s, end_s, most, chance }: RandomFlow): number =>
  Math.min(most, (end_s - begin_s) * (chance.kind === "poisson" ? chance.per_s : chance.each_s));

/** The types of a demand as often as they depart; a passenger car where nobody does. */
export function mixOf({ types, departures, flows = [] }: Demand): Mix {
  const counts = new Map<number, number>();
  const add = ({ type, oneOf }: Departure, times: number): void => {
    for (const each of oneOf ?? [{ type, share: 1 }]) {
      counts.set(each.type, (counts.get(each.type) ?? 0) + times * each.share);
    }
  };
  for (const each of departures) add(each, 1);
  for (const flow of flows) add(flow.like, expectedOf(flow));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return [{ type: types[0] as VehicleType, share: 1 }];
  return [...counts].map(([type, count]) => ({ type: types[type] as VehicleType, share: count / total }));
}
