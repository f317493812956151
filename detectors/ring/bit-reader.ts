/** Reads the bit fields of H.264 and H.265 parameter sets (ITU-T H.264 7.2 and 9.1; H.265 is alike). */

/** A unit's payload without its emulation prevention bytes: each 3 behind two zeros goes. */
export function rawPayload(unit: Uint8Array): Uint8Array {
  const raw = new Uint8Array(unit.length);
  let used = 0;
  let zeros = 0;
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    raw[used] = byte;
    used += 1;
  }
  return raw.subarray(0, used);
}

/** Past the end it yields zeros and sets `short`. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  short = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3];
    if (byte === undefined) {
      this.short = true;
      return 0;
    }
    const value = (byte >> (7 - (this.#at & 7))) & 1;
    this.#at += 1;
    return value;
  }

  bits(count: number): number {
    let value = 0;
    for (let n = 0; n < count; n += 1) value = value * 2 + this.bit();
    return value;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** Exponential Golomb, unsigned. */
  ue(): number {
    let zeros = 0;
    while (zeros < 32 && this.bit() === 0 && !this.short) zeros += 1;
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Exponential Golomb, signed: 0, 1, -1, 2, -2 … */
  se(): number {
    const folded = this.ue();
    return folded % 2 === 1 ? (folded + 1) / 2 : -folded / 2;
  }
}
