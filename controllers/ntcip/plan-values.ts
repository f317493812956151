/** A plan as the integers it becomes inside the device: one pattern row and the split table of the same number. */
import type { Plan } from "../../core/signal/plan.ts";
import { cell, type IntegerValue } from "./cells.ts";
import type { ObjectName } from "./oids.ts";
import { splitModeOf } from "./split-modes.ts";

const value = (number: number, name: ObjectName, ...index: readonly number[]): IntegerValue => ({
  ...cell(name, ...index),
  value: number,
});

/**
 * Every value of the pattern, in writing order. Phases the plan does not name get an empty row, so that nothing of
 * the pattern that stood there before survives.
 */
export function planValues(plan: Plan, coordPhases: readonly number[], maxPhases: number): readonly IntegerValue[] {
  const { pattern } = plan;
  const splits = new Map(plan.splits.map((split) => [split.phase, split]));
  const rows = Array.from({ length: maxPhases }, (_, i) => i + 1).flatMap((phase) => {
    const split = splits.get(phase);
    return [
      value(split?.split_s ?? 0, "splitTime", pattern, phase),
      value(splitModeOf[split?.mode ?? "none"], "splitMode", pattern, phase),
      value(split !== undefined && coordPhases.includes(phase) ? 1 : 0, "splitCoordPhase", pattern, phase),
    ];
  });
  return [
    value(plan.cycle_s, "patternCycleTime", pattern),
    value(plan.offset_s, "patternOffsetTime", pattern),
    value(pattern, "patternSplitNumber", pattern),
    value(plan.sequence, "patternSequenceNumber", pattern),
    ...rows,
  ];
}
