/**
 * Ring objects, A.7.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, as, BYTE, type ObjectSpec, scalar, table } from "./oids-object.ts";

const A = `${ASC}.7`;
const sequence = table(`${A}.3.1`, ["sequence", "ring"]);
const control = table(`${A}.5.1`, ["ring_group"]);

export const ringObjects = {
  maxRings: scalar(`${A}.1`, "S", BYTE),
  maxSequences: scalar(`${A}.2`, "S", BYTE),
  sequenceNumber: sequence.number(1),
  sequenceRingNumber: sequence.number(2),
  /** Phase order of one ring: one octet per phase number. */
  sequenceData: as("octets", sequence(3, "P2", BYTE)),
  maxRingControlGroups: scalar(`${A}.4`, "S", BYTE),
  ringControlGroupNumber: control.number(1),
  ringControlGroupStopTime: control(2, "C", BYTE, "bits"),
  ringControlGroupForceOff: control(3, "C", BYTE, "bits"),
  ringControlGroupMax2: control(4, "C", BYTE, "bits"),
  ringControlGroupMaxInhibit: control(5, "C", BYTE, "bits"),
  ringControlGroupPedRecycle: control(6, "C", BYTE, "bits"),
  ringControlGroupRedRest: control(7, "C", BYTE, "bits"),
  ringControlGroupOmitRedClear: control(8, "C", BYTE, "bits"),
  /** Bits 0 to 2 are a `ringInterval`, 3 to 5 a `ringEnd`. */
  ringStatus: table(`${A}.6.1`, ["ring"])(1, "S", BYTE, "bits"),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Code in the low bits of `ringStatus`. */
export const ringInterval = {
  minGreen: 0,
  extension: 1,
  maximum: 2,
  greenRest: 3,
  yellow: 4,
  redClear: 5,
  redRest: 6,
  undefined: 7,
} as const;

/** Why the green ended: bits of `ringStatus`. */
export const ringEnd = { gapOut: 1 << 3, maxOut: 1 << 4, forceOff: 1 << 5 } as const;
