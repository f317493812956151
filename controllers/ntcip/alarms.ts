/** The bits of a device's alarm objects as words, and what changed between two readings. */
import { alarm1, alarm2, shortAlarm } from "./oids.ts";

export interface AlarmBits {
  /** Null where the device lacks the object. */
  readonly alarm1: number | null;
  readonly alarm2: number | null;
  readonly short: number | null;
}

/** `powerRestart`, `short.preempt`: names of the MIB; those of `shortAlarmStatus` carry its name. */
export type AlarmName = keyof typeof alarm1 | keyof typeof alarm2 | `short.${Extract<keyof typeof shortAlarm, string>}`;

/** True at the moment of reading only: the device forgets them when it has said them. */
const MOMENTS: ReadonlySet<AlarmName> = new Set<AlarmName>(["powerRestart", "short.localCycleZero"]);
/** How the street runs, rather than something wrong with it. */
const MODES: ReadonlySet<AlarmName> = new Set<AlarmName>(["coordActive", "offsetTransitioning"]);

const setIn = (bits: number | null, names: Readonly<Record<string, number>>, prefix = ""): readonly AlarmName[] =>
  bits === null
    ? []
    : Object.entries(names).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [`${prefix}${name}` as AlarmName]));

/** Everything that is set. */
export const alarmsIn = (bits: AlarmBits): readonly AlarmName[] => [
  ...setIn(bits.alarm1, alarm1),
  ...setIn(bits.alarm2, alarm2),
  ...setIn(bits.short, shortAlarm, "short."),
];

/** Alarms a person should see. */
export const isTrouble = (alarm: AlarmName): boolean => !MODES.has(alarm) && alarm !== "short.localCycleZero";

export interface AlarmChange {
  readonly alarm: AlarmName;
  /** `occurred`: a moment, such as a restart, that has no end. */
  readonly change: "raised" | "cleared" | "occurred";
}

/** `before`: null at the first reading, when everything set counts as raised. */
export function alarmChanges(before: AlarmBits | null, now: AlarmBits): readonly AlarmChange[] {
  const [had, has] = [new Set(before === null ? [] : alarmsIn(before)), alarmsIn(now)];
  const occurred = has.filter((alarm) => MOMENTS.has(alarm));
  const raised = has.filter((alarm) => !MOMENTS.has(alarm) && !had.has(alarm));
  const cleared = [...had].filter((alarm) => !MOMENTS.has(alarm) && !has.includes(alarm));
  return [
    ...occurred.map((alarm) => ({ alarm, change: "occurred" as const })),
    ...raised.map((alarm) => ({ alarm, change: "raised" as const })),
    ...cleared.map((alarm) => ({ alarm, change: "cleared" as const })),
  ];
}
