/** Objects a device was found to lack. SNMPv1 refuses a whole request for one of them, so each is asked for once. */
import { type Cell, cellKey } from "./cells.ts";

/** A scalar, or the first row of a table: a device without that has no such column. */
const isFirstRow = ({ index }: Cell): boolean => index.every((part) => part === 1);

export class KnownAbsent {
  readonly #names: Set<string>;

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

  add(cell: Cell): void {
    if (!isFirstRow(cell)) {
      this.#names.add(cellKey(cell));
      return;
    }
    for (const name of this.#names) if (name.startsWith(`${cell.name}.`)) this.#names.delete(name);
    this.#names.add(cell.name);
  }
}
