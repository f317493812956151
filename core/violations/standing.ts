/** Since when a vehicle has not moved. */
import { between, distance_m, type Point } from "./ground.ts";
import { LastPlaces } from "./standstill.ts";

/** A vehicle that stays within this of where it stopped stands. */
const stands_m = 0.3;
/**
 * A measured place jitters by as much, so what is compared are means in which older places weigh less and less: where it is
 * by the newest ones, and where it stopped by those of seconds. What creeps by less than 0.15 m/s stands.
 */
const place_ms = 400;
const stop_ms = 2000;
/** So long after the mean says that it stands, the moment is measured, ms. */
const settling_ms = 2000;
/** Where it stands is the mean of its places of so long before that, ms: 2 cm there are 10 ms of the moment. */
const stood_ms = 1500;

export class Standing {
  #stop: Point;
  #newest_ms: number;
  readonly #first_ms: number;
  readonly #places = new LastPlaces();
  /** When it came to stand; null before that was measured. */
  #stopped_ms: number | null = null;
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

  /** When it came to stand. Until that is measured: what a mean says is as old as the mean. */
  get stopped_ms(): number {
    return this.#stopped_ms ?? Math.max(this.#first_ms, this.since_ms - place_ms);
  }

  /** Returns how long it has stood, ms. */
  observe(place: Point, at_ms: number): number {
    const passed_ms = at_ms - this.#newest_ms;
    this.#newest_ms = at_ms;
    this.place = between(place, this.place, Math.exp(-passed_ms / place_ms));
    if (distance_m(this.place, this.#stop) >= stands_m) {
      this.#stop = this.place;
      this.since_ms = at_ms;
      this.#stopped_ms = null;
    } else {
      this.#stop = between(this.place, this.#stop, Math.exp(-passed_ms / stop_ms));
    }
    if (this.#stopped_ms === null) this.#measure(place, at_ms);
    return at_ms - this.since_ms;
  }

  #measure(place: Point, at_ms: number): void {
    this.#places.add(place, at_ms);
    if (at_ms - this.since_ms < settling_ms) return;
    const stop = this.#places.meanSince(at_ms - stood_ms);
    const measured_ms = stop === null ? null : this.#places.stopped_ms(stop, at_ms - stood_ms);
    this.#stopped_ms = Math.max(this.#first_ms, measured_ms ?? this.since_ms - place_ms);
  }
}
