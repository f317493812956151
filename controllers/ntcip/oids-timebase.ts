/**
 * Time base objects, A.5: the local plan a controller runs when nobody outside commands it.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, BYTE, type ObjectSpec, scalar, table } from "./oids-object.ts";

const A = `${ASC}.5`;

export const timebaseObjects = {
  maxTimebaseAscActions: scalar(`${A}.2`, "S", BYTE),
  /** 1..253 a pattern, 254 free, 255 flash. */
  timebaseAscPattern: table(`${A}.3.1`, ["action"])(2, "P", BYTE),
  /** Action row in force; 0 none. */
  timebaseAscActionStatus: scalar(`${A}.4`, "S", BYTE),
} as const satisfies Readonly<Record<string, ObjectSpec>>;
