/**
 * Remembers who just crossed a line, so that a vehicle followed by two tracks at once (whole and part, car and trailer's
 * cab) counts once. Two vehicles cannot share one place: their centres are about a box apart, along the line or along the
 * way.
 */

/** Of the larger box: closer than this in both directions is one vehicle. */
const sameShare = 0.45;
/** Newest crossings looked at, per line. */
const remembered = 8;
const fields = 6;

export class RecentCrossings {
  /** Rows of time, place along the line, extent along it, extent across it, speed across it, group and direction. */
  readonly #rows: Float64Array;
  #next = 0;

  constructor() {
    this.#rows = new Float64Array(remembered * fields).fill(Number.NaN);
  }

  /**
   * True when somebody just did the same; otherwise remembers this one. Pixels, seconds; `speed` is the size of the
   * speed across the line; only equal `kind`s (class group and direction) are compared.
   */
  repeats(t_s: number, along: number, extentAlong: number, extentAcross: number, speed: number, kind: number): boolean {
    for (let row = 0; row < this.#rows.length; row += fields) {
      if (this.#rows[row + 5] !== kind) continue;
      const aside = Math.abs(along - (this.#rows[row + 1] ?? 0));
      const apart = Math.abs(t_s - (this.#rows[row] ?? 0)) * Math.max(speed, this.#rows[row + 4] ?? 0);
      const wide = Math.max(extentAlong, this.#rows[row + 2] ?? 0);
      const long = Math.max(extentAcross, this.#rows[row + 3] ?? 0);
      if (aside < sameShare * wide && apart < sameShare * long) return true;
    }
    this.#rows.set([t_s, along, extentAlong, extentAcross, speed, kind], this.#next * fields);
    this.#next = (this.#next + 1) % remembered;
    return false;
  }
}
