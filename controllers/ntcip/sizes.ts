/** How many rows each table of a device has: every kind of index is counted by an object of its own. */
import { ok, type Result } from "../../core/problems/problem.ts";
import { cell } from "./cells.ts";
import { combinations } from "./combinations.ts";
import type { ObjectIndex, ObjectName } from "./oids.ts";
import { integerAt } from "./readings.ts";
import type { SnmpLink } from "./snmp-link.ts";

/** The indexes of tables that hold parameters; the others number status groups and logs. */
export const sizeObjects = {
  phase: "maxPhases",
  detector: "maxVehicleDetectors",
  pedestrian_detector: "maxPedestrianDetectors",
  pattern: "maxPatterns",
  split: "maxSplits",
  sequence: "maxSequences",
  ring: "maxRings",
  channel: "maxChannels",
  overlap: "maxOverlaps",
  preempt: "maxPreempts",
  action: "maxTimebaseAscActions",
  schedule: "maxTimeBaseScheduleEntries",
  day_plan: "maxDayPlans",
  day_plan_event: "maxDayPlanEvents",
  special_function: "maxSpecialFunctionOutputs",
  port: "maxPort1Addresses",
  alarm_group: "maxAlarmGroups",
  module: "globalMaxModules",
} as const satisfies Readonly<Partial<Record<ObjectIndex, ObjectName>>>;

export type SizeName = keyof typeof sizeObjects;
/** Rows by kind of index; 0 where the device has no such table. */
export type Sizes = Readonly<Record<SizeName, number>>;

export const sizeNames = Object.keys(sizeObjects) as readonly SizeName[];

export async function readSizes(link: SnmpLink): Promise<Result<Sizes>> {
  const read = await link.read(sizeNames.map((name) => cell(sizeObjects[name])));
  if (!read.ok) return read;
  const entries = sizeNames.map((name) => [name, integerAt(read.value, cell(sizeObjects[name])) ?? 0] as const);
  return ok(Object.fromEntries(entries) as unknown as Sizes);
}

/** All index combinations of a table in a device of these sizes. */
export const rowsOf = (index: readonly SizeName[], sizes: Sizes): readonly (readonly number[])[] =>
  combinations(index.map((name) => sizes[name]));
