/**
 * Overlap objects, A.9.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, as, BYTE, type ObjectSpec, scalar, table } from "./oids-object.ts";

const A = `${ASC}.9`;
const overlap = table(`${A}.2.1`, ["overlap"]);
const status = table(`${A}.4.1`, ["overlap_group"]);

export const overlapObjects = {
  maxOverlaps: scalar(`${A}.1`, "S", BYTE),
  overlapNumber: overlap.number(1),
  overlapType: overlap(2, "P2", [1, 3]),
  /** One octet per phase number. */
  overlapIncludedPhases: as("octets", overlap(3, "P2", BYTE)),
  overlapModifierPhases: as("octets", overlap(4, "P2", BYTE)),
  overlapTrailGreen: overlap(5, "P", BYTE, "s"),
  overlapTrailYellow: overlap(6, "P", BYTE, "ds"),
  overlapTrailRed: overlap(7, "P", BYTE, "ds"),
  maxOverlapStatusGroups: scalar(`${A}.3`, "S", BYTE),
  overlapStatusGroupNumber: status.number(1),
  overlapStatusGroupReds: status(2, "S", BYTE, "bits"),
  overlapStatusGroupYellows: status(3, "S", BYTE, "bits"),
  overlapStatusGroupGreens: status(4, "S", BYTE, "bits"),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Values of `overlapType`. */
export const overlapType = { other: 1, normal: 2, minusGreenYellow: 3 } as const;
