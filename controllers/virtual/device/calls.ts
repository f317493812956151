/** Demand at the device: detectors, calls placed by the centre, and the latches that keep a call until it is served. */
import type { Lamps } from "./lamps.ts";

export class Calls {
  #vehicle = 0;
  #pedestrian = 0;
  #occupied = 0;

  /** Latched vehicle calls. */
  get vehicle(): number {
    return this.#vehicle;
  }

  /** Latched pedestrian calls. */
  get pedestrian(): number {
    return this.#pedestrian;
  }

  /** Phases with a detector covered, or called by the centre, right now. */
  get occupied(): number {
    return this.#occupied;
  }

  /** One step: `vehicle` and `pedestrian` are placed now; a green or a walk serves them. */
  step(vehicle: number, pedestrian: number, lamps: Lamps): void {
    this.#occupied = vehicle;
    this.#vehicle = (this.#vehicle | vehicle) & ~lamps.greens;
    this.#pedestrian = (this.#pedestrian | pedestrian) & ~lamps.walks;
  }
}
