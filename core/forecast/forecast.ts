/**
 * The next quarter of an hour of each lane, by the method that was best on days that it had not learned from: first a stretch to
 * learn, then one to choose by and to take the interval's width from (split conformal prediction, Papadopoulos et al. 2002), then
 * one by which all methods are told of, and which decides nothing.
 */
import type { Learner } from "../ports/learner.ts";
import { quantile } from "../traffic/quantile.ts";
import { examplesOf, foretoldBy } from "./examples.ts";
import { asLastWeek, errorsIn, type Foretold, meanError, smoothed } from "./simple-methods.ts";
import { type SlotSeries, slot_ms, slotsOfWeek } from "./slot-series.ts";

export type ForecastMethod = "last_week" | "smoothing" | "network";

export interface LaneForecast {
  readonly lane: string;
  /** Begin of the quarter of an hour that is foretold. */
  readonly start_ms: number;
  readonly vehicles: number;
  /** So wide that of the stretch to choose by nine in ten lay within. */
  readonly low: number;
  readonly high: number;
  readonly method: ForecastMethod;
  /** Mean of what each was off, vehicles a slot, over the last stretch; null where one had nothing to say. */
  readonly errors: Readonly<Record<ForecastMethod, number | null>>;
  /** Share of the last stretch's slots that lay within the interval. */
  readonly coverage: number | null;
}

/** Less than two weeks teach nothing of a week. */
const leastSlots = 2 * slotsOfWeek;
/** A network is used where it is better than the others by more than this share. */
const wins = 0.02;
const within = 0.9;

interface Stretches {
  readonly learned: number;
  readonly chosen: number;
  readonly end: number;
}

/** Seven tenths to learn, and the rest in halves. */
function stretchesOf({ vehicles }: SlotSeries): Stretches {
  const end = vehicles.length;
  return { learned: Math.floor(0.7 * end), chosen: Math.floor(0.85 * end), end };
}

function bestOf(errors: Readonly<Record<ForecastMethod, number | null>>): ForecastMethod {
  const error = (method: ForecastMethod): number => errors[method] ?? Number.POSITIVE_INFINITY;
  const simple: ForecastMethod = error("last_week") < error("smoothing") ? "last_week" : "smoothing";
  return error("network") < (1 - wins) * error(simple) ? "network" : simple;
}

function errorsOf(series: SlotSeries, said: Readonly<Record<ForecastMethod, Foretold>>, from: number, to: number) {
  const error = (method: ForecastMethod): number | null => meanError(series.vehicles, said[method], from, to);
  return { last_week: error("last_week"), smoothing: error("smoothing"), network: error("network") };
}

/** How far off this method was, for nine slots in ten. */
function halfWidth({ vehicles }: SlotSeries, foretold: Foretold, from: number, to: number): number {
  const rising = errorsIn(vehicles, foretold, from, to).toSorted((a, b) => a - b);
  const share = Math.min(1, (within * (rising.length + 1)) / Math.max(1, rising.length));
  return quantile(rising, share) ?? 0;
}

function coverageOf({ vehicles }: SlotSeries, foretold: Foretold, half: number, from: number, to: number) {
  const errors = errorsIn(vehicles, foretold, from, to);
  return errors.length === 0 ? null : errors.filter((error) => error <= half).length / errors.length;
}

function laneForecast(series: SlotSeries, network: Foretold): LaneForecast | null {
  const { chosen, end, learned } = stretchesOf(series);
  const said = { last_week: asLastWeek(series), smoothing: smoothed(series, learned), network };
  const method = bestOf(errorsOf(series, said, learned, chosen));
  const vehicles = said[method][end];
  if (vehicles == null) return null;
  const half = halfWidth(series, said[method], learned, chosen);
  return {
    lane: series.lane,
    start_ms: series.first_ms + end * slot_ms,
    vehicles,
    low: Math.max(0, vehicles - half),
    high: vehicles + half,
    method,
    errors: errorsOf(series, said, chosen, end),
    coverage: coverageOf(series, said[method], half, chosen, end),
  };
}

/** Lanes of less than two weeks, or that nothing can be said of, are left out. One learner learns from all lanes. */
export async function forecast(all: readonly SlotSeries[], learner: Learner | null): Promise<readonly LaneForecast[]> {
  const long = all.filter(({ vehicles }) => vehicles.length >= leastSlots);
  if (long.length === 0) return [];
  const learnedOf = (series: SlotSeries): number => stretchesOf(series).learned;
  const learned = learner === null ? null : await learner.learn(examplesOf(long, learnedOf));
  return long.flatMap((series) => {
    const network = learned === null ? [] : foretoldBy(learned, series, learnedOf(series));
    return laneForecast(series, network) ?? [];
  });
}
