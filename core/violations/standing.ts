/** Since when a vehicle has not moved. */
import { distance_m, type Point } from "./ground.ts";

/** A measured place jitters; a vehicle that stays within this of where it stopped stands. */
const stands_m = 0.3;

export class Standing {
  #place: Point;
  since_ms: number;

  constructor(place: Point, at_ms: number) {
    this.#place = place;
    this.since_ms = at_ms;
  }

  /** Returns how long it has stood, ms. */
  observe(place: Point, at_ms: number): number {
    if (distance_m(place, this.#place) >= stands_m) {
      this.#place = place;
      this.since_ms = at_ms;
    }
    return at_ms - this.since_ms;
  }
}
