/**
 * How a signal gets into step with a new pattern: local zero is somewhere in the cycle where it should not be, and the
 * cycle is lengthened or shortened for a while until it is (Signal Timing Manual, 2nd ed., chapter 7).
 */
import { modulo } from "../../bands/corridor.ts";
import { failed, ok, problem, type Result } from "../../problems/problem.ts";
import { clearance_ds, leadAtMost_ds, needGreen_s } from "../needs.ts";
import type { Plan } from "../plan.ts";
import type { SignalSpec } from "../schema.ts";

export type TransitionMethod = "dwell" | "add_only" | "subtract_only" | "shortway";

/** Shares of a cycle, per cycle. */
export interface TransitionLimits {
  readonly dwell: number;
  readonly add: number;
  readonly subtract: number;
}

export const usualLimits: TransitionLimits = { dwell: 0.25, add: 0.2, subtract: 0.17 };

export interface Transition {
  /** What is done: of shortway, the one that needs fewer cycles. */
  readonly method: Exclude<TransitionMethod, "shortway">;
  readonly cycles: number;
  /** Until the signal is in step: the cycles, each as long as it is made. */
  readonly seconds: number;
  /** Change of one cycle, the last of them excepted. */
  readonly per_cycle_s: number;
}

/** A request is only as precise as the tenth that a controller counts in. */
const EXACT_S = 0.05;

/**
 * How far local zero must move later at an instant, in [0, cycle): `clock_s` is the position in the running cycle, and
 * the new pattern's position is that of the master clock less its offset.
 */
export function shift_s(plan: Plan, master_s: number, clock_s: number): number {
  const due_s = modulo(master_s - plan.offset_s, plan.cycle_s);
  return modulo(clock_s - due_s, plan.cycle_s);
}

/** What a cycle of the plan can lose with every phase kept at what it needs: the slack of its critical path. */
export function slack_s(signal: SignalSpec, plan: Plan): number {
  const splits = new Map(
    plan.splits.filter(({ mode }) => mode !== "omitted").map((each) => [each.phase, each.split_s]),
  );
  const slackOf = (number: number): number => {
    const phase = signal.phases.find((each) => each.number === number);
    const split_s = splits.get(number);
    if (phase === undefined || split_s === undefined) return 0;
    const cleared_s = (clearance_ds(signal, number) + leadAtMost_ds(signal, number)) / 10;
    return Math.max(0, split_s - needGreen_s(phase) - cleared_s);
  };
  const groups = signal.rings[0]?.length ?? 0;
  let slack = 0;
  for (let g = 0; g < groups; g++) {
    // A group is as short as its slowest ring lets it be.
    const rings = signal.rings.map((ring) => (ring[g] ?? []).filter((phase) => splits.has(phase)));
    const running = rings.filter((phases) => phases.length > 0);
    if (running.length === 0) continue;
    slack += Math.min(...running.map((phases) => phases.reduce((sum, phase) => sum + slackOf(phase), 0)));
  }
  return slack;
}

/** Fails with TRANSITION_NO_ROOM where the limits allow nothing, with TRANSITION_NO_SLACK where the phases do not. */
export function planTransition(
  signal: SignalSpec,
  plan: Plan,
  later_s: number,
  method: TransitionMethod,
  limits: TransitionLimits = usualLimits,
): Result<Transition> {
  const { cycle_s, intersection } = plan;
  const distance_s = modulo(later_s, cycle_s);
  if (distance_s < EXACT_S || cycle_s - distance_s < EXACT_S) {
    return ok({ method: method === "shortway" ? "add_only" : method, cycles: 0, seconds: 0, per_cycle_s: 0 });
  }
  const ways = waysOf(method).map((way) => taking(way, cycle_s, distance_s, mostPerCycle_s(signal, plan, way, limits)));
  const [best] = ways
    .filter(({ per_cycle_s }) => per_cycle_s > 0)
    .toSorted((a, b) => a.cycles - b.cycles || a.seconds - b.seconds);
  if (best !== undefined) return ok(best);
  // Only shortening can fail with a limit above 0.
  const shortens = method === "subtract_only" && limits.subtract > 0;
  return failed(problem(shortens ? "TRANSITION_NO_SLACK" : "TRANSITION_NO_ROOM", { intersection, method }));
}

const waysOf = (method: TransitionMethod): readonly Transition["method"][] =>
  method === "shortway" ? ["add_only", "subtract_only"] : [method];

function mostPerCycle_s(signal: SignalSpec, plan: Plan, way: Transition["method"], limits: TransitionLimits): number {
  switch (way) {
    case "dwell":
      return limits.dwell * plan.cycle_s;
    case "add_only":
      return limits.add * plan.cycle_s;
    case "subtract_only":
      return Math.min(limits.subtract * plan.cycle_s, slack_s(signal, plan));
  }
}

function taking(method: Transition["method"], cycle_s: number, later_s: number, per_cycle_s: number): Transition {
  const shorter = method === "subtract_only";
  const distance_s = shorter ? cycle_s - later_s : later_s;
  const cycles = Math.ceil(distance_s / per_cycle_s - 1e-9);
  return { method, cycles, seconds: cycles * cycle_s + (shorter ? -distance_s : distance_s), per_cycle_s };
}
