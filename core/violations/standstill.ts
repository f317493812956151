/**
 * The moment at which a vehicle came to stand. Who brakes evenly is `a (t0 - t)^2 / 2` before the place where it stands at `t0`, so
 * the root of that distance falls in a straight line to nothing at `t0`: the line through all places of the last metres is
 * surer than any one of them (least squares, each weighed by its distance, for a place's jitter moves the root of a short one most).
 */
import { distance_m, type Point } from "./ground.ts";

/** Places of the last metres, or fewer where pictures come so fast. */
const room = 128;
/** Sightings behind the last one that was this far away are jitter about the stop; further away it may not have braked yet. */
const [nearest_m, furthest_m] = [0.4, 5];
const fewest = 4;
/** A hole in the sightings so long ends what is looked at. */
const hole_ms = 400;

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

  /** When it came to `stop`, ms; null where too little of its way there was seen. Sightings from `until_ms` on say nothing. */
  stopped_ms(stop: Point, until_ms: number): number | null {
    let [w, wt, wr, wtt, wtr, used] = [0, 0, 0, 0, 0, 0];
    let newer_ms = Number.NaN;
    for (let i = this.#count - 1; i >= Math.max(0, this.#count - room); i -= 1) {
      const at = i % room;
      const at_ms = this.#at_ms[at] as number;
      if (newer_ms - at_ms > hole_ms) break;
      newer_ms = at_ms;
      const away_m = distance_m(stop, { x_m: this.#x_m[at] as number, y_m: this.#y_m[at] as number });
      if (away_m > furthest_m) break;
      if (at_ms >= until_ms || (away_m < nearest_m && used === 0)) continue;
      const [t, root] = [at_ms - until_ms, Math.sqrt(away_m)];
      used += 1;
      w += away_m;
      wt += away_m * t;
      wr += away_m * root;
      wtt += away_m * t * t;
      wtr += away_m * t * root;
    }
    const slope = (w * wtr - wt * wr) / (w * wtt - wt * wt);
    if (used < fewest || !(slope < 0)) return null;
    return until_ms + (wt - wr / slope) / w;
  }
}
