/** What an SNMP agent needs from a device: objects read one by one or in order, and SETs that hold together. */
import type { ObjectSpec } from "../../ntcip/oids.ts";
import type { Value } from "./parameters.ts";

/** `ticks` are hundredths of a second: no NTCIP object has them, but what every agent says about itself does. */
type Syntax = ObjectSpec["syntax"] | "ticks";

/** An object's value as the wire carries it. */
export interface Reading {
  readonly oid: string;
  readonly syntax: Syntax;
  readonly value: Value;
}

export interface Write {
  readonly oid: string;
  /** What the sender tagged it as; null for a type no NTCIP object has. */
  readonly syntax: "integer" | "counter" | "gauge" | "octets" | "oid" | null;
  /** A text comes as its octets, an object identifier in dotted form. */
  readonly value: Value;
}

/** SNMPv2 names; an SNMPv1 answer translates them (RFC 2089 section 2.1). */
export type SetFault =
  | "noAccess"
  | "noCreation"
  | "notWritable"
  | "wrongType"
  | "wrongLength"
  | "wrongValue"
  | "inconsistentValue"
  | "genErr";

export interface RefusedWrite {
  readonly fault: SetFault;
  /** Which of the writes, from 0. */
  readonly at: number;
}

export interface ObjectStore {
  /** `noSuchInstance` where the object exists but not under this index. */
  get(oid: string): Reading | "noSuchObject" | "noSuchInstance";
  /** The first object after `oid`, or null at the end. Reading it counts as a GET. */
  after(oid: string): Reading | null;
  /** All writes take effect, or none does and the first wrong one is named. `who` tells managers apart. */
  set(writes: readonly Write[], who: string): RefusedWrite | null;
}
