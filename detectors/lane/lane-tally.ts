/** What one lane did in one window. */
import { headwayEdges_s } from "../../core/traffic/flow-interval.ts";
import { quantile } from "../../core/traffic/quantile.ts";
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";

/** More crossings of one lane than any window of 15 minutes holds; beyond that they count, and have no headway. */
const mostTimes = 10_000;

const rising = (a: number, b: number): number => a - b;

export interface Headways {
  readonly mean_s: number | null;
  readonly min_s: number | null;
  readonly median_s: number | null;
  /** By the classes of `headwayEdges_s`. */
  readonly counts: number[];
}

export class LaneTally {
  readonly counts = new Uint32Array(vehicleClasses.length);
  covered_ms = 0;
  actuations = 0;
  /** Vehicle milliseconds in the queue, and the time in which it was looked at. */
  queued_ms = 0;
  queueSeen_ms = 0;
  longestQueue_veh = 0;
  longestQueue_m = 0;
  /** Crossings since the last hole, in the order in which they became certain. */
  #times_ms: number[] = [];
  readonly #headways_ms: number[] = [];
  readonly #speeds_kmh: number[] = [];

  crossed(at_ms: number, vehicleClass: number, speed_kmh: number | null): void {
    this.counts[vehicleClass] = (this.counts[vehicleClass] ?? 0) + 1;
    if (this.#times_ms.length + this.#headways_ms.length < mostTimes) this.#times_ms.push(at_ms);
    if (speed_kmh !== null && this.#speeds_kmh.length < mostTimes) this.#speeds_kmh.push(speed_kmh);
  }

  /** The time between the crossings before and after a hole is no headway. */
  hole(): void {
    const times_ms = this.#times_ms.sort(rising);
    for (let i = 1; i < times_ms.length; i += 1) {
      this.#headways_ms.push((times_ms[i] ?? 0) - (times_ms[i - 1] ?? 0));
    }
    this.#times_ms = [];
  }

  queue(ms: number, vehicles: number, back_m: number): void {
    this.queued_ms += vehicles * ms;
    this.queueSeen_ms += ms;
    this.longestQueue_veh = Math.max(this.longestQueue_veh, vehicles);
    this.longestQueue_m = Math.max(this.longestQueue_m, back_m);
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  get byClass(): Partial<Record<VehicleClass, number>> {
    return countsByClass(this.counts);
  }

  /** Call `hole` first. */
  headways(): Headways {
    const sorted = this.#headways_ms.toSorted(rising);
    const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);
    const sum = sorted.reduce((total, ms) => total + ms, 0);
    const counts = new Array<number>(headwayEdges_s.length + 1).fill(0);
    for (const ms of sorted) {
      const place = headwayEdges_s.findIndex((edge) => ms < edge * 1000);
      const at = place < 0 ? headwayEdges_s.length : place;
      counts[at] = (counts[at] ?? 0) + 1;
    }
    return {
      mean_s: sorted.length === 0 ? null : sum / sorted.length / 1000,
      min_s: seconds(sorted[0] ?? null),
      median_s: seconds(quantile(sorted, 0.5)),
      counts,
    };
  }

  /** Ascending. */
  speeds_kmh(): readonly number[] {
    return this.#speeds_kmh.toSorted(rising);
  }
}

/** Those that are not 0, by name; `counts` has one number for each of `vehicleClasses`. */
export function countsByClass(counts: ArrayLike<number>): Partial<Record<VehicleClass, number>> {
  const counted = vehicleClasses.map((name, index) => [name, counts[index] ?? 0] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}
