/** When the disk will be full, by how what is on it grew in the last days. */
import { quantile } from "../traffic/quantile.ts";

/** What one kind of thing took on a day. */
export interface DayUsage {
  /** `yyyy-mm-dd`. */
  readonly day: string;
  readonly kind: string;
  readonly bytes: number;
}

export interface KindForecast {
  readonly kind: string;
  readonly bytes: number;
  /** Null before two days are known. */
  readonly growth_bytes_per_day: number | null;
  /** How long the free room would last for this kind alone; null where it does not grow, or nobody knows yet. */
  readonly days_left: number | null;
}

export interface Forecast {
  readonly kinds: readonly KindForecast[];
  /** All kinds together. */
  readonly days_left: number | null;
}

const DAY_MS = 86_400_000;
/** Two weeks hold two of each day of the week. */
const LOOK_BACK_DAYS = 14;

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/**
 * The median of what each day added: one day on which much was deleted, or much was put there by hand, does not move it.
 * Days on which nobody looked share what came meanwhile.
 */
function dailyGrowth(usage: readonly DayUsage[]): number | null {
  const growths = usage.flatMap(({ day, bytes }, index) => {
    const before = usage[index - 1];
    return before === undefined ? [] : [(bytes - before.bytes) / (dayNumber(day) - dayNumber(before.day))];
  });
  return quantile(
    growths.toSorted((a, b) => a - b),
    0.5,
  );
}

const lasts = (free_bytes: number, growth: number | null): number | null =>
  growth === null || growth <= 0 ? null : free_bytes / growth;

/** `usage`: one number a day and kind, in any order; only the two weeks before the newest day count. */
export function forecast(usage: readonly DayUsage[], free_bytes: number): Forecast {
  const newest = Math.max(...usage.map(({ day }) => dayNumber(day)));
  const recent = usage
    .filter(({ day }) => newest - dayNumber(day) < LOOK_BACK_DAYS)
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const kinds = [...new Set(recent.map(({ kind }) => kind))].sort().map((kind): KindForecast => {
    const own = recent.filter((each) => each.kind === kind);
    const growth = dailyGrowth(own);
    return {
      kind,
      bytes: own.at(-1)?.bytes ?? 0,
      growth_bytes_per_day: growth,
      days_left: lasts(free_bytes, growth),
    };
  });
  const total = kinds.reduce((sum, { growth_bytes_per_day: growth }) => sum + (growth ?? 0), 0);
  return { kinds, days_left: lasts(free_bytes, total) };
}
