/**
 * Time base objects, A.5 and G.3: the clock, and the local plan a controller runs when nobody outside commands it.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, as, BYTE, GLOBAL, LONG, type ObjectSpec, scalar, table, WORD } from "./oids-object.ts";

const A = `${ASC}.5`;
const G = `${GLOBAL}.3`;
const action = table(`${A}.3.1`, ["action"]);
const schedule = table(`${G}.3.2.1`, ["schedule"]);
const dayPlan = table(`${G}.3.5.1`, ["day_plan", "day_plan_event"]);

export const timebaseObjects = {
  /** Minutes past midnight; 65535: the time of the action is the reference. */
  timebaseAscPatternSync: scalar(`${A}.1`, "P", WORD, "min"),
  maxTimebaseAscActions: scalar(`${A}.2`, "S", BYTE),
  timebaseAscActionNumber: action.number(1),
  /** 0 none, 1..253 a pattern, 254 free, 255 flash. */
  timebaseAscPattern: action(2, "P", BYTE),
  timebaseAscAuxillaryFunction: action(3, "P", BYTE, "bits"),
  timebaseAscSpecialFunction: action(4, "P", BYTE, "bits"),
  /** Action row in force; 0 none. */
  timebaseAscActionStatus: scalar(`${A}.4`, "S", BYTE),
  /** Seconds since 1970-01-01T00:00:00Z. */
  globalTime: as("counter", scalar(`${G}.1`, "C", LONG, "s")),
  globalDaylightSaving: scalar(`${G}.2`, "P", [1, 3]),
  /** Local standard time minus UTC. */
  globalLocalTimeDifferential: scalar(`${G}.4`, "P", [-43200, 43200], "s"),
  maxTimeBaseScheduleEntries: scalar(`${G}.3.1`, "S", WORD),
  timeBaseScheduleNumber: schedule.number(1, [1, 65535]),
  /** Bit 1 is January. */
  timeBaseScheduleMonth: schedule(2, "P", WORD, "bits"),
  /** Bit 1 is Sunday. */
  timeBaseScheduleDay: schedule(3, "P", BYTE, "bits"),
  /** Bit 1 is the first of the month. */
  timeBaseScheduleDate: schedule(4, "P", LONG, "bits"),
  /** 0: the entry is not used. */
  timeBaseScheduleDayPlan: schedule(5, "P", BYTE),
  maxDayPlans: scalar(`${G}.3.3`, "S", BYTE),
  maxDayPlanEvents: scalar(`${G}.3.4`, "S", BYTE),
  dayPlanNumber: dayPlan.number(1),
  dayPlanEventNumber: dayPlan.number(2),
  dayPlanHour: dayPlan(3, "P", [0, 23]),
  dayPlanMinute: dayPlan(4, "P", [0, 59]),
  /** Identifier of a `timebaseAscActionNumber` instance; `noAction` where the event is not used. */
  dayPlanActionNumberOID: as("oid", dayPlan(5, "P", BYTE)),
  /** Day plan in force; 0 none. */
  dayPlanStatus: scalar(`${G}.3.6`, "S", BYTE),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Values of `globalDaylightSaving`. */
export const daylightSaving = { other: 1, disabled: 2, unitedStates: 3 } as const;

/** Value of `dayPlanActionNumberOID` that names no action. */
export const noAction = "0.0";
