/** An E3 pair of cross-sections: who came in over one of the first places and went out over one of the second, and how long it took. */

import type { RunningStreet } from "../street/running-street.ts";
import type { LanePlace } from "../sumo/detector-reader.ts";
import { PlaceWatch } from "./passages.ts";

export interface EntryExitInterval {
  /** Who went out in the interval, and the mean of their times; null without any. */
  readonly vehicles: number;
  readonly travel_time_s: number | null;
  /** Who is between at its end. */
  readonly within: number;
}

export class EntryExit {
  readonly lanes: readonly number[];
  readonly #entries: readonly (readonly [number, PlaceWatch])[];
  readonly #exits: readonly (readonly [number, PlaceWatch])[];
  readonly #since_s = new Map<number, number>();
  #vehicles = 0;
  #times_s = 0;

  constructor(entries: readonly LanePlace[], exits: readonly LanePlace[]) {
    const watches = (places: readonly LanePlace[]) =>
      places.map(({ lane, at_m }) => [lane, new PlaceWatch(at_m)] as const);
    this.#entries = watches(entries);
    this.#exits = watches(exits);
    this.lanes = [...entries, ...exits].map(({ lane }) => lane);
  }

  look(street: RunningStreet): void {
    for (const [lane, watch] of this.#entries) {
      for (const { vehicle, at_s, on } of watch.look(street.lane(lane), street.now_s, street.step_s)) {
        if (on) this.#since_s.set(vehicle, at_s);
      }
    }
    for (const [lane, watch] of this.#exits) {
      for (const { vehicle, at_s, on } of watch.look(street.lane(lane), street.now_s, street.step_s)) {
        const since_s = this.#since_s.get(vehicle);
        if (on || since_s === undefined) continue;
        this.#since_s.delete(vehicle);
        this.#vehicles += 1;
        this.#times_s += at_s - since_s;
      }
    }
  }

  interval(): EntryExitInterval {
    const [vehicles, times_s] = [this.#vehicles, this.#times_s];
    [this.#vehicles, this.#times_s] = [0, 0];
    return { vehicles, travel_time_s: vehicles === 0 ? null : times_s / vehicles, within: this.#since_s.size };
  }
}
