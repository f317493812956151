/**
 * Time against size: made cities of 10 to 1,000 signals retimed. Tells when the first plans were there, how long the whole took,
 * and what it brought on our own engine; draws it as an SVG. Needs SUMO's `netgenerate`.
 * `npm run bench -- retime [signals,…] [seconds for each] [chart.svg]`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sentence } from "../core/problems/problem.ts";
import { findScenario, retimeScenario } from "../sim/index.ts";
import { makeCity } from "./retiming/made-city.ts";
import { type SizeTime, timeAgainstSize } from "./retiming/size-chart.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sizes = (process.argv[2] ?? "10,30,100,166,300,600,1000").split(",").map(Number);
const time_s = Number(process.argv[3] ?? "55");
const out = join(root, ".greenwave", "bench", "cities");

async function measured(signals: number): Promise<SizeTime> {
  const folder = join(out, String(signals));
  makeCity(folder, signals);
  const found = await findScenario(folder);
  if (!found.ok) throw new Error(found.problems.map((each) => sentence(each)).join(" "));
  const tell = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const order = { files: found.value, objective: "delay", time_s, stop: new AbortController().signal, tell } as const;
  const made = await retimeScenario(order);
  if (!made.ok) throw new Error(made.problems.map((each) => sentence(each)).join(" "));
  const { predicted, search, seconds_used } = made.value.document;
  const brought =
    predicted === null ? "not rehearsed" : `${predicted.own.delay_s.mean} -> ${predicted.plan.delay_s.mean} s`;
  process.stdout.write(
    `| ${signals} | ${search.first_plan_s} | ${seconds_used} | ${brought} | ${search.changes_tried} |\n`,
  );
  const saved = predicted === null ? null : 1 - predicted.plan.delay_s.mean / predicted.own.delay_s.mean;
  return { signals, first_s: search.first_plan_s, all_s: seconds_used, saved };
}

process.stdout.write("| signals | first plans, s | all, s | delay | changes tried |\n|---|---|---|---|---|\n");
mkdirSync(out, { recursive: true });
const points: SizeTime[] = [];
for (const signals of sizes) points.push(await measured(signals));
const chart = process.argv[4] ?? join(out, "time-against-size.svg");
writeFileSync(chart, timeAgainstSize(points));
process.stderr.write(`drawn: ${chart}\n`);
