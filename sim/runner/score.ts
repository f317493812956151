/** What many runs come to: mean, median and the 95 % interval of the mean of each figure. */
import type { Run } from "./run-messages.ts";

const figures = [
  "delay_s",
  "waiting_s",
  "travel_time_s",
  "stops",
  "inserted",
  "never_inserted",
  "unfinished",
  "vehicle_updates",
  "wall_s",
] as const;

type Figures = { readonly [K in (typeof figures)[number]]: number };

export interface Score {
  readonly mean: Figures;
  readonly median: Figures;
  /** Half the width of the interval; null for a single run, of which none is known. */
  readonly ci95: { readonly [K in keyof Figures]: number | null };
}

/** Student's t, 97.5 %, for 1 to 30 degrees of freedom (any table of it). */
const t975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const normal = 1.96;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/** Half the width of the 95 % interval of the mean, by Student's t; null for a single value, which says nothing of it. */
export function halfWidth(values: readonly number[]): number | null {
  const free = values.length - 1;
  if (free < 1) return null;
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / free;
  return (t975[free - 1] ?? normal) * Math.sqrt(variance / values.length);
}

/** As people read it: `21.3 ± 0.4`, or the mean alone. */
export const withInterval = (centre: number, half: number | null, digits = 1): string =>
  half === null ? centre.toFixed(digits) : `${centre.toFixed(digits)} ± ${half.toFixed(digits)}`;

export const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

/** At least one run. */
export function score(runs: readonly Run[]): Score {
  const each = <T extends number | null>(of: (values: readonly number[]) => T) =>
    Object.fromEntries(
      figures.map((key) => {
        const value = of(runs.map((run) => run[key]));
        return [key, value === null ? null : thousandth(value)];
      }),
    ) as { [K in keyof Figures]: T };
  return { mean: each(mean), median: each(median), ci95: each(halfWidth) };
}
