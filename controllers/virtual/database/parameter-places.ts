/** Where the value of every parameter lies in a device's database. Devices of the same sizes share one. */
import { type ObjectIndex, type ObjectName, objectNames, objects } from "../../ntcip/oids.ts";

interface Column {
  readonly first: number;
  readonly lengths: readonly number[];
}

/** True for what a database transaction buffers. */
export function isParameter(name: ObjectName): boolean {
  const kind = objects[name].kind;
  return kind === "P" || kind === "P2";
}

/** Every P and P2 object the table lists. */
export const parameterNames = objectNames.filter(isParameter);

export class ParameterPlaces {
  /** In the order of their places. */
  readonly identifiers: readonly string[];
  readonly #columns = new Map<ObjectName, Column>();
  readonly #byIdentifier: ReadonlyMap<string, number>;

  constructor(rows: Readonly<Record<ObjectIndex, number>>) {
    const identifiers: string[] = [];
    for (const name of parameterNames) {
      const spec = objects[name];
      const lengths = spec.index.map((index) => rows[index]);
      this.#columns.set(name, { first: identifiers.length, lengths });
      const [outer = 0, inner = 0] = lengths;
      if (lengths.length === 0) identifiers.push(`${spec.oid}.0`);
      for (let row = 1; row <= outer; row += 1) {
        if (lengths.length === 1) identifiers.push(`${spec.oid}.${row}`);
        for (let part = 1; part <= inner; part += 1) identifiers.push(`${spec.oid}.${row}.${part}`);
      }
    }
    this.identifiers = identifiers;
    this.#byIdentifier = new Map(identifiers.map((identifier, place) => [identifier, place]));
  }

  find(identifier: string): number | undefined {
    return this.#byIdentifier.get(identifier);
  }

  /** Asking for what the device does not have is a bug and throws. */
  of(name: ObjectName, index: readonly number[]): number {
    const column = this.#columns.get(name);
    if (column?.lengths.length !== index.length)
      throw new Error(`${name} is no parameter with ${index.length} indices`);
    let row = 0;
    for (let part = 0; part < index.length; part += 1) {
      const [number = 0, length = 0] = [index[part], column.lengths[part]];
      if (number < 1 || number > length) throw new Error(`the device has no ${name}.${index.join(".")}`);
      row = row * length + number - 1;
    }
    return column.first + row;
  }

  /** Places of all rows of one parameter. */
  all(name: ObjectName): readonly number[] {
    const column = this.#columns.get(name);
    if (column === undefined) throw new Error(`${name} is not a parameter`);
    const rows = column.lengths.reduce((product, length) => product * length, 1);
    return Array.from({ length: rows }, (_, row) => column.first + row);
  }
}
