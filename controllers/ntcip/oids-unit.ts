/**
 * Unit objects, A.3, and the cabinet's serial bus, A.10.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, BIT, BYTE, type ObjectSpec, scalar, table, WORD } from "./oids-object.ts";

const A = `${ASC}.3`;
const alarm = table(`${A}.12.1`, ["alarm_group"]);
const special = table(`${A}.14.1`, ["special_function"]);
const port = table(`${ASC}.10.2.1`, ["port"]);

export const unitObjects = {
  unitStartUpFlash: scalar(`${A}.1`, "P", BYTE, "s"),
  unitAutoPedestrianClear: scalar(`${A}.2`, "P", [1, 2]),
  /** Control objects expire after this long without a SET of one; 0 disables the fail-safe. */
  unitBackupTime: scalar(`${A}.3`, "P", WORD, "s"),
  unitRedRevert: scalar(`${A}.4`, "P", BYTE, "ds"),
  unitControlStatus: scalar(`${A}.5`, "S", [1, 8]),
  unitFlashStatus: scalar(`${A}.6`, "S", [1, 8]),
  unitAlarmStatus2: scalar(`${A}.7`, "S", BYTE, "bits"),
  unitAlarmStatus1: scalar(`${A}.8`, "S", BYTE, "bits"),
  shortAlarmStatus: scalar(`${A}.9`, "S", BYTE, "bits"),
  unitControl: scalar(`${A}.10`, "C", BYTE, "bits"),
  maxAlarmGroups: scalar(`${A}.11`, "S", BYTE),
  alarmGroupNumber: alarm.number(1),
  alarmGroupState: alarm(2, "S", BYTE, "bits"),
  maxSpecialFunctionOutputs: scalar(`${A}.13`, "S", BYTE),
  specialFunctionOutputNumber: special.number(1),
  /** v01's name for the control; v02 keeps it. */
  specialFunctionOutputState: special(2, "C", BIT),
  specialFunctionOutputControl: special(3, "C", BIT),
  specialFunctionOutputStatus: special(4, "S", BIT),
  maxPort1Addresses: scalar(`${ASC}.10.1`, "S", BYTE),
  port1Number: port.number(1),
  port1DevicePresent: port(2, "P", BIT),
  port1Frame40Enable: port(3, "P", BIT),
  port1Status: port(4, "S", [1, 3]),
  port1FaultFrame: port(5, "S", BYTE),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Values of `unitControlStatus`. */
export const controlStatus = {
  other: 1,
  systemControl: 2,
  systemStandby: 3,
  backupMode: 4,
  manual: 5,
  timebase: 6,
  interconnect: 7,
  interconnectBackup: 8,
} as const;

/** Values of `unitFlashStatus`. */
export const flashStatus = {
  other: 1,
  notFlash: 2,
  automatic: 3,
  localManual: 4,
  faultMonitor: 5,
  mmu: 6,
  startup: 7,
  preempt: 8,
} as const;

/** Bits of `unitAlarmStatus1`. */
export const alarm1 = {
  cycleFault: 1 << 0,
  coordFault: 1 << 1,
  coordFail: 1 << 2,
  cycleFail: 1 << 3,
  mmuFlash: 1 << 4,
  localFlash: 1 << 5,
  localFree: 1 << 6,
  coordActive: 1 << 7,
} as const;

/** Bits of `unitAlarmStatus2`; `powerRestart` is latched until read. */
export const alarm2 = {
  powerRestart: 1 << 0,
  lowBattery: 1 << 1,
  responseFault: 1 << 2,
  externalStart: 1 << 3,
  stopTime: 1 << 4,
  offsetTransitioning: 1 << 5,
} as const;

/** Bits of `shortAlarmStatus`; `localCycleZero` is latched until read. */
export const shortAlarm = {
  preempt: 1 << 0,
  flash: 1 << 1,
  localCycleZero: 1 << 2,
  localOverride: 1 << 3,
  coordinationAlarm: 1 << 4,
  detectorFault: 1 << 5,
  nonCritical: 1 << 6,
  critical: 1 << 7,
} as const;

/** Bits of `unitControl`; bits 0 and 1 are reserved. */
export const unitControlBit = {
  externalMinRecall: 1 << 2,
  callToNonAct1: 1 << 3,
  callToNonAct2: 1 << 4,
  walkRestModifier: 1 << 5,
  interconnect: 1 << 6,
  dimming: 1 << 7,
} as const;

/** Values of `port1Status`. */
export const port1Status = { other: 1, online: 2, responseFault: 3 } as const;
