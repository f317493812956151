/**
 * The moment at which a vehicle came to stand. Who brakes evenly is `a (t0 - t)^2 / 2` before the place where it stands at `t0`, so
 * the root of that distance falls in a straight line to nothing at `t0`: the line through all places of the last metres is
 * surer than any one of them (least squares, each weighed by its distance, for a place's jitter moves the root of a short one most).
 */
import { distance_m, type Point } from "./ground.ts";

/** Places of the last metres, or fewer where pictures come so fast. */
const room = 256;
/** Sightings behind the last one that was this far away are jitter about the stop. */
const nearest_m = 0.4;
/** So much of the way is looked at; on more of it, it may not have braked yet, or otherwise. */
const furthest_m = [5, 8, 11] as const;
/** What is left over on the longer way may be so much more than on the shortest, as places far away jitter more, and what jitter adds to it. */
const evenly = 3;
const jitter_m2 = 1e-4;
const fewest = 4;
/** A hole in the sightings so long ends what is looked at. */
const hole_ms = 400;

interface Braking {
  readonly stopped_ms: number;
  /** Mean square of what is left over: a quarter of that of the places' jitter, where it braked evenly. */
  readonly uneven_m2: number;
}

export class LastPlaces {
  readonly #at_ms = new Float64Array(room);
  readonly #x_m = new Float64Array(room);
  readonly #y_m = new Float64Array(room);
  #count = 0;

  add({ x_m, y_m }: Point, at_ms: number): void {
    const at = this.#count % room;
    this.#at_ms[at] = at_ms;
    this.#x_m[at] = x_m;
    this.#y_m[at] = y_m;
    this.#count += 1;
  }

  /** Mean of the places since a moment; null where there is none. */
  meanSince(since_ms: number): Point | null {
    let [x, y, n] = [0, 0, 0];
    for (let i = this.#count - 1; i >= Math.max(0, this.#count - room); i -= 1) {
      const at = i % room;
      if ((this.#at_ms[at] as number) < since_ms) break;
      x += this.#x_m[at] as number;
      y += this.#y_m[at] as number;
      n += 1;
    }
    return n === 0 ? null : { x_m: x / n, y_m: y / n };
  }

  /**
   * When it came to `stop`, ms; null where too little of its way there was seen. Sightings from `until_ms` on say nothing. The
   * longer the way, the surer, as long as it braked evenly on all of it.
   */
  stopped_ms(stop: Point, until_ms: number): number | null {
    const [shortest, ...longer] = furthest_m.map((reach_m) => this.#braking(stop, until_ms, reach_m));
    if (shortest === null || shortest === undefined) return null;
    const even = longer.findLast((each) => each !== null && each.uneven_m2 <= evenly * shortest.uneven_m2 + jitter_m2);
    return until_ms + (even ?? shortest).stopped_ms;
  }

  /** By the last `reach_m` of the way; null where too little of it was seen. `stopped_ms` counts from `until_ms`. */
  #braking(stop: Point, until_ms: number, reach_m: number): Braking | null {
    let [w, wt, wr, wtt, wtr, wrr, used] = [0, 0, 0, 0, 0, 0, 0];
    let newer_ms = Number.NaN;
    for (let i = this.#count - 1; i >= Math.max(0, this.#count - room); i -= 1) {
      const at = i % room;
      const at_ms = this.#at_ms[at] as number;
      if (newer_ms - at_ms > hole_ms) break;
      newer_ms = at_ms;
      const away_m = distance_m(stop, { x_m: this.#x_m[at] as number, y_m: this.#y_m[at] as number });
      if (away_m > reach_m) break;
      if (at_ms >= until_ms || (away_m < nearest_m && used === 0)) continue;
      const [t, root] = [at_ms - until_ms, Math.sqrt(away_m)];
      used += 1;
      w += away_m;
      wt += away_m * t;
      wr += away_m * root;
      wtt += away_m * t * t;
      wtr += away_m * t * root;
      wrr += away_m * away_m;
    }
    const slope = (w * wtr - wt * wr) / (w * wtt - wt * wt);
    if (used < fewest || !(slope < 0)) return null;
    const left = wrr - (wr * wr) / w - slope * (wtr - (wt * wr) / w);
    return { stopped_ms: (wt - wr / slope) / w, uneven_m2: left / (used - 2) };
  }
}
