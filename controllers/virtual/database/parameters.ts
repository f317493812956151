/** The device's parameter database: every P and P2 object. Immutable; a change makes a new one. */
import type { ObjectName } from "../../ntcip/oids.ts";
import type { ParameterPlaces } from "./parameter-places.ts";

/** An integer, a list of numbers, or text. */
export type Value = number | readonly number[] | string;

/** Fills one value of a database that is being made. */
export type Put = (name: ObjectName, value: Value, ...index: readonly number[]) => void;

export class Parameters {
  readonly #places: ParameterPlaces;
  readonly #values: readonly Value[];
  readonly #checksum: number;

  /** `values` in the order of their places. */
  constructor(places: ParameterPlaces, values: readonly Value[], checksum?: number) {
    this.#places = places;
    this.#values = values;
    this.#checksum = checksum ?? values.reduce<number>((sum, value, place) => sum ^ markOf(places, place, value), 0);
  }

  value(identifier: string): Value | undefined {
    const place = this.#places.find(identifier);
    return place === undefined ? undefined : this.#values[place];
  }

  /** An integer parameter. Asking for what the device does not have is a bug and throws. */
  number(name: ObjectName, ...index: readonly number[]): number {
    const value = this.#values[this.#places.of(name, index)];
    if (typeof value !== "number") throw new Error(`${name}.${index.join(".")} is not an integer parameter`);
    return value;
  }

  /** A list-of-numbers parameter. */
  list(name: ObjectName, ...index: readonly number[]): readonly number[] {
    const value = this.#values[this.#places.of(name, index)];
    if (typeof value !== "object") throw new Error(`${name}.${index.join(".")} is not a list parameter`);
    return value;
  }

  /** By identifier; one that is no parameter is a bug and throws. */
  with(changes: ReadonlyMap<string, Value>): Parameters {
    const values = [...this.#values];
    let checksum = this.#checksum;
    for (const [identifier, value] of changes) {
      const place = this.#places.find(identifier);
      if (place === undefined) throw new Error(`${identifier} is not a parameter`);
      checksum ^= markOf(this.#places, place, values[place] ?? 0) ^ markOf(this.#places, place, value);
      values[place] = value;
    }
    return new Parameters(this.#places, values, checksum);
  }

  /**
   * `globalSetIDParameter`: the CRC-16/CCITT-FALSE of every value with its identifier, joined by exclusive or, so that a
   * change costs as much as what it changes.
   */
  checksum(): number {
    return this.#checksum;
  }
}

function markOf(places: ParameterPlaces, place: number, value: Value): number {
  return crc16(`${places.identifiers[place]}=${typeof value === "object" ? value.join(",") : value};`);
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, octet) => {
  let crc = octet << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) !== 0 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  return crc;
});

function crc16(text: string): number {
  let crc = 0xffff;
  for (let at = 0; at < text.length; at += 1) {
    crc = ((crc << 8) & 0xffff) ^ (CRC_TABLE[(crc >> 8) ^ (text.charCodeAt(at) & 0xff)] ?? 0);
  }
  return crc;
}
