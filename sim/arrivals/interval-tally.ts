/** Counts of many lanes over the interval that is running. */
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";

const CLASSES = vehicleClasses.length;

export interface TallyLane {
  readonly intersection: string;
  readonly lane: string;
  /** False where the site file states no volume: nothing is known, which is not the same as nothing coming. */
  readonly known: boolean;
}

export interface Window {
  readonly feed: string;
  readonly start_ms: number;
  readonly length_s: number;
}

export class IntervalTally {
  readonly #counts: Uint32Array;
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  readonly #unseenMs: Float64Array;
  readonly #coveredMs: Float64Array;
  readonly #steps: Uint32Array;

  constructor(lanes: number) {
    this.#counts = new Uint32Array(lanes * CLASSES);
    this.#first = new Float64Array(lanes);
    this.#last = new Float64Array(lanes);
    this.#unseenMs = new Float64Array(lanes);
    this.#coveredMs = new Float64Array(lanes);
    this.#steps = new Uint32Array(lanes);
  }

  crossed(lane: number, at_ms: number, vehicleClass: number): void {
    const index = lane * CLASSES + vehicleClass;
    if (this.#total(lane) === 0) this.#first[lane] = at_ms;
    this.#last[lane] = at_ms;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  /** A step that was seen whole, the detector covered for so long of it. */
  seen(lane: number, covered_ms: number): void {
    this.#steps[lane] = (this.#steps[lane] ?? 0) + 1;
    this.#coveredMs[lane] = (this.#coveredMs[lane] ?? 0) + covered_ms;
  }

  /** Part of the window about which nothing can be said. */
  unseen(lane: number, ms: number): void {
    this.#unseenMs[lane] = (this.#unseenMs[lane] ?? 0) + ms;
  }

  /** The lane's interval; the lane starts again at nothing. */
  take(index: number, { intersection, lane, known }: TallyLane, window: Window): FlowInterval {
    const total = this.#total(index);
    const gap_s = Math.min(window.length_s, (this.#unseenMs[index] ?? 0) / 1000);
    const spread_s = ((this.#last[index] ?? 0) - (this.#first[index] ?? 0)) / 1000;
    const seen_s = known ? window.length_s - gap_s : 0;
    const interval: FlowInterval = {
      intersection,
      lane,
      feed: window.feed,
      origin: "simulated",
      start_ms: window.start_ms,
      length_s: window.length_s,
      total,
      by_class: this.#byClass(index),
      occupancy: seen_s <= 0 ? null : Math.min(1, (this.#coveredMs[index] ?? 0) / 1000 / seen_s),
      mean_headway_s: total < 2 ? null : spread_s / (total - 1),
      quality: qualityOf(seen_s, window.length_s),
      frames_seen: this.#steps[index] ?? 0,
      gap_s: window.length_s - seen_s,
    };
    this.#counts.fill(0, index * CLASSES, (index + 1) * CLASSES);
    this.#unseenMs[index] = 0;
    this.#coveredMs[index] = 0;
    this.#steps[index] = 0;
    return interval;
  }

  #total(lane: number): number {
    let total = 0;
    for (let each = lane * CLASSES; each < (lane + 1) * CLASSES; each += 1) total += this.#counts[each] ?? 0;
    return total;
  }

  #byClass(lane: number): Partial<Record<VehicleClass, number>> {
    const counted = vehicleClasses.map((each, c) => [each, this.#counts[lane * CLASSES + c] ?? 0] as const);
    return Object.fromEntries(counted.filter(([, count]) => count > 0));
  }
}

function qualityOf(seen_s: number, length_s: number): FlowInterval["quality"] {
  if (seen_s <= 0) return "missing";
  return seen_s < length_s ? "partial" : "valid";
}
