/**
 * Unit objects, A.3.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, BYTE, type ObjectSpec, scalar, table } from "./oids-object.ts";

const A = `${ASC}.3`;

export const unitObjects = {
  unitStartUpFlash: scalar(`${A}.1`, "P", BYTE, "s"),
  unitAutoPedestrianClear: scalar(`${A}.2`, "P", [1, 2]),
  /** Control objects expire after this long without a SET of one; 0 disables the fail-safe. */
  unitBackupTime: scalar(`${A}.3`, "P", [0, 65535], "s"),
  unitRedRevert: scalar(`${A}.4`, "P", BYTE, "ds"),
  unitControlStatus: scalar(`${A}.5`, "S", [1, 8]),
  unitFlashStatus: scalar(`${A}.6`, "S", [1, 8]),
  unitAlarmStatus2: scalar(`${A}.7`, "S", BYTE, "bits"),
  unitAlarmStatus1: scalar(`${A}.8`, "S", BYTE, "bits"),
  shortAlarmStatus: scalar(`${A}.9`, "S", BYTE, "bits"),
  unitControl: scalar(`${A}.10`, "C", BYTE, "bits"),
  maxAlarmGroups: scalar(`${A}.11`, "S", BYTE),
  alarmGroupState: table(`${A}.12.1`, ["group"])(2, "S", BYTE, "bits"),
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
export const alarm1 = { coordFault: 1 << 1, mmuFlash: 1 << 4, localFree: 1 << 6, coordActive: 1 << 7 } as const;

/** Bits of `unitAlarmStatus2`; `powerRestart` is latched until read. */
export const alarm2 = { powerRestart: 1 << 0, offsetTransitioning: 1 << 5 } as const;

/** Bits of `shortAlarmStatus`; `localCycleZero` is latched until read. */
export const shortAlarm = {
  flash: 1 << 1,
  localCycleZero: 1 << 2,
  localOverride: 1 << 3,
  coordinationAlarm: 1 << 4,
} as const;
