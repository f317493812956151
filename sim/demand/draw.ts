/** What a seed decides about a demand: who comes of a distribution, and when those of random flows depart. */
import { Random } from "../engine/random.ts";
import type { Alternative, Demand, Departure, RandomFlow, Walker } from "./demand.ts";
import { haltsLater } from "./halts.ts";

/** Numbers in [0, 1), one after the other. */
type Chance = () => number;

/** Keeps this chance apart from that of the drive, which has the same seed. */
const apart = 0x6465_6d61;
const apartOnFoot = 0x666f_6f74;

function taken(oneOf: readonly Alternative[], chance: Chance): Alternative {
  let left = chance();
  for (const alternative of oneOf) {
    left -= alternative.share;
    if (left < 0) return alternative;
  }
  return oneOf.at(-1) as Alternative;
}

function settled(departure: Departure, chance: Chance): Departure {
  if (isSettled(departure)) return departure;
  const { oneOf, between_s, ...rest } = departure;
  const [from_s, to_s] = between_s ?? [rest.depart_s, rest.depart_s];
  const depart_s = between_s === undefined ? from_s : from_s + chance() * (to_s - from_s);
  return oneOf === undefined ? { ...rest, depart_s } : { ...rest, depart_s, ...kindOf(taken(oneOf, chance)) };
}

const isSettled = ({ oneOf, between_s }: Departure): boolean => oneOf === undefined && between_s === undefined;
const kindOf = ({ type, route }: Alternative) => ({ type, route });

function timesOf({ begin_s, end_s, most, chance: kind }: Omit<RandomFlow, "like">, chance: Chance): number[] {
  const times: number[] = [];
  if (kind.kind === "bernoulli") {
    for (let t = begin_s; t < end_s && times.length < most; t += 1) if (chance() < kind.each_s) times.push(t);
    return times;
  }
  let t = begin_s;
  while (times.length < most) {
    t -= Math.log(1 - chance()) / kind.per_s;
    if (t >= end_s) break;
    times.push(t);
  }
  return times;
}

/** One of a flow: its halts are as much later as it is itself. */
export function departureOf(like: Departure, at: number, begin_s: number, depart_s: number): Departure {
  const one = { ...like, id: `${like.id}.${at}`, depart_s };
  return like.halts === undefined ? one : { ...one, halts: haltsLater(like.halts, depart_s - begin_s) };
}

/** Of those on foot; vehicles come as they would without them. */
function drawWalkers({ walkers = [], walkerFlows = [] }: Demand, seed: number): readonly Walker[] {
  if (walkerFlows.length === 0) return walkers;
  const random = new Random((seed ^ apartOnFoot) >>> 0);
  const drawn = [...walkers];
  for (const flow of walkerFlows) {
    const times = timesOf(flow, () => random.next());
    drawn.push(...times.map((depart_s, at) => ({ ...flow.like, id: `${flow.like.id}.${at}`, depart_s })));
  }
  return drawn.sort((a, b) => a.depart_s - b.depart_s);
}

/** The same object where there is nothing to decide, so that such a demand costs a seed nothing. */
export function drawDemand(demand: Demand, seed: number): Demand {
  const { types, departures, flows = [], walkers = [], walkerFlows = [] } = demand;
  if (flows.length + walkerFlows.length === 0 && departures.every(isSettled)) return demand;
  const random = new Random((seed ^ apart) >>> 0);
  const chance: Chance = () => random.next();
  const drawn = departures.map((departure) => settled(departure, chance));
  for (const flow of flows) {
    for (const [at, depart_s] of timesOf(flow, chance).entries()) {
      drawn.push(settled(departureOf(flow.like, at, flow.begin_s, depart_s), chance));
    }
  }
  const inOrder = { types, departures: drawn.sort((a, b) => a.depart_s - b.depart_s) };
  return walkers.length + walkerFlows.length === 0 ? inOrder : { ...inOrder, walkers: drawWalkers(demand, seed) };
}
