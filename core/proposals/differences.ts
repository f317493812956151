/** What a plan changes at its intersection, signal by signal: for whoever has to approve it. */

import type { Plan } from "../signal/plan.ts";
import type { SignalSpec } from "../signal/schema.ts";

/** Null on a side where there is no plan, or the phase is not in it. */
export interface Change<T> {
  readonly before: T | null;
  readonly after: T | null;
}

export interface PhaseChange {
  readonly phase: number;
  readonly name: string | null;
  readonly split_s: Change<number>;
  /** Split less yellow and red clearance. */
  readonly green_s: Change<number>;
  readonly mode: Change<string>;
  readonly changed: boolean;
}

export interface PlanDifferences {
  readonly pattern: Change<number>;
  readonly cycle_s: Change<number>;
  readonly offset_s: Change<number>;
  readonly sequence: Change<number>;
  readonly phases: readonly PhaseChange[];
}

const tenth = (value_s: number): number => Math.round(value_s * 10) / 10;

function greenOf(signal: SignalSpec, plan: Plan | null, phase: number): number | null {
  const split = plan?.splits.find((each) => each.phase === phase);
  const clearance = signal.clearances.find((each) => each.phase === phase);
  if (split === undefined || clearance === undefined) return null;
  return tenth(split.split_s - clearance.yellow_s - clearance.red_clear_s);
}

/** `before` is null where no plan ran. */
export function planDifferences(signal: SignalSpec, before: Plan | null, after: Plan): PlanDifferences {
  const splitOf = (plan: Plan | null, phase: number) => plan?.splits.find((each) => each.phase === phase) ?? null;
  const phases = signal.phases.map(({ number, name }) => {
    const [old, now] = [splitOf(before, number), splitOf(after, number)];
    return {
      phase: number,
      name: name ?? null,
      split_s: { before: old?.split_s ?? null, after: now?.split_s ?? null },
      green_s: { before: greenOf(signal, before, number), after: greenOf(signal, after, number) },
      mode: { before: old?.mode ?? null, after: now?.mode ?? null },
      changed: old?.split_s !== now?.split_s || old?.mode !== now?.mode,
    };
  });
  return {
    pattern: { before: before?.pattern ?? null, after: after.pattern },
    cycle_s: { before: before?.cycle_s ?? null, after: after.cycle_s },
    offset_s: { before: before?.offset_s ?? null, after: after.offset_s },
    sequence: { before: before?.sequence ?? null, after: after.sequence },
    phases,
  };
}
