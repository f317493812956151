/**
 * Objects a device was found to lack. SNMPv1 refuses a whole request for one of them, so none is asked for again once it is
 * known; and over v1 and v2c no digest tells a broken answer from a true one, so it is known only when two have said so.
 */
import { type Cell, cellKey } from "./cells.ts";

/** A scalar, or the first row of a table: a device without that has no such column. */
const isFirstRow = ({ index }: Cell): boolean => index.every((part) => part === 1);

export class KnownAbsent {
  readonly #names: Set<string>;
  /** Said to be missing once, and not seen since. */
  readonly #suspects = new Set<string>();

  /** Columns (`phaseRedRevert`) and instances (`patternCycleTime.49`). */
  constructor(names: readonly string[] = []) {
    this.#names = new Set(names);
  }

  get names(): readonly string[] {
    return [...this.#names].sort();
  }

  has(cell: Cell): boolean {
    return this.#names.has(cell.name) || this.#names.has(cellKey(cell));
  }

  /** An answer said that the device has no such object. Whether it is believed: by the second answer in a row. */
  missed(cell: Cell): boolean {
    const key = cellKey(cell);
    if (!this.#suspects.delete(key)) {
      this.#suspects.add(key);
      return false;
    }
    this.#add(cell);
    return true;
  }

  /** An answer held its value. */
  seen(key: string): void {
    this.#suspects.delete(key);
  }

  #add(cell: Cell): void {
    if (!isFirstRow(cell)) {
      this.#names.add(cellKey(cell));
      return;
    }
    for (const name of this.#names) if (name.startsWith(`${cell.name}.`)) this.#names.delete(name);
    this.#names.add(cell.name);
  }
}
