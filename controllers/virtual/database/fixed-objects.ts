/** Objects that never change while the device runs: its sizes, its row numbers, and what it is made of. */
import { type ObjectName, objects, patternTableType, port1Status } from "../../ntcip/oids.ts";
import { ASC } from "../../ntcip/oids-object.ts";
import { groupsOf, type Layout, type Sizes } from "./layout.ts";
import type { Value } from "./parameters.ts";

const SOFTWARE = 3;

const sizes: Readonly<Partial<Record<ObjectName, (sizes: Sizes) => Value>>> = {
  maxPhases: ({ phases }) => phases,
  maxPhaseGroups: ({ phases }) => groupsOf(phases),
  maxVehicleDetectors: ({ detectors }) => detectors,
  maxVehicleDetectorStatusGroups: ({ detectors }) => groupsOf(detectors),
  maxPedestrianDetectors: ({ pedestrianDetectors }) => pedestrianDetectors,
  maxAlarmGroups: () => 1,
  maxSpecialFunctionOutputs: ({ specialFunctions }) => specialFunctions,
  maxPort1Addresses: ({ ports }) => ports,
  // There is no serial bus in a cabinet made of arithmetic.
  port1Status: () => port1Status.other,
  maxPatterns: ({ patterns }) => patterns,
  patternTableType: () => patternTableType.patterns,
  maxSplits: ({ patterns }) => patterns,
  maxTimebaseAscActions: ({ actions }) => actions,
  maxTimeBaseScheduleEntries: ({ schedules }) => schedules,
  maxDayPlans: ({ dayPlans }) => dayPlans,
  maxDayPlanEvents: ({ dayPlanEvents }) => dayPlanEvents,
  maxPreempts: ({ preempts }) => preempts,
  maxRings: ({ rings }) => rings,
  maxSequences: ({ sequences }) => sequences,
  maxRingControlGroups: ({ rings }) => groupsOf(rings),
  maxChannels: ({ channels }) => channels,
  maxChannelStatusGroups: ({ channels }) => groupsOf(channels),
  maxOverlaps: ({ overlaps }) => overlaps,
  maxOverlapStatusGroups: ({ overlaps }) => groupsOf(overlaps),
  globalMaxModules: () => 1,
  moduleDeviceNode: () => ASC,
  moduleMake: () => "greenwave",
  moduleModel: () => "virtual controller",
  moduleVersion: () => "1",
  moduleType: () => SOFTWARE,
  maxEventLogConfigs: ({ eventConfigs }) => eventConfigs,
  maxEventLogSize: ({ eventClasses, events }) => eventClasses * events,
  maxEventClasses: ({ eventClasses }) => eventClasses,
  communityNamesMax: ({ communities }) => communities,
};

/** The value of a fixed object; undefined for any other. */
export function fixedValue(name: ObjectName, index: readonly number[], layout: Layout): Value | undefined {
  const { rowNumber } = objects[name];
  if (rowNumber !== undefined) return index[rowNumber] ?? 0;
  return sizes[name]?.(layout.sizes);
}
