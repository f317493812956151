/** The part of a SET that depends on nothing but the object table: does it exist, may it be written, is it in range. */
import { type ObjectSpec, objects } from "../../ntcip/oids.ts";
import type { Instance, Layout } from "./layout.ts";
import type { SetFault, Write } from "./object-store.ts";
import type { Value } from "./parameters.ts";

/** Bits 0 and 1 of `unitControl` are reserved; setting one is a bad value. */
const UNIT_CONTROL_RESERVED = 0b11;
const LARGEST_INTEGER = 2_147_483_647;
const BITS_32 = 4_294_967_296;

export interface CheckedWrite {
  readonly instance: Instance;
  readonly spec: ObjectSpec;
  readonly value: Value;
}

export function checkWrite(layout: Layout, write: Write): CheckedWrite | SetFault {
  const instance = layout.find(write.oid);
  if (instance === undefined) return "noCreation";
  const spec = objects[instance.name];
  if (spec.kind === "S") return "notWritable";
  const value = keptValue(spec, write);
  if (value === null) return "wrongType";
  if (!fits(spec, value)) return typeof value === "number" ? "wrongValue" : "wrongLength";
  if (instance.name === "unitControl" && (Number(value) & UNIT_CONTROL_RESERVED) !== 0) return "wrongValue";
  return { instance, spec, value };
}

/** The value as it is kept, or null when it came as another type than the object's. */
function keptValue(spec: ObjectSpec, { syntax, value }: Write): Value | null {
  switch (spec.syntax) {
    case "integer":
      return syntax === "integer" ? unsigned(spec, Number(value)) : null;
    case "counter":
    case "gauge":
      // Some managers have no other way of writing a counter than as an integer.
      return typeof value === "number" && syntax !== null ? value : null;
    case "octets":
      return syntax === "octets" ? value : null;
    case "text":
      return syntax === "octets" ? Buffer.from(value as readonly number[]).toString("latin1") : null;
    case "oid":
      return syntax === "oid" ? value : null;
    case "opaque":
      return null;
  }
}

/** A bit field of 32 bits travels as an INTEGER, whose highest bit is a sign. */
function unsigned({ max }: ObjectSpec, value: number): number {
  return max > LARGEST_INTEGER && value < 0 ? value + BITS_32 : value;
}

function fits({ syntax, min, max }: ObjectSpec, value: Value): boolean {
  if (syntax === "oid") return true;
  const size = typeof value === "number" ? value : value.length;
  return size >= min && size <= max;
}
