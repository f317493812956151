/** Since when a vehicle has not moved. */
import { between, distance_m, type Point } from "./ground.ts";

/** A vehicle that stays within this of where it stopped stands. */
const stands_m = 0.3;
/**
 * A measured place jitters by as much, so what is compared are means in which older places weigh less and less: where it is
 * by the newest ones, and where it stopped by those of seconds. What creeps by less than 0.15 m/s stands.
 */
const place_ms = 400;
const stop_ms = 2000;

export class Standing {
  #stop: Point;
  #newest_ms: number;
  readonly #first_ms: number;
  since_ms: number;
  /** Where it is, freed of most jitter. */
  place: Point;

  constructor(place: Point, at_ms: number) {
    this.#stop = place;
    this.place = place;
    this.#newest_ms = at_ms;
    this.#first_ms = at_ms;
    this.since_ms = at_ms;
  }

  /** When it came to stand: what a mean says is as old as the mean. */
  get stopped_ms(): number {
    return Math.max(this.#first_ms, this.since_ms - place_ms);
  }

  /** Returns how long it has stood, ms. */
  observe(place: Point, at_ms: number): number {
    const passed_ms = at_ms - this.#newest_ms;
    this.#newest_ms = at_ms;
    this.place = between(place, this.place, Math.exp(-passed_ms / place_ms));
    if (distance_m(this.place, this.#stop) >= stands_m) {
      this.#stop = this.place;
      this.since_ms = at_ms;
    } else {
      this.#stop = between(this.place, this.#stop, Math.exp(-passed_ms / stop_ms));
    }
    return at_ms - this.since_ms;
  }
}
