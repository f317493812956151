/** How long vehicles take from camera to camera, without knowing any vehicle: a plate comes in as a pseudonym of the day. */
import { quantile } from "../traffic/quantile.ts";
import type { VehicleClass } from "../traffic/vehicle-class.ts";
import { type Distance, isTooFast } from "./journeys.ts";

/** A vehicle at a camera. */
export interface Pseudonymous {
  readonly who: string;
  readonly at_ms: number;
  readonly camera: string;
  readonly intersection: string;
  readonly class: VehicleClass;
}

/** From one camera to the next that saw the vehicle. */
export interface Leg {
  readonly from: string;
  readonly to: string;
  readonly class: VehicleClass;
  readonly left_ms: number;
  readonly travel_s: number;
}

export interface TravelTime {
  readonly from: string;
  readonly to: string;
  readonly start_ms: number;
  readonly interval_s: number;
  readonly vehicles: number;
  readonly p15_s: number;
  readonly median_s: number;
  readonly p85_s: number;
}

/** Whoever takes longer stopped on the way. */
const LONGEST_S = 30 * 60;
/** A city of several hundred thousand vehicles on a day; beyond, those seen longest ago are forgotten. */
const MOST_VEHICLES = 300_000;

/** Joins passages to legs; they may come out of order. */
export class LegFinder {
  readonly #distance: Distance;
  readonly #last = new Map<string, Pseudonymous>();

  constructor(distance: Distance) {
    this.#distance = distance;
  }

  /** The leg that this passage ends or, told late, begins; null when there is none. */
  passed(passage: Pseudonymous): Leg | null {
    const other = this.#last.get(passage.who);
    const newest = other === undefined || other.at_ms <= passage.at_ms ? passage : other;
    this.#last.delete(passage.who);
    this.#last.set(passage.who, newest);
    if (this.#last.size > MOST_VEHICLES) this.#last.delete(this.#last.keys().next().value as string);
    if (other === undefined || other.camera === passage.camera) return null;
    return newest === passage ? this.#leg(other, passage) : this.#leg(passage, other);
  }

  /** Pseudonyms mean nothing any more. */
  forget(): void {
    this.#last.clear();
  }

  #leg(from: Pseudonymous, to: Pseudonymous): Leg | null {
    const travel_s = (to.at_ms - from.at_ms) / 1000;
    const far_m = this.#distance(from.intersection, to.intersection) ?? 0;
    // Whoever is too fast was misread.
    if (travel_s <= 0 || travel_s > LONGEST_S || isTooFast(far_m, travel_s)) return null;
    return { from: from.camera, to: to.camera, class: to.class, left_ms: from.at_ms, travel_s };
  }
}

/** A quarter of an hour, as traffic is reported everywhere. */
const INTERVAL_S = 900;
/** Fewer vehicles could be told apart: nothing is said of them. */
export const fewestTold = 5;
const KEPT_MS = 24 * 3_600_000;

/** Legs of the last day by pair of cameras and quarter of an hour. */
export class TravelTimes {
  readonly #intervals = new Map<
    string,
    { readonly from: string; readonly to: string; readonly start_ms: number; readonly travel_s: number[] }
  >();

  add({ from, to, left_ms, travel_s }: Leg): void {
    const start_ms = Math.floor(left_ms / (INTERVAL_S * 1000)) * INTERVAL_S * 1000;
    const key = JSON.stringify([from, to, start_ms]);
    const interval = this.#intervals.get(key) ?? { from, to, start_ms, travel_s: [] };
    interval.travel_s.push(travel_s);
    this.#intervals.set(key, interval);
  }

  /** Intervals of enough vehicles that began within the last day, newest first; how many had too few. */
  told(now_ms: number): { readonly intervals: readonly TravelTime[]; readonly withheld: number } {
    for (const [key, { start_ms }] of this.#intervals) if (now_ms - start_ms > KEPT_MS) this.#intervals.delete(key);
    const all = [...this.#intervals.values()];
    const enough = all.filter(({ travel_s }) => travel_s.length >= fewestTold);
    const intervals = enough
      .toSorted((a, b) => b.start_ms - a.start_ms)
      .map(({ from, to, start_ms, travel_s }) => {
        const sorted = travel_s.toSorted((a, b) => a - b);
        const at = (share: number): number => quantile(sorted, share) as number;
        const shares = { p15_s: at(0.15), median_s: at(0.5), p85_s: at(0.85) };
        return { from, to, start_ms, interval_s: INTERVAL_S, vehicles: sorted.length, ...shares };
      });
    return { intervals, withheld: all.length - enough.length };
  }
}
