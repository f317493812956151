/**
 * How the database document is laid out: which parameters of the object table stand in which section, and what they are
 * called there. Names come from the MIB by rule (`phaseYellowChange`, ds -> `yellow_change_ds`), so that nothing is
 * forgotten and everybody with a MIB at hand can read the document.
 */
import { type ObjectName, objectNames, objects } from "../oids.ts";
import type { SizeName } from "../sizes.ts";

export interface Field {
  readonly name: string;
  readonly object: ObjectName;
}

export interface Section {
  readonly name: SectionName;
  /** What its rows are numbered by; none: one row. */
  readonly index: readonly SizeName[];
  readonly fields: readonly Field[];
}

interface Rule {
  readonly index: readonly SizeName[];
  /** Starts of the names of its objects; taken off when the name does not end with them. */
  readonly starts: readonly string[];
}

const rules = {
  unit: { index: [], starts: ["unit", "volumeOccupancy"] },
  coordination: { index: [], starts: ["coord"] },
  time_base: { index: [], starts: ["timebaseAsc", "global"] },
  phases: { index: ["phase"], starts: ["phase"] },
  vehicle_detectors: { index: ["detector"], starts: ["vehicleDetector"] },
  pedestrian_detectors: { index: ["pedestrian_detector"], starts: ["pedestrianDetector"] },
  patterns: { index: ["pattern"], starts: ["pattern"] },
  splits: { index: ["split", "phase"], starts: ["split"] },
  sequences: { index: ["sequence", "ring"], starts: ["sequence"] },
  channels: { index: ["channel"], starts: ["channel"] },
  overlaps: { index: ["overlap"], starts: ["overlap"] },
  preempts: { index: ["preempt"], starts: ["preempt"] },
  actions: { index: ["action"], starts: ["timebaseAsc"] },
  schedules: { index: ["schedule"], starts: ["timeBaseSchedule"] },
  day_plans: { index: ["day_plan", "day_plan_event"], starts: ["dayPlan"] },
  ports: { index: ["port"], starts: ["port1"] },
} as const satisfies Readonly<Record<string, Rule>>;

export type SectionName = keyof typeof rules;

const UNITS = { s: "_s", ds: "_ds", min: "_min", bits: "_bits" } as const;

const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

function fieldName(object: ObjectName, start: string): string {
  const { unit } = objects[object];
  return `${snake(object.slice(start.length))}${unit === undefined ? "" : UNITS[unit]}`;
}

/** Parameters that are no secret; how the device logs events is not a matter of its timing. */
const isStated = (object: ObjectName): boolean => {
  const { kind, secret } = objects[object];
  return (kind === "P" || kind === "P2") && secret !== true && !object.startsWith("event");
};

function fieldsOf({ index, starts }: Rule): readonly Field[] {
  return objectNames.filter(isStated).flatMap((object) => {
    const start = starts.find((word) => object.startsWith(word));
    const own = objects[object].index;
    const same = own.length === index.length && own.every((part, at) => part === index[at]);
    return start === undefined || !same ? [] : [{ name: fieldName(object, start), object }];
  });
}

export const sections: readonly Section[] = (Object.entries(rules) as [SectionName, Rule][]).map(([name, rule]) => ({
  name,
  index: rule.index,
  fields: fieldsOf(rule),
}));
