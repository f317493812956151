/**
 * The object table: every NTCIP object that greenwave speaks of, as data. The manager and the virtual
 * controller read the same table.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { blockObjects } from "./oids-block.ts";
import { channelObjects } from "./oids-channel.ts";
import { coordObjects } from "./oids-coord.ts";
import { detectorObjects } from "./oids-detector.ts";
import { globalObjects } from "./oids-global.ts";
import type { ObjectSpec } from "./oids-object.ts";
import { overlapObjects } from "./oids-overlap.ts";
import { phaseObjects } from "./oids-phase.ts";
import { preemptObjects } from "./oids-preempt.ts";
import { ringObjects } from "./oids-ring.ts";
import { timebaseObjects } from "./oids-timebase.ts";
import { unitObjects } from "./oids-unit.ts";

export { dynamicState } from "./oids-block.ts";
export { channelFlash, channelType } from "./oids-channel.ts";
export {
  correctionMode,
  forceMode,
  localFreeStatus,
  maximumMode,
  patternTableType,
  specialPattern,
  splitMode,
} from "./oids-coord.ts";
export { detectorOption, occupancyFault } from "./oids-detector.ts";
export { dbState, dbVerify, eventAction, eventMode } from "./oids-global.ts";
export type { ObjectIndex, ObjectSpec } from "./oids-object.ts";
export { overlapType } from "./oids-overlap.ts";
export { phaseOption, phaseStartup } from "./oids-phase.ts";
export { preemptOption, preemptState } from "./oids-preempt.ts";
export { ringEnd, ringInterval } from "./oids-ring.ts";
export { daylightSaving, noAction } from "./oids-timebase.ts";
export { alarm1, alarm2, controlStatus, flashStatus, port1Status, shortAlarm, unitControlBit } from "./oids-unit.ts";

const table = {
  ...phaseObjects,
  ...detectorObjects,
  ...unitObjects,
  ...coordObjects,
  ...timebaseObjects,
  ...preemptObjects,
  ...ringObjects,
  ...channelObjects,
  ...overlapObjects,
  ...blockObjects,
  ...globalObjects,
} as const;

export type ObjectName = keyof typeof table;

export const objects: Readonly<Record<ObjectName, ObjectSpec>> = table;

/** All names, in the order of the table. */
export const objectNames = Object.keys(table) as readonly ObjectName[];

/**
 * The full identifier of one instance: `oid("phaseMinimumGreen", 2)`, `oid("splitTime", 1, 6)`; `.0` for a scalar.
 * A wrong number of indices is a bug and throws.
 */
export function oid(name: ObjectName, ...index: readonly number[]): string {
  const spec = objects[name];
  if (index.length !== spec.index.length) throw new Error(`${name} takes ${spec.index.length} indices`);
  return `${spec.oid}.${index.length === 0 ? "0" : index.join(".")}`;
}

/** Numbers of a bit field, lowest bit first: group 2, bits 0 and 3 are 9 and 12. */
export function membersOf(bits: number, group = 1): readonly number[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (bits & (1 << bit)) !== 0).map((bit) => group * 8 - 7 + bit);
}
