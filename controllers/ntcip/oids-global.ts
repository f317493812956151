/**
 * Global objects: database transaction, configuration checksum, modules, event log, communities.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { as, BYTE, GLOBAL, LONG, NUMBER, type ObjectSpec, scalar, table, WORD } from "./oids-object.ts";

const SIGNED = [-2147483648, 2147483647] as const;
const device = table(`${GLOBAL}.1.3.1`, ["module"]);
const config = table(`${GLOBAL}.4.2.1`, ["event_config"]);
const log = table(`${GLOBAL}.4.4.1`, ["event_class", "event"]);
const eventClass = table(`${GLOBAL}.4.6.1`, ["event_class"]);
const community = table(`${GLOBAL}.5.3.1`, ["community"]);

export const globalObjects = {
  /** Checksum of the database: a change we did not make is a local edit at the cabinet. */
  globalSetIDParameter: scalar(`${GLOBAL}.1.1`, "S", WORD),
  globalMaxModules: scalar(`${GLOBAL}.1.2`, "S", BYTE),
  moduleNumber: device.number(1),
  moduleDeviceNode: as("oid", device(2, "S", BYTE)),
  moduleMake: as("text", device(3, "S", BYTE)),
  moduleModel: as("text", device(4, "S", BYTE)),
  moduleVersion: as("text", device(5, "S", BYTE)),
  moduleType: device(6, "S", [1, 3]),
  dbCreateTransaction: scalar(`${GLOBAL}.2.1`, "C", [1, 6]),
  dbVerifyStatus: scalar(`${GLOBAL}.2.6`, "S", [0, 3]),
  dbVerifyError: as("text", scalar(`${GLOBAL}.2.7`, "S", BYTE)),
  maxEventLogConfigs: scalar(`${GLOBAL}.4.1`, "S", WORD),
  eventConfigID: config.number(1, [1, 65535]),
  eventConfigClass: config(2, "P", NUMBER),
  eventConfigMode: config(3, "P", [1, 7]),
  eventConfigCompareValue: config(4, "P", SIGNED),
  eventConfigCompareValue2: config(5, "P", SIGNED),
  eventConfigCompareOID: as("oid", config(6, "P", BYTE)),
  eventConfigLogOID: as("oid", config(7, "P", BYTE)),
  eventConfigAction: config(8, "P", [1, 3]),
  eventConfigStatus: config(9, "S", [1, 4]),
  maxEventLogSize: scalar(`${GLOBAL}.4.3`, "S", WORD),
  eventLogClass: log.number(1),
  eventLogNumber: log.number(2),
  eventLogID: log(3, "S", WORD),
  eventLogTime: as("counter", log(4, "S", LONG, "s")),
  eventLogValue: as("opaque", log(5, "S", BYTE)),
  maxEventClasses: scalar(`${GLOBAL}.4.5`, "S", BYTE),
  eventClassNumber: eventClass.number(1),
  eventClassLimit: eventClass(2, "P", BYTE),
  /** Events of the class up to this second of `globalTime` are dropped. */
  eventClassClearTime: as("counter", eventClass(3, "C", LONG, "s")),
  eventClassDescription: as("text", eventClass(4, "P", BYTE)),
  eventClassNumRowsInLog: eventClass(5, "S", BYTE),
  communityNameAdmin: { ...as("text", scalar(`${GLOBAL}.5.1`, "C", [8, 16])), secret: true },
  communityNamesMax: scalar(`${GLOBAL}.5.2`, "S", NUMBER),
  communityNameIndex: community.number(1),
  communityNameUser: { ...as("text", community(2, "C", [6, 16])), secret: true },
  /** 0: may read; anything else: may also write. */
  communityNameAccessMask: { ...as("gauge", community(3, "C", LONG, "bits")), secret: true },
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Values of `dbCreateTransaction`. */
export const dbState = { normal: 1, transaction: 2, verify: 3, done: 6 } as const;

/** Values of `dbVerifyStatus` as the 1201 v01 module numbers them; later texts start at 1. */
export const dbVerify = { notDone: 0, doneWithError: 1, doneWithNoError: 2 } as const;

/** Values of `eventConfigMode`. */
export const eventMode = {
  other: 1,
  onChange: 2,
  greaterThanValue: 3,
  smallerThanValue: 4,
  hysteresisBound: 5,
  periodic: 6,
  andedWithValue: 7,
} as const;

/** Values of `eventConfigAction`. */
export const eventAction = { other: 1, disabled: 2, log: 3 } as const;
