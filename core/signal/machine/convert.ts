/** From the site file's words (seconds) to the machine's (whole deciseconds). */
import type { Plan } from "../plan.ts";
import type { SignalSpec } from "../schema.ts";
import type { MachineConfig, MachinePattern } from "./types.ts";

/** Seconds with at most one decimal, as the schemas demand, to deciseconds. */
export const deciseconds = (seconds: number): number => Math.round(seconds * 10);

/** An `Intersection` fits; only its signal part is read. Expects what `validateIntersection` accepts. */
export function machineConfig({ signal }: { readonly signal: SignalSpec }): MachineConfig {
  const clearances = new Map(signal.clearances.map((c) => [c.phase, c]));
  return {
    phases: signal.phases.map((phase) => ({
      number: phase.number,
      min_green_ds: deciseconds(phase.min_green_s),
      max_green_ds: deciseconds(phase.max_green_s),
      passage_ds: deciseconds(phase.passage_s),
      walk_ds: deciseconds(phase.walk_s),
      ped_clear_ds: deciseconds(phase.ped_clear_s),
      yellow_ds: deciseconds(clearances.get(phase.number)?.yellow_s ?? 0),
      red_clear_ds: deciseconds(clearances.get(phase.number)?.red_clear_s ?? 0),
      recall: phase.recall,
    })),
    rings: signal.rings,
    coord_phases: signal.coord_phases,
    intergreens: signal.conflicts.flatMap(({ a, b, intergreen_ab_s = 0, intergreen_ba_s = 0 }) => [
      ...longer(signal, a, b, intergreen_ab_s),
      ...longer(signal, b, a, intergreen_ba_s),
    ]),
  };
}

/** Only intergreens longer than yellow + red clearance need a guard of their own. */
function longer(signal: SignalSpec, from: number, to: number, seconds: number) {
  const own = signal.clearances.find((c) => c.phase === from);
  const clearance = deciseconds(own?.yellow_s ?? 0) + deciseconds(own?.red_clear_s ?? 0);
  const ds = deciseconds(seconds);
  return ds > clearance ? [{ from, to, ds }] : [];
}

export function machinePattern(plan: Plan): MachinePattern {
  return {
    number: plan.pattern,
    cycle_ds: deciseconds(plan.cycle_s),
    offset_ds: deciseconds(plan.offset_s),
    splits: plan.splits.map(({ phase, split_s, mode }) => ({ phase, split_ds: deciseconds(split_s), mode })),
  };
}
