/** The green bands of a plan's main road: the chain of signals along which most vehicles go from light to light. */
import type { RoadLight } from "../../core/diagram/from-road.ts";
import { type BandProblem, type BandSignal, type Bands, bandsOf, type Window } from "../../core/retime/bands.ts";
import { startingOffsets } from "../../core/retime/offset-starts.ts";
import { buildProgram, cycleOf } from "../../core/retime/stages/build-program.ts";
import { isGreen } from "../../core/retime/stages/link-states.ts";
import type { StageTiming } from "../../core/retime/stages/signal-stages.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { Plan } from "./plan-programs.ts";
import type { Movement } from "./read-movements.ts";
import type { Retimed, RetimedSignal } from "./retimed-signals.ts";

export interface CorridorBands {
  readonly signals: readonly string[];
  readonly cycle_s: number;
  /** Width of the band that a vehicle at free speed keeps green all the way, each direction. */
  readonly outbound_s: number;
  readonly inbound_s: number;
  /** The exact optimum of equal bands, proved, with these greens and any offsets. */
  readonly widest: Bands;
  /** In the order of the signals: what `greenwave diagram` draws of the plan. */
  readonly lights: readonly RoadLight[];
}

interface Hop {
  readonly from: number;
  readonly to: number;
  readonly vehicles: number;
  readonly travel_s: number;
  /** The movement at `from` and at `to` that most take. */
  readonly leaves: Movement;
  readonly enters: Movement;
}

/** From signal to signal, the heaviest stream of each pair. */
function hopsOf({ movements }: Retimed): Map<string, Hop> {
  const hops = new Map<string, Hop>();
  for (const enters of movements) {
    for (const { from, vehicles, travel_s } of enters.feeders) {
      const leaves = movements[from] as Movement;
      if (leaves.signal === enters.signal) continue;
      const key = `${leaves.signal} ${enters.signal}`;
      const known = hops.get(key);
      if (known !== undefined && known.vehicles >= vehicles) continue;
      hops.set(key, { from: leaves.signal, to: enters.signal, vehicles, travel_s, leaves, enters });
    }
  }
  return hops;
}

const longestChain = 30;

/** Grown from the busiest pair with traffic both ways, at both ends, as long as it goes on both ways. */
function mainChain(hops: ReadonlyMap<string, Hop>): number[] {
  const both = (a: number, b: number): number =>
    Math.min(hops.get(`${a} ${b}`)?.vehicles ?? 0, hops.get(`${b} ${a}`)?.vehicles ?? 0);
  const pairs = [...hops.values()].filter(({ from, to }) => both(from, to) > 0);
  const [first] = pairs.toSorted((a, b) => both(b.from, b.to) - both(a.from, a.to));
  if (first === undefined) return [];
  const chain = [first.from, first.to];
  const grow = (end: number): number | null => {
    const next = pairs.filter(({ from, to }) => from === end && !chain.includes(to));
    return next.toSorted((a, b) => both(b.from, b.to) - both(a.from, a.to))[0]?.to ?? null;
  };
  for (let next = grow(chain.at(-1) as number); next !== null && chain.length < longestChain; next = grow(next))
    chain.push(next);
  for (let next = grow(chain[0] as number); next !== null && chain.length < longestChain; next = grow(next))
    chain.unshift(next);
  return chain;
}

interface Member {
  readonly signal: RetimedSignal;
  readonly timing: StageTiming;
  readonly cycle_s: number;
}

/** The longest unbroken green of a movement, after the signal's zero. */
function greenOf({ cycle_s, signal, timing }: Member, index: number): Window {
  const states = buildProgram(signal.stages, timing);
  let best: Window = { start_s: 0, green_s: 0 };
  let [start_s, green_s, now_s] = [0, 0, 0];
  for (const { state, duration_s } of [...states, ...states]) {
    if (isGreen(state[index])) {
      if (green_s === 0) start_s = now_s;
      green_s = Math.min(cycle_s, green_s + duration_s);
    } else green_s = 0;
    if (green_s > best.green_s) best = { start_s, green_s };
    now_s += duration_s;
  }
  return { start_s: best.start_s % cycle_s, green_s: best.green_s };
}

function membersOf(retimed: Retimed, plan: Plan, chain: readonly number[]): Member[] {
  return chain.flatMap((number) => {
    const at = retimed.signals.findIndex(({ signal }) => signal === number);
    const [signal, timing] = [retimed.signals[at], plan[at]];
    return signal === undefined || timing == null ? [] : [{ signal, timing, cycle_s: cycleOf(signal.stages, timing) }];
  });
}

/** Greens of both directions at each signal of the chain; null where a road leads one way only. */
function bandSignals(
  members: readonly Member[],
  hops: ReadonlyMap<string, Hop>,
  network: RoadNetwork,
): BandSignal[] | null {
  const hop = (from: Member | undefined, to: Member | undefined): Hop | undefined =>
    hops.get(`${from?.signal.signal} ${to?.signal.signal}`);
  let [travel_out_s, travel_in_s] = [0, 0];
  const found: BandSignal[] = [];
  for (const [at, member] of members.entries()) {
    const [before, next] = [members[at - 1], members[at + 1]];
    travel_out_s += hop(before, member)?.travel_s ?? 0;
    travel_in_s += hop(member, before)?.travel_s ?? 0;
    const out = hop(before, member)?.enters ?? hop(member, next)?.leaves;
    const back = hop(member, before)?.leaves ?? hop(next, member)?.enters;
    if (out === undefined || back === undefined) return null;
    const green = ({ links }: Movement): Window =>
      greenOf(member, network.links.signalIndex[links[0] as number] as number);
    found.push({ outbound: green(out), inbound: green(back), travel_out_s, travel_in_s });
  }
  return found;
}

export interface Corridor {
  readonly signals: readonly string[];
  /** Places of the signals in the plan. */
  readonly places: readonly number[];
  readonly offsets_s: readonly number[];
  readonly problem: BandProblem;
}

/** The main road under a plan; null where its signals have no common cycle, or no road joins two of them both ways. */
export function corridorOf(retimed: Retimed, plan: Plan, network: RoadNetwork): Corridor | null {
  const hops = hopsOf(retimed);
  const members = membersOf(retimed, plan, mainChain(hops));
  const cycle_s = members[0]?.cycle_s;
  if (members.length < 2 || cycle_s === undefined || members.some((each) => each.cycle_s !== cycle_s)) return null;
  const signals = bandSignals(members, hops, network);
  if (signals === null) return null;
  return {
    signals: members.map(({ signal }) => signal.own.signal),
    places: members.map(({ signal }) => retimed.signals.indexOf(signal)),
    offsets_s: members.map(({ timing }) => timing.offset_s),
    problem: { cycle_s, signals, outbound_weight: 0.5 },
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Bands both ways of the main road, if there is one, and what no offsets could beat with these greens. */
export function corridorBands(retimed: Retimed, plan: Plan, network: RoadNetwork): readonly CorridorBands[] {
  const corridor = corridorOf(retimed, plan, network);
  if (corridor === null) return [];
  const { offsets_s, problem, signals } = corridor;
  const { outbound_s, inbound_s } = bandsOf(problem, offsets_s);
  const { widest } = startingOffsets(problem);
  return [
    {
      signals,
      cycle_s: problem.cycle_s,
      outbound_s: tenth(outbound_s),
      inbound_s: tenth(inbound_s),
      widest: { outbound_s: tenth(widest.outbound_s), inbound_s: tenth(widest.inbound_s) },
      lights: problem.signals.map((light, i) => ({ ...light, offset_s: offsets_s[i] ?? 0 })),
    },
  ];
}
