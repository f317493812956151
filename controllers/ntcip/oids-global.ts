/**
 * Global objects: database transaction, configuration checksum, time.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { GLOBAL, type ObjectSpec, scalar, table } from "./oids-object.ts";

const device = table(`${GLOBAL}.1.3.1`, ["module"]);
const text = (spec: ObjectSpec): ObjectSpec => ({ ...spec, syntax: "text" });

export const globalObjects = {
  /** Checksum of the database: a change we did not make is a local edit at the cabinet. */
  globalSetIDParameter: scalar(`${GLOBAL}.1.1`, "S", [0, 65535]),
  globalMaxModules: scalar(`${GLOBAL}.1.2`, "S", [0, 255]),
  moduleMake: text(device(3, "S", [0, 255])),
  moduleModel: text(device(4, "S", [0, 255])),
  moduleVersion: text(device(5, "S", [0, 255])),
  moduleType: device(6, "S", [1, 3]),
  dbCreateTransaction: scalar(`${GLOBAL}.2.1`, "C", [1, 6]),
  dbVerifyStatus: scalar(`${GLOBAL}.2.6`, "S", [0, 3]),
  dbVerifyError: text(scalar(`${GLOBAL}.2.7`, "S", [0, 255])),
  /** Seconds since 1970-01-01T00:00:00Z. */
  globalTime: { ...scalar(`${GLOBAL}.3.1`, "C", [0, 4294967295], "s"), syntax: "counter" },
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Values of `dbCreateTransaction`. */
export const dbState = { normal: 1, transaction: 2, verify: 3, done: 6 } as const;

/** Values of `dbVerifyStatus` as the 1201 v01 module numbers them; later texts start at 1. */
export const dbVerify = { notDone: 0, doneWithError: 1, doneWithNoError: 2 } as const;
