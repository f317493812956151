/** Reads the number forms of the NUT container from a small buffer, noticing when bytes are still missing. */

/** Reading past the end sets `short` and yields zeros: the caller then waits for more bytes and starts the packet again. */
export class NutReader {
  bytes: Uint8Array;
  at = 0;
  end = 0;
  short = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    if (this.at >= this.end) {
      this.short = true;
      return 0;
    }
    const value = this.bytes[this.at] ?? 0;
    this.at += 1;
    return value;
  }

  /** Variable length, seven bits a byte, most significant first. Exact up to 2^53. */
  v(): number {
    let value = 0;
    for (;;) {
      const byte = this.byte();
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  }

  /** Signed: 0, 1, -1, 2, -2 … */
  s(): number {
    const folded = this.v() + 1;
    const half = Math.floor(folded / 2);
    return folded % 2 === 1 ? -half : half;
  }

  u32(): number {
    return this.byte() * 0x1000000 + (this.byte() << 16) + (this.byte() << 8) + this.byte();
  }

  /** Length-prefixed bytes, none where they are not all there yet; the view lives until the buffer is refilled. */
  vb(): Uint8Array {
    const length = this.v();
    const from = this.at;
    this.skip(length);
    return this.bytes.subarray(from, this.short ? from : this.at);
  }

  skip(count: number): void {
    if (this.at + count > this.end) {
      this.short = true;
      this.at = this.end;
      return;
    }
    this.at += count;
  }
}
