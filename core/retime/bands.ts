/**
 * Green bands of a corridor. A band is the set of instants at which a vehicle can leave the first stop line and meet
 * every light green at the progression speed.
 */
import { type Arcs, arc, intersect, longest } from "./arcs.ts";

export interface BandSignal {
  /** Green of each direction, in seconds after local zero. */
  readonly outbound: Window;
  readonly inbound: Window;
  /** From the first signal to this one, and from this one back to the first. */
  readonly travel_out_s: number;
  readonly travel_in_s: number;
}

export interface Window {
  readonly start_s: number;
  readonly green_s: number;
}

export interface BandProblem {
  readonly cycle_s: number;
  readonly signals: readonly BandSignal[];
  /** Share of outbound, 0 to 1. */
  readonly outbound_weight: number;
}

export interface Bands {
  readonly outbound_s: number;
  readonly inbound_s: number;
}

/** Weight of the sum beside the balanced part. */
const SUM_SHARE = 0.01;

/** Both bands grow in the ratio of their weights as far as they can (MAXBAND); the rest counts a little. */
export function objective(bands: Bands, outbound_weight: number): number {
  const sum = outbound_weight * bands.outbound_s + (1 - outbound_weight) * bands.inbound_s;
  if (outbound_weight === 0) return bands.inbound_s;
  if (outbound_weight === 1) return bands.outbound_s;
  const balanced = Math.min(bands.outbound_s / outbound_weight, bands.inbound_s / (1 - outbound_weight));
  return balanced + SUM_SHARE * sum;
}

/** Departure instants at the first stop line (outbound) or arrivals there (inbound) that this signal lets through. */
function outboundArcs(signal: BandSignal, offset_s: number, cycle_s: number): Arcs {
  return arc(offset_s + signal.outbound.start_s - signal.travel_out_s, signal.outbound.green_s, cycle_s);
}

function inboundArcs(signal: BandSignal, offset_s: number, cycle_s: number): Arcs {
  return arc(offset_s + signal.inbound.start_s + signal.travel_in_s, signal.inbound.green_s, cycle_s);
}

export interface Passing {
  readonly outbound: Arcs;
  readonly inbound: Arcs;
}

/** Instants that pass all signals for which `takes` holds. */
export function passing(
  { signals, cycle_s }: BandProblem,
  offsets_s: readonly number[],
  takes: (i: number) => boolean = () => true,
): Passing {
  let outbound: Arcs = [[0, cycle_s]];
  let inbound: Arcs = [[0, cycle_s]];
  for (const [i, signal] of signals.entries()) {
    if (!takes(i)) continue;
    outbound = intersect(outbound, outboundArcs(signal, offsets_s[i] ?? 0, cycle_s));
    inbound = intersect(inbound, inboundArcs(signal, offsets_s[i] ?? 0, cycle_s));
  }
  return { outbound, inbound };
}

export function widths({ outbound, inbound }: Passing, cycle_s: number): Bands {
  return { outbound_s: longest(outbound, cycle_s), inbound_s: longest(inbound, cycle_s) };
}

export function bandsOf(problem: BandProblem, offsets_s: readonly number[]): Bands {
  return widths(passing(problem, offsets_s), problem.cycle_s);
}
