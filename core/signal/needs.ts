/** What a phase must get, whatever a plan says: the minimums behind I2 and I4. */
import { deciseconds } from "./machine/convert.ts";
import type { Phase, SignalSpec } from "./schema.ts";

/** Minimum green, or a whole pedestrian service where people walk with the phase. */
export function needGreen_s(phase: Phase): number {
  return Math.max(phase.min_green_s, phase.walk_s > 0 ? phase.walk_s + phase.ped_clear_s : 0);
}

/** Yellow + red clearance, in deciseconds so that tenths add up exactly. */
export function clearance_ds(signal: SignalSpec, phase: number): number {
  const found = signal.clearances.find((c) => c.phase === phase);
  return found === undefined ? 0 : deciseconds(found.yellow_s) + deciseconds(found.red_clear_s);
}

/** End of green of `from` to start of green of `to`. */
export function intergreen_ds(signal: SignalSpec, from: number, to: number): number {
  let stated = 0;
  for (const { a, b, intergreen_ab_s = 0, intergreen_ba_s = 0 } of signal.conflicts) {
    if (a === from && b === to) stated = Math.max(stated, deciseconds(intergreen_ab_s));
    if (b === from && a === to) stated = Math.max(stated, deciseconds(intergreen_ba_s));
  }
  return Math.max(stated, clearance_ds(signal, from));
}

/** Longest wait beyond yellow + red of the phase before, by conflict-specific intergreens. */
export function leadAtMost_ds(signal: SignalSpec, phase: number): number {
  return signal.phases.reduce(
    (most, { number }) =>
      number === phase ? most : Math.max(most, intergreen_ds(signal, number, phase) - clearance_ds(signal, number)),
    0,
  );
}

/** I7: an absolute limit of 120 to 180 s, beside the two cycles of NTCIP. */
export const LONGEST_WAIT_S = 180;

/** Longest cycle in which nobody waits too long, even for a phase that gets no more than it needs. */
export function longestCycle_s(signal: SignalSpec): number {
  const { cycle_max_s, longest_wait_s = LONGEST_WAIT_S, longest_walk_wait_s = Number.POSITIVE_INFINITY } = signal;
  return signal.phases.reduce((longest, phase) => {
    const walkers_s = phase.walk_s > 0 ? longest_walk_wait_s + phase.walk_s : longest;
    return Math.min(longest, longest_wait_s + needGreen_s(phase), walkers_s);
  }, cycle_max_s);
}

/** Smallest whole-second split with which the phase keeps its minimums wherever it stands in the sequence. */
export function minSplit_s(signal: SignalSpec, phase: Phase): number {
  const ds = deciseconds(needGreen_s(phase)) + clearance_ds(signal, phase.number) + leadAtMost_ds(signal, phase.number);
  return Math.ceil(ds / 10);
}

/** Shortest cycle in which the longest ring of every barrier group gets its smallest splits. */
export function shortestCycle_s(signal: SignalSpec): number {
  const splits = new Map(signal.phases.map((phase) => [phase.number, minSplit_s(signal, phase)]));
  const groups = signal.rings[0]?.length ?? 0;
  let cycle = 0;
  for (let g = 0; g < groups; g++) {
    const perRing = signal.rings.map((ring) => (ring[g] ?? []).reduce((sum, p) => sum + (splits.get(p) ?? 0), 0));
    cycle += Math.max(...perRing);
  }
  return cycle;
}
