/** Inputs or outputs of a site: each has a level, and a level that somebody may force upon it. */
export class Lines {
  readonly #level: boolean[];
  readonly #forced: boolean[];

  constructor(count: number) {
    this.#level = new Array<boolean>(count).fill(false);
    this.#forced = new Array<boolean>(count).fill(false);
  }

  get count(): number {
    return this.#level.length;
  }

  has(line: number): boolean {
    return Number.isInteger(line) && line >= 1 && line <= this.count;
  }

  isOn(line: number): boolean {
    return this.#level[line - 1] === true;
  }

  isForced(line: number): boolean {
    return this.#forced[line - 1] === true;
  }

  /** Without effect while the line is forced. */
  set(line: number, on: boolean): void {
    if (this.has(line) && !this.isForced(line)) this.#level[line - 1] = on;
  }

  force(line: number, on: boolean): void {
    if (!this.has(line)) return;
    this.#forced[line - 1] = true;
    this.#level[line - 1] = on;
  }

  /** Nothing else drives the lines of this site, so that a released one stays at the level it had. */
  release(line: number): void {
    this.#forced[line - 1] = false;
  }

  /** One character for each, first line first. */
  get levels(): string {
    return this.#level.map(digit).join("");
  }

  get forcings(): string {
    return this.#forced.map(digit).join("");
  }
}

const digit = (on: boolean): string => (on ? "1" : "0");

export interface BlockOrder {
  readonly on: readonly number[];
  readonly off: readonly number[];
}

const BLOCK = /^\s*(\d{1,3})\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*$/;

/**
 * Blocks of sixteen as M0012 and M0013 write them, `offset,bits to set,bits to unset`, separated by semicolons (the list's own
 * examples have colons too). Null when the text is not of that form.
 */
export function readBlocks(text: string): BlockOrder | null {
  const on = new Set<number>();
  const off = new Set<number>();
  for (const block of text.split(/[;:]/)) {
    const found = BLOCK.exec(block);
    if (found === null) return null;
    const [offset, set, unset] = found.slice(1).map(Number);
    if (offset === undefined || set === undefined || unset === undefined || set > 0xffff || unset > 0xffff) return null;
    for (let bit = 0; bit < 16; bit++) {
      if ((set & (1 << bit)) !== 0) on.add(offset + bit);
      if ((unset & (1 << bit)) !== 0) off.add(offset + bit);
    }
  }
  return { on: [...on], off: [...off] };
}
