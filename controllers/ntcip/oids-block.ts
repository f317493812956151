/**
 * Block objects, A.11, and the dynamic objects of STMP: many values in one.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, as, BYTE, DYNAMIC, type ObjectSpec, scalar, table, WORD } from "./oids-object.ts";

const A = `${ASC}.11`;
const member = table(`${DYNAMIC}.1.1`, ["dynamic_object", "dynamic_member"]);
const config = table(`${DYNAMIC}.3.1.1`, ["dynamic_object"]);

export const blockObjects = {
  /** Data type, block number and their parameters of the block that `ascBlockData` shows. */
  ascBlockGetControl: as("octets", scalar(`${A}.1`, "C", [2, 12])),
  ascBlockData: as("octets", scalar(`${A}.2`, "C", [2, 65400])),
  ascBlockErrorStatus: scalar(`${A}.3`, "S", WORD),
  dynObjNumber: member.number(1, [1, 13]),
  dynObjIndex: member.number(2),
  dynObjVariable: as("oid", member(3, "C", BYTE)),
  dynObjConfigOwner: as("text", config(1, "C", BYTE)),
  dynObjConfigStatus: config(2, "C", [1, 3]),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Values of `dynObjConfigStatus`. */
export const dynamicState = { valid: 1, underCreation: 2, invalid: 3 } as const;
