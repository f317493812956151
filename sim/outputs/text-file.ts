/** A text file that is written in order. Numbers become digits in one buffer: no strings are made, and memory does not grow. */
import { closeSync, openSync } from "node:fs";
import { writeAll } from "./write-all.ts";

const size = 1 << 16;
/** No number and no name is longer. */
const room = 4096;
const ZERO = 48;
const MINUS = 45;
const POINT = 46;
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
    if (text.length * 3 <= room) {
      this.#at += this.#buffer.write(text, this.#at);
      return;
    }
    this.#flush();
    writeAll(this.#file, Buffer.from(text));
  }

  /** With that many digits behind the point, at most 6; -1 for what is no number, as SUMO writes it. */
  number(value: number, decimals: number): void {
    if (this.#at + room > size) this.#flush();
    const known = Number.isFinite(value) ? value : -1;
    const scale = powers[decimals] as number;
    let left = Math.round(Math.abs(known) * scale);
    if (known < 0 && left > 0) this.#byte(MINUS);
    let count = 0;
    while (left > 0 || count <= decimals) {
      const tenth = Math.floor(left / 10);
      this.#digits[count] = left - tenth * 10;
      left = tenth;
      count += 1;
    }
    for (let i = count - 1; i >= 0; i -= 1) {
      this.#byte(ZERO + (this.#digits[i] as number));
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
