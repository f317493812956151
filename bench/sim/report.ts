/** The figures as a person reads them, in Markdown. */
import { median } from "../vision/statistics.ts";
import type { GridCost } from "./grid-cost.child.ts";
import { type Pair, perCpuSecond, perSecond } from "./side-by-side.ts";

export interface SpeedRow {
  readonly scenario: string;
  readonly rounds: number;
  readonly sumo_per_s: number;
  readonly own_per_s: number;
  /** Medians of the rounds' own ratios. */
  readonly ratio: number;
  /** By processor time, which other work on the machine disturbs less. */
  readonly cpu_ratio: number;
  /** By processor time, writing nothing where SUMO writes. */
  readonly bare_ratio: number;
  readonly least: number;
  readonly most: number;
}

export function speedRows(pairs: readonly Pair[]): readonly SpeedRow[] {
  const names = [...new Set(pairs.map(({ scenario }) => scenario))];
  return names.map((scenario) => {
    const rounds = pairs.filter((each) => each.scenario === scenario);
    const ratios = rounds.map(({ own, sumo }) => perSecond(own) / perSecond(sumo));
    return {
      scenario,
      rounds: rounds.length,
      sumo_per_s: median(rounds.map(({ sumo }) => perSecond(sumo))),
      own_per_s: median(rounds.map(({ own }) => perSecond(own))),
      ratio: median(ratios),
      cpu_ratio: median(rounds.map(({ own, sumo }) => perCpuSecond(own) / perCpuSecond(sumo))),
      bare_ratio: median(rounds.map(({ bare, sumo }) => perCpuSecond(bare) / perCpuSecond(sumo))),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
    };
  });
}

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

const millions = (value: number): string => (value / 1e6).toFixed(2);

export function speedTable(rows: readonly SpeedRow[]): readonly string[] {
  return [
    "| scenario | SUMO, M updates/s | ours | times | least … most | by processor time | that, writing nothing |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => {
      const span = `${row.least.toFixed(1)} … ${row.most.toFixed(1)}`;
      const rates = `${millions(row.sumo_per_s)} | ${millions(row.own_per_s)}`;
      const cpu = `${row.cpu_ratio.toFixed(1)} | ${row.bare_ratio.toFixed(1)}`;
      return `| ${row.scenario} | ${rates} | ${row.ratio.toFixed(1)} | ${span} | ${cpu} |`;
    }),
  ];
}

export interface Growth {
  readonly vehicles: number;
  readonly ns: number;
  /** Against the smallest, within a round; the median. */
  readonly times: number;
}

export function growthOf(rounds: readonly (readonly GridCost[])[]): readonly Growth[] {
  const [first = []] = rounds;
  return first.map((_, size) => ({
    vehicles: median(rounds.map((round) => round[size]?.vehicles ?? Number.NaN)),
    ns: median(rounds.map((round) => round[size]?.ns ?? Number.NaN)),
    times: median(rounds.map((round) => (round[size]?.ns ?? Number.NaN) / (round[0]?.ns ?? Number.NaN))),
  }));
}

export const growthTable = (growth: readonly Growth[]): readonly string[] => [
  "| vehicles at once | ns a vehicle and step | times the smallest |",
  "| --- | --- | --- |",
  ...growth.map(({ vehicles, ns, times }) => `| ${vehicles} | ${ns.toFixed(0)} | ${times.toFixed(2)} |`),
];
