/** The table and the picture of a comparison of policies. */
import { type Run, score } from "../../sim/index.ts";
import { halfWidth, mean, withInterval } from "../../sim/runner/score.ts";
import { type Comparison, compared, type Row, type Saved } from "./row.ts";

const columns = [
  ...["scenario", "engine", "policy", "delay, s", "median", "of a person, s", "stops", "standing, s"],
  ...["longest wait, s", "of a lane, s", "queue", "never in", "locked", "decision p50, p99, ms", "against the saved"],
];
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function told(comparison: Comparison | null): string {
  if (comparison === null) return "-";
  const { worse_s, halfWidth_s, lost } = comparison;
  return `${worse_s > 0 ? "+" : ""}${withInterval(worse_s, halfWidth_s, 2)}${lost ? " **lost**" : ""}`;
}

const spread = (values: readonly number[], digits: number): string =>
  withInterval(mean(values), halfWidth(values), digits);

type Measures = NonNullable<Run["measures"]>;

/** Of runs that were measured: people, waits, queue, and the time of decisions. */
function measured(runs: readonly Run[]): { readonly person: string; readonly waits: string[]; readonly times: string } {
  const all = runs.flatMap(({ measures }) => (measures === undefined ? [] : [measures]));
  if (all.length === 0) return { person: "-", waits: ["-", "-", "-"], times: "-" };
  const most = (of: (each: Measures) => number): string => Math.max(...all.map(of)).toFixed(0);
  const slowest = (of: (each: Measures) => number | null): number => Math.max(...all.map((each) => of(each) ?? 0));
  return {
    person: spread(
      all.map((each) => each.person_delay_s),
      1,
    ),
    waits: [
      most((each) => each.longest_wait_s),
      most((each) => each.longest_lane_wait_s),
      spread(
        all.map((each) => each.mean_queue),
        1,
      ),
    ],
    times: all.every((each) => each.decision_p99_ms === null)
      ? "-"
      : `${slowest((each) => each.decision_p50_ms).toFixed(2)}, ${slowest((each) => each.decision_p99_ms).toFixed(2)}`,
  };
}

/** Means with half the width of their 95 % interval; waits and times are the worst of all seeds. */
export function table(rows: readonly Row[], saved: Saved): readonly string[] {
  return [
    row(columns),
    row(columns.map(() => "---")),
    ...rows.map((each) => {
      const { runs } = each;
      const { mean: means, median } = score(runs);
      const { person, waits, times } = measured(runs);
      return row([
        each.scenario,
        each.engine,
        each.policy,
        spread(
          runs.map(({ delay_s }) => delay_s),
          1,
        ),
        median.delay_s.toFixed(1),
        person,
        means.stops.toFixed(2),
        means.waiting_s.toFixed(1),
        ...waits,
        means.never_inserted.toFixed(1),
        `${runs.filter(({ locked }) => locked).length} of ${runs.length}`,
        times,
        told(compared(each, saved)),
      ]);
    }),
  ];
}

const [left, barHeight, gap, width] = [220, 14, 4, 760];

/** Bars of mean delay with their intervals, a scenario after the other, each to its own longest. */
export function picture(rows: readonly Row[]): string {
  const parts: string[] = [];
  let y = 10;
  for (const name of new Set(rows.map(({ scenario }) => scenario))) {
    const own = rows.filter(({ scenario }) => scenario === name).map((each) => ({ each, figures: score(each.runs) }));
    const longest = Math.max(...own.map(({ figures }) => figures.mean.delay_s + (figures.ci95.delay_s ?? 0)), 1);
    const long = (delay_s: number): number => ((width - left - 60) * delay_s) / longest;
    y += 18;
    parts.push(`<text x="10" y="${y}" font-weight="bold">${name}</text>`);
    for (const { each, figures } of own) {
      y += barHeight + gap;
      const [delay, half] = [figures.mean.delay_s, figures.ci95.delay_s ?? 0];
      const colour = each.policy === "adaptive" ? "#1f6f43" : "#9aa5a0";
      const middle = y - barHeight / 2;
      parts.push(
        `<text x="${left - 8}" y="${y - 3}" text-anchor="end">${each.policy}, ${each.engine}</text>`,
        `<rect x="${left}" y="${y - barHeight}" width="${long(delay).toFixed(1)}" height="${barHeight}" fill="${colour}"/>`,
        `<path d="M${(left + long(Math.max(0, delay - half))).toFixed(1)} ${middle}H${(left + long(delay + half)).toFixed(1)}" stroke="#222"/>`,
        `<text x="${(left + long(delay + half) + 6).toFixed(1)}" y="${y - 3}">${delay.toFixed(1)} s</text>`,
      );
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 20}" font-family="sans-serif" font-size="12">`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
