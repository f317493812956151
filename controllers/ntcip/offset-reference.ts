/**
 * Offsets in the device's own words. A plan's offset times the begin of green of the last coordinated phase; NTCIP 1202 v02 leaves
 * the instant to the vendor, and a device may time another. Both are offsets of one timetable, apart by the time between
 * the two instants in it.
 */
import type { Intersection } from "../../core/network/schema.ts";
import { machineConfig, machinePattern } from "../../core/signal/machine/convert.ts";
import { referenceOf_ds } from "../../core/signal/machine/timetable.ts";
import type { OffsetReference } from "../../core/signal/machine/types.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { inSequence } from "../../core/signal/sequences.ts";

/** Names of the site file. A green ends where its yellow begins: two names of makers' manuals for one instant. */
export const offsetInstants = {
  begin_green_of_coord_phases: "begin_green",
  begin_green_of_first_coord_phase: "first_begin_green",
  end_green_of_coord_phases: "end_green",
  begin_yellow_of_coord_phases: "end_green",
  begin_yellow_of_first_coord_phase: "first_end_green",
  begin_red_of_coord_phases: "begin_red",
} as const satisfies Readonly<Record<string, OffsetReference>>;

export type OffsetReferenceName = keyof typeof offsetInstants;

export const offsetReferences = Object.keys(offsetInstants) as OffsetReferenceName[];

/** What plans mean. */
export const PLAN_REFERENCE = "begin_green_of_coord_phases" satisfies OffsetReferenceName;

/**
 * How many seconds later than the plan's instant the device's comes; null where the plan cannot run. Devices keep whole seconds: the
 * nearest is taken, so that the street is off by half a second at most, and the way back gives the plan's own number.
 */
export function laterBy_s(intersection: Intersection, plan: Plan, reference: OffsetReferenceName): number | null {
  if (reference === PLAN_REFERENCE) return 0;
  const config = machineConfig(inSequence(intersection, plan.sequence));
  const pattern = { ...machinePattern({ ...plan, offset_s: 0 }), offset_reference: offsetInstants[reference] };
  const later_ds = referenceOf_ds(config, pattern);
  return later_ds === null ? null : Math.round(later_ds / 10);
}

/** The plan with the offset that the device must be given; null where the plan cannot run. */
export function inDeviceWords(intersection: Intersection, plan: Plan, reference: OffsetReferenceName): Plan | null {
  const later_s = laterBy_s(intersection, plan, reference);
  return later_s === null ? null : { ...plan, offset_s: (plan.offset_s + later_s) % plan.cycle_s };
}

/** A plan as the device holds it, with the offset in a plan's words. What cannot run keeps its own: the proof refuses it as it is. */
export function inPlanWords(intersection: Intersection, held: Plan, reference: OffsetReferenceName): Plan {
  const { cycle_s, offset_s } = held;
  const later_s = offset_s < cycle_s ? laterBy_s(intersection, held, reference) : null;
  return later_s === null ? held : { ...held, offset_s: (((offset_s - later_s) % cycle_s) + cycle_s) % cycle_s };
}
