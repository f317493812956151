/**
 * Watches whether a camera still sees its street. Once a second a thumbnail is compared with those before. Each judgement
 * needs time, since a wrong alarm costs counts as a missed one does.
 */
import { edges, type Shift, shiftBetween } from "./shift.ts";
import { cells, thumbnail } from "./thumbnail.ts";

/** `frozen`: pictures come, but it is always the same one. `moved`: the counting lines are no longer where they were drawn. */
export type Blindness = "frozen" | "dark" | "moved";

interface Picture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly arrival_ms: number;
}

const every_ms = 1000;
/** Even a still street is never the same to the last bit for so long: sensors are noisy and keyframes are coded anew. */
const frozenAfter_ms = 30_000;
/** Of 255; a street by night has lamps, and a lamp is far brighter. */
const darkest = 24;
/** Share of the cells that must be that dark. */
const darkShare = 0.98;
const darkAfter = 10;
const movedAfter = 5;
/** Looks that make the first reference: a vehicle standing in one of them counts little. */
const firstLooks = 20;
/** Afterwards light and shadow change it slowly: ten minutes. */
const slowLooks = 600;
/** Neighbouring shifts, in cells, are the same: the camera stands between two. */
const near = 1;

export class PictureWatch {
  readonly #grey = new Float32Array(cells);
  readonly #last = new Float32Array(cells);
  readonly #edges = new Float32Array(cells);
  readonly #reference = new Float32Array(cells);
  #looks = 0;
  #looked_ms = Number.NEGATIVE_INFINITY;
  #sameSince_ms = Number.NaN;
  #dark = 0;
  #moved = 0;
  #shift: Shift | null = null;
  #blindness: Blindness | null = null;

  /** Every picture. What keeps the camera from seeing, or null. */
  look({ rgb, width, height, arrival_ms }: Picture): Blindness | null {
    if (arrival_ms >= this.#looked_ms && arrival_ms - this.#looked_ms < every_ms) return this.#blindness;
    this.#looked_ms = arrival_ms;
    thumbnail(rgb, width, height, this.#grey);
    this.#blindness = this.#judge(arrival_ms);
    this.#last.set(this.#grey);
    return this.#blindness;
  }

  #judge(now_ms: number): Blindness | null {
    if (!this.#unchanged()) this.#sameSince_ms = now_ms;
    if (now_ms - this.#sameSince_ms >= frozenAfter_ms) return "frozen";
    this.#dark = this.#isDark() ? this.#dark + 1 : 0;
    if (this.#dark >= darkAfter) return "dark";
    // What is dark has no edges to compare, and must not wear down the reference.
    if (this.#dark > 0) return null;
    return this.#hasMoved() ? "moved" : null;
  }

  #unchanged(): boolean {
    for (let cell = 0; cell < cells; cell += 1) if (this.#grey[cell] !== this.#last[cell]) return false;
    return !Number.isNaN(this.#sameSince_ms);
  }

  #isDark(): boolean {
    let dark = 0;
    for (let cell = 0; cell < cells; cell += 1) if ((this.#grey[cell] ?? 0) < darkest) dark += 1;
    return dark >= cells * darkShare;
  }

  #hasMoved(): boolean {
    edges(this.#grey, this.#edges);
    const shift = this.#looks < firstLooks ? null : shiftBetween(this.#reference, this.#edges);
    if (shift === null) {
      this.#moved = 0;
      this.#learn();
    } else {
      this.#moved = this.#shift !== null && sameShift(shift, this.#shift) ? this.#moved + 1 : 1;
    }
    this.#shift = shift;
    return this.#moved >= movedAfter;
  }

  #learn(): void {
    this.#looks += 1;
    const share = 1 / Math.min(this.#looks, this.#looks <= firstLooks ? firstLooks : slowLooks);
    for (let cell = 0; cell < cells; cell += 1) {
      const before = this.#reference[cell] ?? 0;
      this.#reference[cell] = before + ((this.#edges[cell] ?? 0) - before) * share;
    }
  }
}

const sameShift = (a: Shift, b: Shift): boolean => Math.abs(a.dx - b.dx) <= near && Math.abs(a.dy - b.dy) <= near;
