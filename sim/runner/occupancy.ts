/** How many people a vehicle carries, and what a run comes to for them. */
import type { VehicleType } from "../demand/demand.ts";
import type { TypeTotals } from "../engine/type-sums.ts";
import type { RoadClass } from "../network/road-network.ts";

/** Assumed, with the driver; nothing here was counted. Whoever has counts of a city should put them in. */
const usual = 1.3;
const differing: Readonly<Partial<Record<RoadClass, number>>> = {
  motorcycle: 1.2,
  moped: 1.2,
  bicycle: 1,
  truck: 1,
  trailer: 1,
  delivery: 1,
  bus: 25,
  coach: 30,
  tram: 60,
};

const personsIn = (of: RoadClass): number => differing[of] ?? usual;

/** What several types come to; null where none of them was due. */
export interface Totals {
  readonly due: number;
  /** Means over those that were due, and those that came in. */
  readonly delay_s: number;
  readonly travel_time_s: number;
}

export function totalsOf(
  types: Readonly<Record<string, TypeTotals>>,
  known: readonly VehicleType[],
  wanted: (of: RoadClass) => boolean,
): Totals | null {
  const ids = new Set(known.filter((type) => wanted(type.class)).map(({ id }) => id));
  const all = Object.entries(types).flatMap(([id, totals]) => (ids.has(id) ? [totals] : []));
  const sum = (of: (totals: TypeTotals) => number): number => all.reduce((so, totals) => so + of(totals), 0);
  const due = sum((totals) => totals.due);
  if (due === 0) return null;
  return {
    due,
    delay_s: sum((totals) => totals.delay_s) / due,
    travel_time_s:
      sum((totals) => totals.travel_time_s) /
      Math.max(
        1,
        sum((totals) => totals.inserted),
      ),
  };
}

/** Mean delay of a person, s. */
export function personDelay_s(types: Readonly<Record<string, TypeTotals>>, known: readonly VehicleType[]): number {
  const classes = new Map(known.map((type) => [type.id, type.class]));
  let [persons, lost_s] = [0, 0];
  for (const [id, { due, delay_s }] of Object.entries(types)) {
    const each = personsIn(classes.get(id) ?? "passenger");
    persons += each * due;
    lost_s += each * delay_s;
  }
  return lost_s / Math.max(1, persons);
}
