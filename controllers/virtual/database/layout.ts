/** Every object instance of a device of given sizes, in the order of their identifiers: what GETNEXT walks. */
import { combinations } from "../../ntcip/combinations.ts";
import { type ObjectIndex, type ObjectName, objectNames, objects, oid } from "../../ntcip/oids.ts";
import { ParameterPlaces } from "./parameter-places.ts";

export interface Sizes {
  readonly phases: number;
  readonly patterns: number;
  readonly sequences: number;
  readonly rings: number;
  readonly detectors: number;
  readonly pedestrianDetectors: number;
  readonly channels: number;
  readonly overlaps: number;
  readonly preempts: number;
  readonly specialFunctions: number;
  readonly ports: number;
  readonly actions: number;
  readonly schedules: number;
  readonly dayPlans: number;
  readonly dayPlanEvents: number;
  readonly eventConfigs: number;
  readonly eventClasses: number;
  /** Rows of the event log for each class. */
  readonly events: number;
  readonly communities: number;
  readonly dynamicMembers: number;
}

export interface Instance {
  readonly oid: string;
  readonly name: ObjectName;
  readonly index: readonly number[];
}

export interface Layout {
  readonly sizes: Sizes;
  readonly instances: readonly Instance[];
  /** Where the parameters lie in the database of a device of these sizes. */
  readonly places: ParameterPlaces;
  find(oid: string): Instance | undefined;
  /** The first instance after `oid`, which need not exist itself. */
  after(oid: string): Instance | undefined;
}

/** Eight to a group. */
export const groupsOf = (members: number): number => Math.trunc((members + 7) / 8);

/** STMP has thirteen dynamic objects. */
export const DYNAMIC_OBJECTS = 13;

/** Rows of every index, by its name. */
function rowsOf(sizes: Sizes): Readonly<Record<ObjectIndex, number>> {
  return {
    phase: sizes.phases,
    phase_group: groupsOf(sizes.phases),
    detector: sizes.detectors,
    detector_group: groupsOf(sizes.detectors),
    pedestrian_detector: sizes.pedestrianDetectors,
    alarm_group: 1,
    special_function: sizes.specialFunctions,
    pattern: sizes.patterns,
    split: sizes.patterns,
    sequence: sizes.sequences,
    ring: sizes.rings,
    ring_group: groupsOf(sizes.rings),
    channel: sizes.channels,
    channel_group: groupsOf(sizes.channels),
    overlap: sizes.overlaps,
    overlap_group: groupsOf(sizes.overlaps),
    preempt: sizes.preempts,
    port: sizes.ports,
    action: sizes.actions,
    schedule: sizes.schedules,
    day_plan: sizes.dayPlans,
    day_plan_event: sizes.dayPlanEvents,
    module: 1,
    event_config: sizes.eventConfigs,
    event_class: sizes.eventClasses,
    event: sizes.events,
    community: sizes.communities,
    dynamic_object: DYNAMIC_OBJECTS,
    dynamic_member: sizes.dynamicMembers,
  };
}

const partsOf = (text: string): readonly number[] => text.split(".").map(Number);

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function build(sizes: Sizes): Layout {
  const rowsByIndex = rowsOf(sizes);
  const rows = objectNames
    .flatMap((name) =>
      combinations(objects[name].index.map((index) => rowsByIndex[index])).map((index) => {
        const text = oid(name, ...index);
        return { instance: { oid: text, name, index }, parts: partsOf(text) };
      }),
    )
    .sort((a, b) => compare(a.parts, b.parts));
  const byOid = new Map(rows.map((row) => [row.instance.oid, row.instance]));
  const after = (from: string): Instance | undefined => {
    const key = partsOf(from);
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row !== undefined && compare(row.parts, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return rows[low]?.instance;
  };
  return {
    sizes,
    instances: rows.map((row) => row.instance),
    places: new ParameterPlaces(rowsByIndex),
    find: (text) => byOid.get(text),
    after,
  };
}

/** Makes layouts and keeps them: a hundred controllers of the same sizes share one. */
export function layoutMaker(): (sizes: Sizes) => Layout {
  const made = new Map<string, Layout>();
  return (sizes) => {
    const key = JSON.stringify(sizes);
    const layout = made.get(key) ?? build(sizes);
    made.set(key, layout);
    return layout;
  };
}
