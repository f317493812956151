/**
 * Offsets of a street from what its detectors recorded, without any model of traffic: link pivot (Day and others 2011, "Evaluation
 * of arterial signal coordination: methodologies for visualizing high-resolution event data and measuring travel time"; Purdue).
 * When the far signal of a link begins later by d, those who drive out meet its green d earlier in its cycle, and those who drive
 * in come to the near signal d later in its cycle. So each link has one best d, and the offsets follow link by link.
 */
import { modulo } from "../bands/corridor.ts";

/** One direction of a link, at the stop line that it leads to. */
export interface PivotDirection {
  /** By whole second of the cycle of that signal: vehicles that came to the stop line under the present offsets. */
  readonly arrivals: readonly number[];
  /** By whole second of its cycle: the share of it that is green, 0 to 1. */
  readonly green: readonly number[];
}

/** From one signal to the next outbound. */
export interface PivotLink {
  /** At the far signal. */
  readonly outbound: PivotDirection;
  /** At the near signal. */
  readonly inbound: PivotDirection;
}

export interface PivotedLink {
  /** By how much later the far signal should begin than now, beside the near one; s, from 0 to below the cycle. */
  readonly later_s: number;
  /** Share of the arrivals of both directions that meet green, now and then. */
  readonly on_green_before: number;
  readonly on_green_after: number;
}

export interface Pivoted {
  readonly links: readonly PivotedLink[];
  /** By signal: by how much its offset grows, s, from 0 to below the cycle; the first stays. */
  readonly shift_s: readonly number[];
}

/** Arrivals that meet green when they come `by` seconds later in the cycle. */
function onGreen({ arrivals, green }: PivotDirection, by: number): number {
  const cycle_s = green.length;
  let sum = 0;
  for (const [second, count] of arrivals.entries()) sum += count * (green[modulo(second + by, cycle_s)] as number);
  return sum;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function pivot({ inbound, outbound }: PivotLink): PivotedLink {
  const cycle_s = outbound.green.length;
  const met = (later_s: number): number => onGreen(outbound, -later_s) + onGreen(inbound, later_s);
  let best = 0;
  for (let later_s = 1; later_s < cycle_s; later_s += 1) {
    // What is no better than the present is left as it is.
    if (met(later_s) > met(best) + 1e-9) best = later_s;
  }
  const all = Math.max(1e-9, total(outbound.arrivals) + total(inbound.arrivals));
  return { later_s: best, on_green_before: met(0) / all, on_green_after: met(best) / all };
}

/** All signals share one cycle, of as many whole seconds as each list is long. Throws a RangeError where they do not. */
export function linkPivot(links: readonly PivotLink[]): Pivoted {
  const cycle_s = links[0]?.outbound.green.length ?? 0;
  for (const { inbound, outbound } of links) {
    for (const { length } of [inbound.arrivals, inbound.green, outbound.arrivals, outbound.green]) {
      if (length !== cycle_s) throw new RangeError(`a cycle of ${length} s beside one of ${cycle_s} s`);
    }
  }
  const pivoted = links.map(pivot);
  const shift_s = [0];
  for (const { later_s } of pivoted) shift_s.push(modulo((shift_s.at(-1) as number) + later_s, cycle_s));
  return { links: pivoted, shift_s };
}

/** By second of the cycle that begins at `offset_s`: how many of these instants, s of the same clock, fall into it. */
export function arrivalsByCycle(instants_s: readonly number[], cycle_s: number, offset_s: number): number[] {
  const found = Array.from({ length: cycle_s }, () => 0);
  for (const at_s of instants_s) {
    const second = Math.floor(modulo(at_s - offset_s, cycle_s));
    found[second] = (found[second] as number) + 1;
  }
  return found;
}
