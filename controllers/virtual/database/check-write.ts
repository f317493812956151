/** The part of a SET that depends on nothing but the object table: does it exist, may it be written, is it in range. */
import { type ObjectSpec, objects } from "../../ntcip/oids.ts";
import type { Instance, Layout } from "./layout.ts";
import type { SetFault, Write } from "./object-store.ts";

/** Bits 0 and 1 of `unitControl` are reserved; setting one is a bad value. */
const UNIT_CONTROL_RESERVED = 0b11;

export interface CheckedWrite {
  readonly instance: Instance;
  readonly spec: ObjectSpec;
  readonly value: number | readonly number[];
}

export function checkWrite(layout: Layout, write: Write): CheckedWrite | SetFault {
  const instance = layout.find(write.oid);
  if (instance === undefined) return "noCreation";
  const spec = objects[instance.name];
  if (spec.kind === "S") return "notWritable";
  const fault = typeof write.value === "number" ? numberFault(spec, write, write.value) : listFault(spec, write.value);
  if (fault !== null) return fault;
  if (instance.name === "unitControl" && (Number(write.value) & UNIT_CONTROL_RESERVED) !== 0) return "wrongValue";
  return { instance, spec, value: write.value };
}

function numberFault(spec: ObjectSpec, write: Write, value: number): SetFault | null {
  if (spec.syntax === "octets" || spec.syntax === "text" || write.syntax === null) return "wrongType";
  if (spec.syntax === "integer" && write.syntax !== "integer") return "wrongType";
  return value < spec.min || value > spec.max ? "wrongValue" : null;
}

function listFault(spec: ObjectSpec, value: readonly number[]): SetFault | null {
  if (spec.syntax !== "octets") return "wrongType";
  return value.length < spec.min || value.length > spec.max ? "wrongLength" : null;
}
