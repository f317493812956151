/**
 * Coordination objects, A.4.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, BIT, BYTE, type ObjectSpec, scalar, table } from "./oids-object.ts";

const A = `${ASC}.4`;
const pattern = table(`${A}.7.1`, ["pattern"]);
const split = table(`${A}.9.1`, ["split", "phase"]);

export const coordObjects = {
  /** Must be 0 (automatic) for central control. */
  coordOperationalMode: scalar(`${A}.1`, "P", BYTE),
  coordCorrectionMode: scalar(`${A}.2`, "P", [1, 4]),
  coordMaximumMode: scalar(`${A}.3`, "P", [1, 4]),
  coordForceMode: scalar(`${A}.4`, "P", [1, 3]),
  maxPatterns: scalar(`${A}.5`, "S", [0, 253]),
  patternTableType: scalar(`${A}.6`, "S", [1, 4]),
  patternNumber: pattern.number(1),
  patternCycleTime: pattern(2, "P2", BYTE, "s"),
  patternOffsetTime: pattern(3, "P", BYTE, "s"),
  patternSplitNumber: pattern(4, "P", BYTE),
  patternSequenceNumber: pattern(5, "P2", BYTE),
  maxSplits: scalar(`${A}.8`, "S", BYTE),
  splitNumber: split.number(1),
  splitPhase: split.number(2),
  splitTime: split(3, "P", BYTE, "s"),
  splitMode: split(4, "P", [1, 7]),
  splitCoordPhase: split(5, "P", BIT),
  coordPatternStatus: scalar(`${A}.10`, "S", BYTE),
  localFreeStatus: scalar(`${A}.11`, "S", [1, 11]),
  /** Counts down from the cycle length to 0. */
  coordCycleStatus: scalar(`${A}.12`, "S", [0, 510], "s"),
  /** Counts up since the system reference point. */
  coordSyncStatus: scalar(`${A}.13`, "S", [0, 510], "s"),
  systemPatternControl: scalar(`${A}.14`, "C", BYTE),
  systemSyncControl: scalar(`${A}.15`, "C", BYTE),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Values of `coordPatternStatus`, `systemPatternControl` and `coordOperationalMode` that are not patterns. */
export const specialPattern = { standby: 0, free: 254, flash: 255 } as const;

/** Values of `localFreeStatus`. */
export const localFreeStatus = {
  other: 1,
  notFree: 2,
  commandFree: 3,
  transitionFree: 4,
  inputFree: 5,
  coordFree: 6,
  badPlan: 7,
  badCycleTime: 8,
  splitOverrun: 9,
  invalidOffset: 10,
  failed: 11,
} as const;

/** Values of `splitMode`. */
export const splitMode = {
  other: 1,
  none: 2,
  minVehRecall: 3,
  maxVehRecall: 4,
  pedRecall: 5,
  maxVehAndPedRecall: 6,
  phaseOmitted: 7,
} as const;

/** Values of `coordCorrectionMode`. */
export const correctionMode = { other: 1, dwell: 2, shortway: 3, addOnly: 4 } as const;

/** Values of `coordMaximumMode`. */
export const maximumMode = { other: 1, maximum1: 2, maximum2: 3, maxInhibit: 4 } as const;

/** Values of `coordForceMode`. */
export const forceMode = { other: 1, floating: 2, fixed: 3 } as const;

/** Values of `patternTableType`. */
export const patternTableType = { other: 1, patterns: 2, offset3: 3, offset5: 4 } as const;
