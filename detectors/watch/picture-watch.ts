/** Watches whether a camera still sees its street: once a second a picture is compared with what is usual there. */
import { clarityOf, emptyView, lookThrough } from "./lens.ts";
import { correlation, edges, type Shift, same, shiftBetween } from "./shift.ts";
import { advanceSight, type Blindness, firstSight, type Sight, teaches } from "./sight.ts";
import { cells, thumbnail } from "./thumbnail.ts";
import { UsualView } from "./usual-view.ts";

interface Picture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly arrival_ms: number;
}

const every_ms = 1000;
/** Of 255; a street by night has lamps, and a lamp is far brighter. */
const darkest = 24;
/** Share of the cells that must be that dark. */
const darkShare = 0.98;
/** To look for a shift costs far more than all else; where there was none one looks again after so many looks. */
const searchEvery = 5;

export class PictureWatch {
  readonly #grey = new Float32Array(cells);
  readonly #last = new Float32Array(cells);
  readonly #edges = new Float32Array(cells);
  readonly #lens = emptyView();
  readonly #usual = new UsualView();
  #looked_ms = Number.NEGATIVE_INFINITY;
  #sight: Sight = firstSight;
  /** Looks since the view became another one, as long as no shift explains it. */
  #unexplained = 0;

  /** `saved`: what an earlier watch of the same camera knew. */
  constructor(saved: Float32Array | null = null) {
    if (saved !== null) this.#usual.restore(saved);
  }

  /** Every picture. What keeps the camera from seeing, or null. */
  look({ rgb, width, height, arrival_ms }: Picture): Blindness | null {
    if (arrival_ms >= this.#looked_ms && arrival_ms - this.#looked_ms < every_ms) return this.#sight.blindness;
    this.#looked_ms = arrival_ms;
    thumbnail(rgb, width, height, this.#grey);
    lookThrough(rgb, width, height, this.#lens);
    this.#judge(arrival_ms);
    this.#last.set(this.#grey);
    return this.#sight.blindness;
  }

  /** Somebody has looked: what the camera shows now is what it is to show. */
  accept(): void {
    this.#usual.forget();
    this.#sight = firstSight;
  }

  /** For the watch that comes after this one; null while nothing is known. */
  saved(): Float32Array<ArrayBuffer> | null {
    return this.#usual.saved();
  }

  #judge(at_ms: number): void {
    const dark = this.#isDark();
    edges(this.#grey, this.#edges);
    // What is dark has no edges to compare.
    const comparable = this.#usual.known && !dark;
    const likeness = comparable ? correlation(this.#usual.edges, this.#edges, 0, 0) : null;
    this.#sight = advanceSight(this.#sight, {
      at_ms,
      unchanged: this.#unchanged(),
      dark,
      shift: likeness === null || likeness >= same ? this.#unmoved() : this.#search(),
      likeness,
      clarity: comparable ? clarityOf(this.#usual.lens, this.#lens) : null,
    });
    if (teaches(this.#sight)) this.#usual.learn(this.#edges, this.#lens);
  }

  #unmoved(): null {
    this.#unexplained = 0;
    return null;
  }

  #search(): Shift | null {
    const due = this.#unexplained % searchEvery === 0;
    this.#unexplained += 1;
    const shift = due ? shiftBetween(this.#usual.edges, this.#edges) : null;
    if (shift !== null) this.#unexplained = 0;
    return shift;
  }

  #unchanged(): boolean {
    for (let cell = 0; cell < cells; cell += 1) if (this.#grey[cell] !== this.#last[cell]) return false;
    return true;
  }

  #isDark(): boolean {
    let dark = 0;
    for (let cell = 0; cell < cells; cell += 1) if ((this.#grey[cell] ?? 0) < darkest) dark += 1;
    return dark >= cells * darkShare;
  }
}
