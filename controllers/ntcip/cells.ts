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

/** A number, the octets of a list, or a text. */
export type CellValue = number | readonly number[] | string;

type Decoded = { readonly ok: true; readonly value: CellValue } | { readonly ok: false; readonly reason: string };

export const cell = (name: ObjectName, ...index: readonly number[]): Cell => ({ name, index });

export const cellOid = ({ name, index }: Cell): string => oid(name, ...index);

/** `splitTime.3.2`; `.0` for a scalar, as the MIB writes it. */
export const cellKey = ({ name, index }: Cell): string => `${name}.${index.length === 0 ? "0" : index.join(".")}`;

const bad = (what: Cell, found: string): Decoded => ({ ok: false, reason: `${cellKey(what)} is ${found}` });

function decodeInteger(what: Cell, spec: ObjectSpec, varbind: Varbind): Decoded {
  const expected = spec.syntax === "counter" ? ObjectType.Counter : ObjectType.Integer;
  const { type, value } = varbind;
  if (type !== expected || typeof value !== "number") return bad(what, "not a number of the type 1202 gives it");
  if (value < spec.min || value > spec.max) return bad(what, `${value}, outside ${spec.min} to ${spec.max}`);
  return { ok: true, value };
}

/** Checks type and range against the object table: a device that breaks its own MIB is not believed. */
export function decodeVarbind(what: Cell, varbind: Varbind): Decoded {
  const spec = objects[what.name];
  if (spec.syntax === "integer" || spec.syntax === "counter") return decodeInteger(what, spec, varbind);
  const { type, value } = varbind;
  if (type !== ObjectType.OctetString || !Buffer.isBuffer(value)) return bad(what, "not an octet string");
  return { ok: true, value: spec.syntax === "text" ? value.toString("latin1") : [...value] };
}
