/**
 * How close our engine is to SUMO: `npm run bench -- truth [--seeds <a..b>] [--only <a,b>] [--controllers <fixed,actuated>] [--json]`.
 * Writes the table and the plot of one approach to `.greenwave/bench`. What is measured and how: bench/README.md.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openScenario } from "../sim/scenario/open-scenario.ts";
import { approachPlot } from "./sim/approach-plot.ts";
import { busiestLane, openStreet, studyOf } from "./sim/approach-study.ts";
import { sharedScenarios } from "./sim/scenarios.ts";
import { type TruthRow, truthRow, truthTable } from "./sim/truth-row.ts";
import { type Controller, runsOf } from "./sim/truth-runs.ts";
import { percentile } from "./vision/statistics.ts";

const { values: asked } = parseArgs({
  options: {
    seeds: { type: "string", default: "101..120" },
    only: { type: "string" },
    controllers: { type: "string", default: "fixed,actuated" },
    approach: { type: "string", default: "ingolstadt1" },
    json: { type: "boolean", default: false },
  },
});
const [from = 101, to = from] = asked.seeds.split("..").map(Number);
const seeds = Array.from({ length: to - from + 1 }, (_, at) => from + at);
const only = asked.only === undefined ? [] : asked.only.split(",");
const controllers = asked.controllers
  .split(",")
  .filter((name): name is Controller => name === "fixed" || name === "actuated");
/** Below `dist/bench`. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = join(root, ".greenwave", "bench");
const say = (line: string): boolean => (asked.json ? process.stderr : process.stdout).write(`${line}\n`);

async function rowsOf(): Promise<readonly TruthRow[]> {
  const rows: TruthRow[] = [];
  for (const files of await sharedScenarios(root, only)) {
    const scenario = await openScenario(files, []);
    if (!scenario.ok) continue;
    for (const controller of controllers) {
      say(`${files.name}, ${controller} …`);
      rows.push(truthRow(files.name, controller, scenario.value.network, await runsOf(files, controller, seeds)));
    }
  }
  return rows;
}

/** The busiest lane before a signal of one scenario, under its own plan. */
async function plotted(): Promise<readonly string[]> {
  const [files] = await sharedScenarios(root, [asked.approach]);
  const scenario = files === undefined ? null : await openScenario(files, []);
  if (files === undefined || scenario === null || !scenario.ok) return [];
  const lane = await busiestLane(await openStreet("own", files, scenario.value, from));
  const name = `${files.name}, lane ${scenario.value.network.lanes.ids[lane]}`;
  say(`${name} …`);
  const sumo = await studyOf("sumo", files, scenario.value, lane, seeds);
  const own = await studyOf("own", files, scenario.value, lane, seeds);
  writeFileSync(join(folder, "approach.svg"), approachPlot(name, sumo, own));
  const figures = (study: typeof sumo): string => {
    const median_s = percentile(study.travelTimes_s, 0.5);
    return `${study.saturation_per_h.toFixed(0)} | ${study.startUpLoss_s.toFixed(1)} | ${median_s.toFixed(1)}`;
  };
  return [
    "",
    `| ${name} | saturation flow, vehicles/h | start-up loss, s | median time on the approach, s |`,
    "| --- | --- | --- | --- |",
    `| SUMO | ${figures(sumo)} |`,
    `| ours | ${figures(own)} |`,
  ];
}

mkdirSync(folder, { recursive: true });
const rows = await rowsOf();
if (rows.length === 0) say("the shared scenarios are not here: nothing is compared with SUMO");
const lines = [...truthTable(rows), ...(await plotted())];
writeFileSync(join(folder, "truth.md"), `${lines.join("\n")}\n`);
for (const line of lines) say(line);
if (asked.json) process.stdout.write(`${JSON.stringify({ seeds, rows }, null, 2)}\n`);
