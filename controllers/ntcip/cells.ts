/** One instance of one NTCIP object, its printable name, and its value as the wire carries it. */
import { ObjectType, type Varbind } from "net-snmp";
import { type ObjectName, type ObjectSpec, objects, oid } from "./oids.ts";

export interface Cell {
  readonly name: ObjectName;
  readonly index: readonly number[];
}

export interface IntegerValue extends Cell {
  readonly value: number;
}

/** A number, the octets of a list, or a text; an object identifier in dots is a text too. */
export type CellValue = number | readonly number[] | string;

export interface CellWrite extends Cell {
  readonly value: CellValue;
}

type Decoded = { readonly ok: true; readonly value: CellValue } | { readonly ok: false; readonly reason: string };

export const cell = (name: ObjectName, ...index: readonly number[]): Cell => ({ name, index });

export const cellOid = ({ name, index }: Cell): string => oid(name, ...index);

/** `splitTime.3.2`; `.0` for a scalar, as the MIB writes it. */
export const cellKey = ({ name, index }: Cell): string => `${name}.${index.length === 0 ? "0" : index.join(".")}`;

export const sameValue = (a: CellValue, b: CellValue): boolean =>
  typeof a === "object" && typeof b === "object"
    ? a.length === b.length && a.every((part, i) => part === b[i])
    : a === b;

const bad = (what: Cell, found: string): Decoded => ({ ok: false, reason: `${cellKey(what)} is ${found}` });

/** Counters and gauges are taken for one another: both are 32 bits without a sign, and devices mix them up. */
const NUMBERS: Readonly<Record<"integer" | "counter" | "gauge", readonly number[]>> = {
  integer: [ObjectType.Integer],
  counter: [ObjectType.Counter, ObjectType.Gauge],
  gauge: [ObjectType.Gauge, ObjectType.Counter],
};
const LARGEST_INTEGER = 2 ** 31 - 1;

function decodeInteger(what: Cell, spec: ObjectSpec, tags: readonly number[], varbind: Varbind): Decoded {
  const { type, value } = varbind;
  if (type === undefined || !tags.includes(type) || typeof value !== "number") {
    return bad(what, "not a number of the type 1202 gives it");
  }
  const number = spec.max > LARGEST_INTEGER ? value >>> 0 : value;
  if (number < spec.min || number > spec.max) return bad(what, `${number}, outside ${spec.min} to ${spec.max}`);
  return { ok: true, value: number };
}

function decodeOid(what: Cell, { type, value }: Varbind): Decoded {
  if (type !== ObjectType.OID || typeof value !== "string") return bad(what, "not an object identifier");
  return { ok: true, value };
}

/** Checks type and range against the object table: a device that breaks its own MIB is not believed. */
export function decodeVarbind(what: Cell, varbind: Varbind): Decoded {
  const spec = objects[what.name];
  const { syntax } = spec;
  if (syntax === "integer" || syntax === "counter" || syntax === "gauge") {
    return decodeInteger(what, spec, NUMBERS[syntax], varbind);
  }
  if (spec.syntax === "oid") return decodeOid(what, varbind);
  const { type, value } = varbind;
  const carrier = spec.syntax === "opaque" ? ObjectType.Opaque : ObjectType.OctetString;
  if (type !== carrier || !Buffer.isBuffer(value)) return bad(what, "not an octet string");
  return { ok: true, value: spec.syntax === "text" ? value.toString("latin1") : [...value] };
}

/** The value as it goes onto the wire. A value of another kind than the object's is a bug and throws. */
export function varbindOf(write: CellWrite): Varbind {
  const { value } = write;
  const oid = cellOid(write);
  const { syntax } = objects[write.name];
  if (typeof value === "number" && (syntax === "integer" || syntax === "counter" || syntax === "gauge")) {
    const [type = ObjectType.Integer] = NUMBERS[syntax];
    // An INTEGER carries 32 bits; a larger number travels as the same bits with a sign.
    return { oid, type, value: syntax === "integer" ? value | 0 : value };
  }
  if (typeof value === "string" && syntax === "oid") return { oid, type: ObjectType.OID, value };
  if (typeof value !== "number" && (syntax === "octets" || syntax === "text" || syntax === "opaque")) {
    const octets = typeof value === "string" ? Buffer.from(value, "latin1") : Buffer.from(value);
    return { oid, type: ObjectType.OctetString, value: octets };
  }
  throw new Error(`${cellKey(write)} cannot be ${JSON.stringify(value)}`);
}
