/**
 * Where a point of a vehicle was, and went, at a moment of the last seconds: by all places around that moment, also those that
 * came after it. A rule that waits until it has seen them is not fooled by the jitter of one picture, and not late in a bend.
 */
import { MotionFit } from "../geometry/motion-fit.ts";
import type { Point } from "./ground.ts";

/** More places than the fit looks at around a moment: 0.8 s of 30 pictures a second, and the time that a rule waits. */
const room = 64;
/** Places so near in time tell of a moment; it has passed for good when they were seen. */
export const around_ms = 400;
const fewest = 4;
/** Of a place, m; the fit finds the true one by what is left over. */
const jitter_m = 0.1;
/** A moment is looked for in so many rounds, and so far from where two places alone put it. */
const rounds = 2;
const furthest_ms = 200;

/** Shared by all paths: a fit is used up before the next is made. */
const fit = new MotionFit(room);

export class RecentPath {
  /** Oldest first, so that a fit may take a piece of them as it is. */
  readonly #places = {
    t_s: new Float64Array(room),
    x_m: new Float64Array(room),
    y_m: new Float64Array(room),
    sigma_m: new Float64Array(room).fill(jitter_m),
  };
  #count = 0;

  add({ x_m, y_m }: Point, at_ms: number): void {
    const { t_s, x_m: xs, y_m: ys } = this.#places;
    if (this.#count === room) {
      for (const field of [t_s, xs, ys]) field.copyWithin(0, room / 2);
      this.#count = room / 2;
    }
    t_s[this.#count] = at_ms / 1000;
    xs[this.#count] = x_m;
    ys[this.#count] = y_m;
    this.#count += 1;
  }

  /** Place and velocity (m, m/s), to be read before the next question to any path; null where too little was seen around then. */
  at(at_ms: number): Pick<MotionFit, "x_m" | "y_m" | "vx" | "vy"> | null {
    const { t_s } = this.#places;
    const at_s = at_ms / 1000;
    let first = 0;
    while (first < this.#count && (t_s[first] as number) < at_s - around_ms / 1000) first += 1;
    let end = first;
    while (end < this.#count && (t_s[end] as number) <= at_s + around_ms / 1000) end += 1;
    return end - first >= fewest && fit.fit(this.#places, first, end - first, at_s) ? fit : null;
  }

  /**
   * When `value`, which is linear on the road, was 0 on this path, near `near_ms`; `near_ms` where that cannot be told: what it
   * says then is no further than two pictures off.
   */
  zero_ms(value: (place: Point) => number, near_ms: number): number {
    let at_ms = near_ms;
    for (let round = 0; round < rounds; round += 1) {
      const here = this.at(at_ms);
      if (here === null) return near_ms;
      const { x_m, y_m, vx, vy } = here;
      const now = value({ x_m, y_m });
      const rate_m_s = value({ x_m: x_m + vx, y_m: y_m + vy }) - now;
      at_ms -= (1000 * now) / rate_m_s;
      // Who hardly moves is at 0 for a long time.
      if (!(Math.abs(at_ms - near_ms) <= furthest_ms)) return near_ms;
    }
    return at_ms;
  }
}
