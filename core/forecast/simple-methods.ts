/** Forecasts of the next slot that need no learning: as last week, and smoothing of what differs from the usual week. */
import { type SlotSeries, slot_ms, slotsOfDay, slotsOfWeek } from "./slot-series.ts";

/** By slot of the series: what was foretold for it from those before; null where nobody could say. */
export type Foretold = readonly (number | null)[];

type Values = readonly (number | null)[];

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

export const asLastWeek = ({ vehicles }: SlotSeries): Foretold =>
  Array.from({ length: vehicles.length + 1 }, (_, at) => vehicles[at - slotsOfWeek] ?? null);

/** Mean of the same time of the weeks before; of the days before, where there is no week. */
export function usual({ vehicles }: SlotSeries): Foretold {
  const before = (at: number, stride: number): number[] => {
    const found: number[] = [];
    for (let back = at - stride; back >= 0; back -= stride) {
      const value = vehicles[back];
      if (value != null) found.push(value);
    }
    return found;
  };
  return Array.from(
    { length: vehicles.length + 1 },
    (_, at) => mean(before(at, slotsOfWeek)) ?? mean(before(at, slotsOfDay)),
  );
}

/** Simple exponential smoothing (Brown 1956) of what was above the usual; a slot nobody saw leaves it as it is. */
function smoothedAt(vehicles: Values, base: Foretold, weight: number): Foretold {
  let level = 0;
  return base.map((usually, at) => {
    const foretold = usually === null ? null : Math.max(0, usually + level);
    const [value, known] = [vehicles[at], base[at]];
    if (value != null && known != null) level = weight * (value - known) + (1 - weight) * level;
    return foretold;
  });
}

const weights = [0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8];

/** How far off, in vehicles, over slots `from` to before `to`: those of which both are known. */
export function errorsIn(vehicles: Values, foretold: Foretold, from: number, to: number): readonly number[] {
  const errors: number[] = [];
  for (let at = from; at < to; at += 1) {
    const [value, said] = [vehicles[at], foretold[at]];
    if (value != null && said != null) errors.push(Math.abs(value - said));
  }
  return errors;
}

/** The mean of them; null where nothing can be compared. */
export const meanError = (vehicles: Values, foretold: Foretold, from: number, to: number): number | null =>
  mean(errorsIn(vehicles, foretold, from, to));

/** With the weight that was best before slot `until`: what comes after is not looked at for it. */
export function smoothed(series: SlotSeries, until: number): Foretold {
  const base = usual(series);
  const tried = weights.map((weight) => {
    const foretold = smoothedAt(series.vehicles, base, weight);
    return { foretold, error: meanError(series.vehicles, foretold, 0, until) ?? Number.POSITIVE_INFINITY };
  });
  return tried.reduce((best, each) => (each.error < best.error ? each : best)).foretold;
}

/** Of a slot, by the clock of the epoch: its place in the week, 0 to below 1. */
export const weekShare = ({ first_ms }: SlotSeries, at: number): number =>
  ((((first_ms / slot_ms + at) % slotsOfWeek) + slotsOfWeek) % slotsOfWeek) / slotsOfWeek;
