/**
 * Where the numbers of a street lie: side by side in one memory, in which the compiled step (`compiled-step.ts`) works as well.
 * It is taken in one piece and does not grow; what finds no room in it lies elsewhere, and the step is then not compiled.
 */

/** What is used of WebAssembly, which `@types/node` does not declare. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
};

export type Column = Float64Array | Int32Array | Uint8Array;

const page_bytes = 65_536;
const mostPages = 65_536;
const line_bytes = 64;
/** The beginning is left to the cells that say where columns lie. */
const first = 4096;
const NONE = -1;

/** As much as asked for, or half of it, or half of that; null where a machine has not even `least` pages in one piece. */
function memoryOf(pages: number, least: number): { readonly buffer: ArrayBuffer } | null {
  for (let size = Math.min(pages, mostPages); size >= least; size = Math.floor(size / 2)) {
    try {
      return new WebAssembly.Memory({ initial: size, maximum: size });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return null;
}

export class Columns {
  readonly memory: { readonly buffer: ArrayBuffer } | null;
  /** Of those that only their owner sees: by its class and field. */
  readonly named = new Map<string, Column>();
  readonly #buffer: ArrayBuffer | null;
  #end = first;
  /** Something was laid out since this was set back: addresses may have changed. */
  moved = false;

  /** `bytes`: 0 for columns that nothing compiled works with. Pages that nobody writes to take no real memory. */
  constructor(bytes = 0) {
    const pages = Math.ceil((first + bytes) / page_bytes);
    this.memory = bytes === 0 ? null : memoryOf(pages, Math.ceil(pages / 8));
    this.#buffer = this.memory?.buffer ?? null;
  }

  floats(count: number, fill = 0): Float64Array<ArrayBuffer> {
    const at = this.#take(8 * count);
    const column = at === NONE ? new Float64Array(count) : new Float64Array(this.#buffer as ArrayBuffer, at, count);
    return fill === 0 ? column : column.fill(fill);
  }

  whole(count: number, fill = NONE): Int32Array<ArrayBuffer> {
    const at = this.#take(4 * count);
    const column = at === NONE ? new Int32Array(count) : new Int32Array(this.#buffer as ArrayBuffer, at, count);
    return fill === 0 ? column : column.fill(fill);
  }

  bytes(count: number): Uint8Array<ArrayBuffer> {
    const at = this.#take(count);
    return at === NONE ? new Uint8Array(count) : new Uint8Array(this.#buffer as ArrayBuffer, at, count);
  }

  /** The same numbers here. */
  copy<T extends Column>(from: T): T {
    const { length } = from;
    const column =
      from instanceof Float64Array
        ? this.floats(length)
        : from instanceof Int32Array
          ? this.whole(length, 0)
          : this.bytes(length);
    column.set(from);
    return column as T;
  }

  name<T extends Column>(name: string, column: T): T {
    this.named.set(name, column);
    return column;
  }

  get room_bytes(): number {
    return (this.#buffer?.byteLength ?? 0) - this.#end;
  }

  holds(column: Column): boolean {
    return column.buffer === this.#buffer;
  }

  /** Its address; NONE where there is no room. */
  #take(bytes: number): number {
    const at = this.#end;
    this.moved = true;
    if (this.#buffer === null || at + bytes > this.#buffer.byteLength) return NONE;
    // A line more than needed, so that columns of like length do not all fall on the same sets of a processor's cache.
    this.#end = Math.ceil((at + bytes) / line_bytes + 1) * line_bytes;
    return at;
  }
}
