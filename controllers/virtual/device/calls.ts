/** Demand at the device: what calls now, and the memory that keeps a call until it is served. */
import type { Lamps } from "./lamps.ts";

export interface Placed {
  /** Phases called now, by detectors and by the centre. */
  readonly vehicle: number;
  readonly pedestrian: number;
  /** Phases whose green is extended now. */
  readonly extended: number;
  /** Phases that remember every call, and phases whose call now is to be remembered. */
  readonly locking: number;
}

export class Calls {
  #vehicle = 0;
  #remembered = 0;
  #pedestrian = 0;
  #occupied = 0;

  /** Vehicle calls: remembered, or placed now. */
  get vehicle(): number {
    return this.#vehicle;
  }

  /** Remembered pedestrian calls. */
  get pedestrian(): number {
    return this.#pedestrian;
  }

  /** Phases with a vehicle that extends their green, or called by the centre, right now. */
  get occupied(): number {
    return this.#occupied;
  }

  /** One step. A green or a walk serves what is remembered; without memory a call lives as long as it is placed. */
  step({ vehicle, pedestrian, extended, locking }: Placed, lamps: Lamps): void {
    this.#occupied = extended;
    this.#remembered = (this.#remembered | (vehicle & locking)) & ~lamps.greens;
    this.#vehicle = (this.#remembered | vehicle) & ~lamps.greens;
    this.#pedestrian = (this.#pedestrian | pedestrian) & ~lamps.walks;
  }
}
