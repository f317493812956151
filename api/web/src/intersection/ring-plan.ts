/**
 * A plan laid out over one cycle: when each phase of each ring is planned to be green. Seconds since local zero.
 * The times are those of the controllers' own machine (core/signal/machine), so the page cannot disagree with the street.
 */
import { compileConfig } from "../../../../core/signal/machine/compile.ts";
import { machineConfig, machinePattern } from "../../../../core/signal/machine/convert.ts";
import { makeTimetable, type Timetable } from "../../../../core/signal/machine/timetable.ts";
import type { MachineConfig } from "../../../../core/signal/machine/types.ts";
import type { Plan } from "../../../../core/signal/plan.ts";
import type { SignalSpec } from "../../../../core/signal/schema.ts";

export interface PlannedPhase {
  readonly phase: number;
  /** 0 <= start < cycle; the phase may run over the end of the cycle. */
  readonly start_s: number;
  readonly green_s: number;
  readonly yellow_s: number;
  readonly red_clear_s: number;
}

export type PlannedRing = readonly PlannedPhase[];

const modulo = (value: number, cycle: number): number => ((value % cycle) + cycle) % cycle;

/** One list per ring, in order of start; empty when no controller could run this plan at this intersection. */
export function plannedRings(signal: SignalSpec, plan: Plan): readonly PlannedRing[] {
  const config = machineConfig({ signal });
  const made = makeTimetable(compileConfig(config), machinePattern(plan));
  if (!made.ok) return [];
  return signal.rings.map((ring) =>
    ring
      .flat()
      .filter((phase) => (made.timetable.activeMask & (1 << (phase - 1))) !== 0)
      .map((phase) => planned(phase, config, made.timetable))
      .sort((a, b) => a.start_s - b.start_s),
  );
}

function planned(number: number, config: MachineConfig, timetable: Timetable): PlannedPhase {
  const phase = config.phases.find((candidate) => candidate.number === number);
  const start = timetable.greenStart[number - 1] ?? 0;
  const end = timetable.forceOff[number - 1] ?? 0;
  return {
    phase: number,
    start_s: start / 10,
    green_s: modulo(end - start, timetable.cycle) / 10,
    yellow_s: (phase?.yellow_ds ?? 0) / 10,
    red_clear_s: (phase?.red_clear_ds ?? 0) / 10,
  };
}

/** Pieces of one interval inside 0..cycle: two where it runs over the end. */
export function pieces(start_s: number, length_s: number, cycle_s: number): readonly (readonly [number, number])[] {
  if (length_s <= 0) return [];
  const from_s = modulo(start_s, cycle_s);
  const over_s = from_s + length_s - cycle_s;
  if (over_s <= 0) return [[from_s, length_s]];
  return [
    [from_s, cycle_s - from_s],
    [0, over_s],
  ];
}

/** Seconds until the planned end of this phase's green; null while the plan does not have it green. */
export function plannedGreenLeft_s(
  rings: readonly PlannedRing[],
  phase: number,
  localClock_s: number,
  cycle_s: number,
): number | null {
  const found = rings.flat().find((candidate) => candidate.phase === phase);
  if (found === undefined) return null;
  const into_s = modulo(localClock_s - found.start_s, cycle_s);
  return into_s < found.green_s ? found.green_s - into_s : null;
}
