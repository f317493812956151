/**
 * Policies against each other, and against what they came to before: `npm run bench -- control [--quick] [--policies a,b] [--only a,b]
 * [--engines own,sumo] [--seeds 101..120] [--detection full|camera] [--clearances own|resco]
 * [--yellow scenario=2] [--save] [--json]`. Ends with 1 where one is worse than saved beyond noise, ours locks, or a run fails. Writes a table and a
 * picture to `.greenwave/bench`. `-- control --city [--intersections 166] [--json]`: what a city costs its computer. What is measured and how: bench/README.md.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sentence } from "../core/problems/problem.ts";
import { controllerNames, type RunOrder, type ScenarioFiles, simulateSeeds } from "../sim/index.ts";
import { citiesOf, cityTold, measureCity } from "./control/city.ts";
import { picture, table } from "./control/report.ts";
import { compared, type Row, type Saved, savedOf, savedSchema } from "./control/row.ts";
import { sharedScenarios } from "./sim/scenarios.ts";

const { values: asked } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    policies: { type: "string" },
    only: { type: "string" },
    engines: { type: "string" },
    seeds: { type: "string" },
    detection: { type: "string", default: "full" },
    clearances: { type: "string", default: "resco" },
    yellow: { type: "string", default: "" },
    save: { type: "boolean", default: false },
    city: { type: "boolean", default: false },
    intersections: { type: "string", default: "166" },
    json: { type: "boolean", default: false },
  },
});
const words = (text: string): readonly string[] => text.split(",");
const quick = asked.quick
  ? { policies: "adaptive", only: "cologne1,ingolstadt1", engines: "own", seeds: "101..104" }
  : { policies: controllerNames.join(","), only: "", engines: "sumo", seeds: "101..120" };
const policies = words(asked.policies ?? quick.policies).filter((name): name is RunOrder["controller"] =>
  (controllerNames as readonly string[]).includes(name),
);
const engines = words(asked.engines ?? quick.engines).filter((name) => name === "own" || name === "sumo");
const only = words(asked.only ?? quick.only).filter((name) => name !== "");
const [from = 101, to = from] = (asked.seeds ?? quick.seeds).split("..").map(Number);
const seeds = Array.from({ length: to - from + 1 }, (_, at) => from + at);
const detection = asked.detection === "camera" ? "camera" : "full";
/** Yellow of the published learners, but where another is said by name. */
const usualYellow_s = 3;
const said = new Map(words(asked.yellow).map((each) => each.split("=") as [string, string]));
const yellow_s = (name: string): number | null =>
  asked.clearances === "own" ? null : Number(said.get(name) ?? usualYellow_s);

/** Below `dist/bench`. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = join(root, ".greenwave", "bench");
const saving = join(root, "bench", "control", `saved-${detection}-${asked.clearances}.json`);
const saved: Saved = existsSync(saving) ? savedSchema.parse(JSON.parse(readFileSync(saving, "utf8"))) : {};
const say = (line: string): boolean => (asked.json ? process.stderr : process.stdout).write(`${line}\n`);

const rows: Row[] = [];
let failures = 0;

async function drive(files: ScenarioFiles, engine: Row["engine"], controller: RunOrder["controller"]): Promise<void> {
  say(`${files.name}, ${engine}, ${controller} …`);
  const runs = await simulateSeeds({
    files,
    plans: [],
    seeds,
    engine,
    controller,
    detection,
    step_s: 1,
    lateral_resolution_m: null,
    yellow_s: yellow_s(files.name),
    measures: true,
  });
  if (runs.ok) rows.push({ scenario: files.name, engine, policy: controller, runs: runs.value });
  else {
    failures += 1;
    for (const each of runs.problems) say(sentence(each));
  }
}

async function compare(): Promise<void> {
  for (const files of await sharedScenarios(root, only))
    for (const engine of engines) for (const controller of policies) await drive(files, engine, controller);
  if (rows.length === 0 && failures === 0) say("the shared scenarios are not here: no policy is judged");
  mkdirSync(folder, { recursive: true });
  const lines = table(rows, saved);
  writeFileSync(join(folder, "control.md"), `${lines.join("\n")}\n`);
  writeFileSync(join(folder, "control.svg"), picture(rows));
  for (const line of lines) say(line);
  if (asked.save) writeFileSync(saving, `${JSON.stringify({ ...saved, ...savedOf(rows) }, null, 2)}\n`);
  const lost = rows.filter((row) => compared(row, saved)?.lost === true);
  const locked = rows.filter((row) => row.policy === "adaptive" && row.runs.some((run) => run.locked));
  for (const { scenario, engine, policy } of lost)
    say(`worse than saved beyond noise: ${policy} on ${scenario}, ${engine}`);
  for (const { scenario, engine } of locked) say(`locked: adaptive on ${scenario}, ${engine}`);
  if (asked.json)
    process.stdout.write(`${JSON.stringify({ seeds, rows, lost: lost.length, locked: locked.length }, null, 2)}\n`);
  process.exitCode = failures === 0 && lost.length === 0 && locked.length === 0 ? 0 : 1;
}

async function city(): Promise<void> {
  const measured = await measureCity(await sharedScenarios(root, citiesOf(only)), Number(asked.intersections));
  for (const line of cityTold(measured)) say(line);
  if (asked.json) process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
}

await (asked.city ? city() : compare());
