/** What a run comes to by vehicle type. */

/** Sums over the vehicles of one type that were due. */
export interface TypeTotals {
  readonly due: number;
  readonly inserted: number;
  readonly delay_s: number;
  readonly travel_time_s: number;
}

/** Adds up vehicles by type. */
export class TypeSums {
  readonly #sums = new Map<string, { due: number; inserted: number; delay_s: number; travel_time_s: number }>();

  /** `driven_s`: null of one who never came in. */
  take(type: string, delay_s: number, driven_s: number | null): void {
    const sum = this.#sums.get(type) ?? { due: 0, inserted: 0, delay_s: 0, travel_time_s: 0 };
    this.#sums.set(type, sum);
    sum.due += 1;
    sum.delay_s += delay_s;
    if (driven_s === null) return;
    sum.inserted += 1;
    sum.travel_time_s += driven_s;
  }

  get totals(): Readonly<Record<string, TypeTotals>> {
    return Object.fromEntries(this.#sums);
  }
}
