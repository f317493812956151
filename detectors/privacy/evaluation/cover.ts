/** Which pixels of a picture are erased, and how much of a box that is. */
import type { Box } from "../region.ts";

export class Cover {
  readonly #width: number;
  readonly #height: number;
  readonly #erased: Uint8Array;

  constructor(width: number, height: number, boxes: readonly Box[]) {
    this.#width = width;
    this.#height = height;
    this.#erased = new Uint8Array(width * height);
    for (const box of boxes) this.#eachRow(box, (from, to) => this.#erased.fill(1, from, to));
  }

  /** Of the part of `box` that lies in the picture, 0 to 1; 1 when none does. */
  of(box: Box): number {
    let [erased, all] = [0, 0];
    this.#eachRow(box, (from, to) => {
      all += to - from;
      for (let i = from; i < to; i++) erased += this.#erased[i] as number;
    });
    return all === 0 ? 1 : erased / all;
  }

  /** Of the whole picture, 0 to 1. */
  get share(): number {
    return this.#erased.reduce((sum, each) => sum + each, 0) / this.#erased.length;
  }

  /** Share of the picture that is erased here and not in `other`. */
  beyond(other: Cover): number {
    const only = this.#erased.reduce((sum, each, i) => sum + (each === 1 && other.#erased[i] === 0 ? 1 : 0), 0);
    return only / this.#erased.length;
  }

  #eachRow([x, y, w, h]: Box, row: (from: number, to: number) => void): void {
    const left = Math.max(0, Math.floor(x));
    const right = Math.min(this.#width, Math.ceil(x + w));
    if (right <= left) return;
    for (let line = Math.max(0, Math.floor(y)); line < Math.min(this.#height, Math.ceil(y + h)); line++)
      row(line * this.#width + left, line * this.#width + right);
  }
}
