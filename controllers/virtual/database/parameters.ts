/** The device's parameter database: every P and P2 object by its full identifier. Immutable; a change makes a new one. */
import { type ObjectName, objects, oid } from "../../ntcip/oids.ts";

/** An integer, a list of numbers, or text. */
export type Value = number | readonly number[] | string;

export class Parameters {
  readonly #values: ReadonlyMap<string, Value>;

  constructor(values: ReadonlyMap<string, Value>) {
    this.#values = values;
  }

  value(identifier: string): Value | undefined {
    return this.#values.get(identifier);
  }

  /** An integer parameter. Asking for what the device does not have is a bug and throws. */
  number(name: ObjectName, ...index: readonly number[]): number {
    const value = this.#values.get(oid(name, ...index));
    if (typeof value !== "number") throw new Error(`${name}.${index.join(".")} is not an integer parameter`);
    return value;
  }

  /** A list-of-numbers parameter. */
  list(name: ObjectName, ...index: readonly number[]): readonly number[] {
    const value = this.#values.get(oid(name, ...index));
    if (typeof value !== "object") throw new Error(`${name}.${index.join(".")} is not a list parameter`);
    return value;
  }

  with(changes: ReadonlyMap<string, Value>): Parameters {
    return new Parameters(new Map([...this.#values, ...changes]));
  }

  /** CRC-16/CCITT-FALSE over all values in the order of the database: `globalSetIDParameter`. */
  checksum(): number {
    let crc = 0xffff;
    for (const [identifier, value] of this.#values) {
      crc = crc16(crc, `${identifier}=${typeof value === "object" ? value.join(",") : value};`);
    }
    return crc;
  }
}

function crc16(start: number, text: string): number {
  let crc = start;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) !== 0 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

/** True for what a database transaction buffers. */
export function isParameter(name: ObjectName): boolean {
  const kind = objects[name].kind;
  return kind === "P" || kind === "P2";
}
