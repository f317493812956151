/** The table and the picture of a comparison of policies. */
import { score } from "../../sim/index.ts";
import { type Comparison, compared, type Row, type Saved } from "./row.ts";

const header = [
  "| scenario | engine | policy | delay, s | median | stops | waiting, s | never in | locked | against the saved |",
  "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
];

function told(comparison: Comparison | null): string {
  if (comparison === null) return "-";
  const { worse_s, halfWidth_s, lost } = comparison;
  return `${worse_s > 0 ? "+" : ""}${worse_s.toFixed(2)} ± ${halfWidth_s.toFixed(2)}${lost ? " **lost**" : ""}`;
}

export function table(rows: readonly Row[], saved: Saved): readonly string[] {
  return [
    ...header,
    ...rows.map((row) => {
      const { mean, median, ci95 } = score(row.runs);
      const locked = row.runs.filter((run) => run.locked).length;
      return `| ${[
        row.scenario,
        row.engine,
        row.policy,
        `${mean.delay_s.toFixed(1)} ± ${ci95.delay_s.toFixed(1)}`,
        median.delay_s.toFixed(1),
        mean.stops.toFixed(2),
        mean.waiting_s.toFixed(1),
        mean.never_inserted.toFixed(1),
        `${locked} of ${row.runs.length}`,
        told(compared(row, saved)),
      ].join(" | ")} |`;
    }),
  ];
}

const [left, barHeight, gap, width] = [220, 14, 4, 760];

/** Bars of mean delay with their intervals, a scenario after the other, each to its own longest. */
export function picture(rows: readonly Row[]): string {
  const parts: string[] = [];
  let y = 10;
  for (const name of new Set(rows.map(({ scenario }) => scenario))) {
    const own = rows.filter(({ scenario }) => scenario === name).map((row) => ({ row, figures: score(row.runs) }));
    const longest = Math.max(...own.map(({ figures }) => figures.mean.delay_s + figures.ci95.delay_s), 1);
    const long = (delay_s: number): number => ((width - left - 60) * delay_s) / longest;
    y += 18;
    parts.push(`<text x="10" y="${y}" font-weight="bold">${name}</text>`);
    for (const { row, figures } of own) {
      y += barHeight + gap;
      const [delay, half] = [figures.mean.delay_s, figures.ci95.delay_s];
      const colour = row.policy === "adaptive" ? "#1f6f43" : "#9aa5a0";
      const middle = y - barHeight / 2;
      parts.push(
        `<text x="${left - 8}" y="${y - 3}" text-anchor="end">${row.policy}, ${row.engine}</text>`,
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
