/**
 * When somebody who was first believed inside an area came into it. Who comes into view below the picture's edge, or is seen some
 * pictures before he is believed, is inside by then: he is taken to have driven before as he drove just after.
 */
import { along, between, distance_m, type Marking, type Point, type Polygon, sideOf } from "./ground.ts";

/** How he drove is what was seen of him in this time, ms, in so many sightings at most. */
const first_ms = 500;
const most = 16;
/** For so long somebody may be in view before he is believed, or under the edge; who was further in may have begun there. */
const unseen_ms = 800;
/** Slower, he has most likely stood in the area. */
const drives_m_s = 1;
/** Of the time that was reckoned back: speeds change by so much in it. */
const doubt = 0.25;

export interface Came {
  readonly at_ms: number;
  /** How much earlier or later it may have been, for not having been seen. */
  readonly error_ms: number;
}

export class Arrival {
  readonly #at_ms: number[] = [];
  readonly #places: Point[] = [];

  /** Sightings in order of time, from the first on. */
  add(place: Point, at_ms: number): void {
    if (this.#at_ms.length === most || at_ms - (this.#at_ms[0] ?? at_ms) > first_ms) return;
    this.#at_ms.push(at_ms);
    this.#places.push(place);
  }

  /** Into `area`, in which the first sighting was. */
  into(area: Polygon): Came {
    const seen_ms = this.#at_ms[0] as number;
    const [vx, vy] = this.#velocity();
    const speed_m_s = Math.hypot(vx, vy);
    if (!(speed_m_s > drives_m_s)) return { at_ms: seen_ms, error_ms: 0 };
    const first = this.#places[0] as Point;
    const back_ms = (1000 * wayOut_m(area, first, { x_m: first.x_m - vx, y_m: first.y_m - vy })) / speed_m_s;
    if (back_ms <= unseen_ms) return { at_ms: seen_ms - back_ms, error_ms: doubt * back_ms };
    return { at_ms: seen_ms, error_ms: unseen_ms };
  }

  /** Least squares of the first sightings, m/s; NaN of a single one. */
  #velocity(): readonly [number, number] {
    const n = this.#at_ms.length;
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n;
    const t_s = this.#at_ms.map((at_ms) => (at_ms - (this.#at_ms[0] as number)) / 1000);
    const middle_s = mean(t_s);
    const spread = t_s.reduce((sum, t) => sum + (t - middle_s) ** 2, 0);
    const slope = (values: readonly number[]): number =>
      values.reduce((sum, value, i) => sum + value * ((t_s[i] as number) - middle_s), 0) / spread;
    return [slope(this.#places.map(({ x_m }) => x_m)), slope(this.#places.map(({ y_m }) => y_m))];
  }
}

/** From `place` in `area` towards `aim`, to where that leaves the area first; infinite for one that never does. */
function wayOut_m(area: Polygon, place: Point, aim: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [index, from] of area.entries()) {
    const share = met(place, aim, { from, to: area[(index + 1) % area.length] as Point });
    if (share !== null) least = Math.min(least, share);
  }
  return least * distance_m(place, aim);
}

/** How many times as far as `aim` the ray meets the edge; null where it does not. */
function met(place: Point, aim: Point, edge: Marking): number | null {
  const [here_m, there_m] = [sideOf(edge, place), sideOf(edge, aim)];
  const share = here_m / (here_m - there_m);
  const foot = along(edge, between(place, aim, share));
  return share >= 0 && foot >= 0 && foot <= 1 ? share : null;
}
