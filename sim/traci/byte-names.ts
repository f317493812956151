/** Names as they come over the wire, known again by their bytes, without a string for each time that they come. */
import { Buffer } from "node:buffer";

const firstSlots = 1024;
const NONE = -1;

/** FNV-1a, 32 bits (Fowler, Noll and Vo). */
function hashOf(bytes: Buffer, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}

export class ByteNames {
  /** In the order in which they were first seen. */
  readonly names: string[] = [];
  readonly #bytes: Buffer[] = [];
  #slots = new Int32Array(firstSlots).fill(NONE);

  constructor(names: readonly string[] = []) {
    for (const name of names) {
      const bytes = Buffer.from(name);
      this.take(bytes, 0, bytes.length);
    }
  }

  /** The place of a name among `names`; -1 of one that is not known. */
  find(bytes: Buffer, from: number, to: number): number {
    return this.#slots[this.#slot(bytes, from, to)] as number;
  }

  /** The same; one that is not known becomes the last. */
  take(bytes: Buffer, from: number, to: number): number {
    const slot = this.#slot(bytes, from, to);
    const known = this.#slots[slot] as number;
    if (known !== NONE) return known;
    const place = this.names.length;
    this.#bytes.push(Buffer.from(bytes.subarray(from, to)));
    this.names.push(bytes.toString("utf8", from, to));
    this.#slots[slot] = place;
    if (2 * this.names.length > this.#slots.length) this.#grow();
    return place;
  }

  /** Where the name is, or would be. */
  #slot(bytes: Buffer, from: number, to: number): number {
    const last = this.#slots.length - 1;
    let slot = hashOf(bytes, from, to) & last;
    for (;;) {
      const place = this.#slots[slot] as number;
      if (place === NONE || (this.#bytes[place] as Buffer).compare(bytes, from, to) === 0) return slot;
      slot = (slot + 1) & last;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(NONE);
    for (const [place, bytes] of this.#bytes.entries()) this.#slots[this.#slot(bytes, 0, bytes.length)] = place;
  }
}
