/** Bytes in order, as replay files have them: little-endian, and whole numbers in groups of seven bits (LEB128). */

export class ByteWriter {
  #bytes = new Uint8Array(1 << 12);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#at] = value;
    this.#at += 1;
  }

  u32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff);
  }

  /** A whole number from 0 to 2^31 - 1. */
  count(value: number): void {
    this.#room(5);
    let left = value;
    while (left > 0x7f) {
      this.#bytes[this.#at] = (left & 0x7f) | 0x80;
      this.#at += 1;
      left >>>= 7;
    }
    this.#bytes[this.#at] = left;
    this.#at += 1;
  }

  /** A whole number of either sign, from -2^30 to 2^30 - 1: small ones are short. */
  signed(value: number): void {
    this.count((value << 1) ^ (value >> 31));
  }

  bytes(values: Uint8Array): void {
    this.#room(values.length);
    this.#bytes.set(values, this.#at);
    this.#at += values.length;
  }

  text(value: string): void {
    const encoded = new TextEncoder().encode(value);
    this.count(encoded.length);
    this.bytes(encoded);
  }

  /** Used again by what is written next. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  clear(): void {
    this.#at = 0;
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads the same; what is read beyond the end is 0, and `broken` says so. */
export class ByteReader {
  broken = false;
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) {
      this.broken = true;
      return 0;
    }
    this.#at += 1;
    return value;
  }

  u32(): number {
    let value = 0;
    for (let place = 1; place <= 0x1000000; place *= 0x100) value += this.byte() * place;
    return value;
  }

  count(): number {
    let [value, shift] = [0, 0];
    for (;;) {
      const next = this.byte();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) break;
      shift += 7;
      if (shift > 28) {
        this.broken = true;
        return 0;
      }
    }
    if (value < 0) this.broken = true;
    return Math.max(0, value);
  }

  signed(): number {
    const value = this.count();
    return (value >>> 1) ^ -(value & 1);
  }

  bytes(length: number): Uint8Array {
    if (length > this.left) {
      this.broken = true;
      return new Uint8Array(0);
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes(this.count()));
  }
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as of zip and PNG (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (table[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
