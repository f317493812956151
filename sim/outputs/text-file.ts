/** A text file that is written in order. Numbers become digits in one buffer: no strings are made, and memory does not grow. */
import { closeSync, openSync } from "node:fs";
import { writeAll } from "./write-all.ts";

const size = 1 << 16;
/** No number and no name is longer. */
const room = 4096;
const lastAscii = 127;
const ZERO = 48;
const MINUS = 45;
const POINT = 46;
/** Up to here whole numbers of 32 bits do, which are quicker. */
const largestWhole = 0x7fffffff;
const powers = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

export class TextFile {
  readonly #buffer = Buffer.alloc(size);
  readonly #digits = new Uint8Array(24);
  readonly #file: number;
  #at = 0;

  /** Throws what the file system says where that is no place to write to. */
  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  text(text: string): void {
    if (this.#at + room > size) this.#flush();
    if (text.length * 3 <= room) this.#put(text);
    else {
      this.#flush();
      writeAll(this.#file, Buffer.from(text));
    }
  }

  /** Nearly all text is ASCII, and short: for that a loop is quicker than a call that encodes. */
  #put(text: string): void {
    const buffer = this.#buffer;
    const at = this.#at;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code > lastAscii) {
        this.#at += buffer.write(text, at);
        return;
      }
      buffer[at + i] = code;
    }
    this.#at = at + text.length;
  }

  /** With that many digits behind the point, at most 6; -1 for what is no number, as SUMO writes it. */
  number(value: number, decimals: number): void {
    if (this.#at + room > size) this.#flush();
    const known = Number.isFinite(value) ? value : -1;
    const scale = powers[decimals] as number;
    let left = Math.round(Math.abs(known) * scale);
    if (known < 0 && left > 0) this.#byte(MINUS);
    const digits = this.#digits;
    let count = 0;
    for (; left > largestWhole; count += 1) {
      const tenth = Math.floor(left / 10);
      digits[count] = left - tenth * 10;
      left = tenth;
    }
    for (let whole = left | 0; whole > 0 || count <= decimals; count += 1) {
      const tenth = (whole / 10) | 0;
      digits[count] = whole - tenth * 10;
      whole = tenth;
    }
    for (let i = count - 1; i >= 0; i -= 1) {
      this.#byte(ZERO + (digits[i] as number));
      if (i === decimals && decimals > 0) this.#byte(POINT);
    }
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #byte(value: number): void {
    this.#buffer[this.#at] = value;
    this.#at += 1;
  }

  #flush(): void {
    writeAll(this.#file, this.#buffer.subarray(0, this.#at));
    this.#at = 0;
  }
}
