/**
 * Camera-made detector channels: a lane's stop-line zone is on while a vehicle covers it. A detector that loses a vehicle
 * for a moment does not switch the channel; the time it is on is exactly the time the zone counts as covered.
 */
import { hole_ms } from "./window-series.ts";

export interface ZoneListener {
  covered(lane: number, from_ms: number, to_ms: number): void;
  switched(lane: number, at_ms: number, on: boolean): void;
}

/** Clear for this long is clear; shorter is a blink of the detector. */
const blink_ms = 400;

export class StopLineZones {
  readonly #listener: ZoneListener;
  readonly #on: Uint8Array;
  /** First picture since which the zone has been clear; not a number while it is covered. */
  readonly #clear_ms: Float64Array;
  readonly #last_ms: Float64Array;

  constructor(lanes: number, listener: ZoneListener) {
    this.#listener = listener;
    this.#on = new Uint8Array(lanes);
    this.#clear_ms = new Float64Array(lanes).fill(Number.NaN);
    this.#last_ms = new Float64Array(lanes).fill(Number.NaN);
  }

  /** Every picture, every lane. */
  observe(lane: number, at_ms: number, covered: boolean): void {
    const before_ms = this.#last_ms[lane] ?? Number.NaN;
    if (at_ms < before_ms || at_ms - before_ms > hole_ms) this.#release(lane);
    this.#last_ms[lane] = at_ms;
    if (this.#on[lane] === 0) {
      if (covered) this.#occupy(lane, at_ms);
      return;
    }
    const clear_ms = this.#clear_ms[lane] ?? Number.NaN;
    if (Number.isNaN(clear_ms)) {
      this.#listener.covered(lane, before_ms, at_ms);
      if (!covered) this.#clear_ms[lane] = at_ms;
    } else if (covered) {
      this.#listener.covered(lane, clear_ms, at_ms);
      this.#clear_ms[lane] = Number.NaN;
    } else if (at_ms - clear_ms >= blink_ms) {
      this.#release(lane);
    }
  }

  /** The picture is gone: nobody would ever call the covered ones off. */
  releaseAll(): void {
    for (let lane = 0; lane < this.#on.length; lane += 1) {
      this.#release(lane);
      this.#last_ms[lane] = Number.NaN;
    }
  }

  #occupy(lane: number, at_ms: number): void {
    this.#on[lane] = 1;
    this.#clear_ms[lane] = Number.NaN;
    this.#listener.switched(lane, at_ms, true);
  }

  #release(lane: number): void {
    if (this.#on[lane] === 0) return;
    const clear_ms = this.#clear_ms[lane] ?? Number.NaN;
    this.#on[lane] = 0;
    this.#listener.switched(lane, Number.isNaN(clear_ms) ? (this.#last_ms[lane] ?? 0) : clear_ms, false);
  }
}
