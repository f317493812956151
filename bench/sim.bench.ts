/**
 * Our engine against SUMO, side by side: `npm run bench -- sim [--quick] [--rounds <number>] [--only <a,b>] [--json]`. What is
 * measured and how: bench/README.md.
 */
import { availableParallelism, cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { growthRound, hasGenerator } from "./sim/growth.ts";
import { geometricMean, growthOf, growthTable, type SpeedRow, speedRows, speedTable } from "./sim/report.ts";
import { sharedScenarios } from "./sim/scenarios.ts";
import { type Pair, pairOf } from "./sim/side-by-side.ts";

const { values: asked } = parseArgs({
  options: {
    rounds: { type: "string" },
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const rounds = asked.rounds === undefined ? (asked.quick ? 1 : 5) : Number(asked.rounds);
const only = asked.only === undefined ? [] : asked.only.split(",");
/** Motorcycles pass between lanes there; compared with SUMO's sublane model, and by a measure of its own. */
const abreast = "corridor5_motorbike";
const abreast_m = 0.8;
const firstSeed = 101;
/** Below `dist/bench`. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const say = (line: string): boolean => (asked.json ? process.stderr : process.stdout).write(`${line}\n`);

const scenarios = await sharedScenarios(root, only);
if (scenarios.length === 0) say("the shared scenarios are not here: nothing is compared with SUMO");
const pairs: Pair[] = [];
for (let round = 0; round < rounds; round += 1) {
  for (const files of scenarios) {
    say(`round ${round + 1} of ${rounds}: ${files.name} …`);
    pairs.push(await pairOf(files, firstSeed + round, files.name === abreast ? abreast_m : 0));
  }
}
const rows = speedRows(pairs);
const cars = rows.filter(({ scenario }) => scenario !== abreast);
const generated = hasGenerator() && !asked.quick && only.length === 0;
const grids = [];
for (let round = 0; generated && round < Math.min(3, rounds); round += 1) {
  say(`round ${round + 1}: grids …`);
  grids.push(await growthRound());
}
const growth = growthOf(grids);
const machine = { cpu: cpus()[0]?.model ?? "", cores: availableParallelism(), load: loadavg()[0] ?? 0 };

say("");
for (const line of speedTable(rows)) say(line);
if (cars.length > 0) {
  const mean = (of: (row: SpeedRow) => number): string => geometricMean(cars.map(of)).toFixed(1);
  const least = Math.min(...cars.map(({ ratio }) => ratio)).toFixed(1);
  const [wall, cpu] = [mean(({ ratio }) => ratio), mean(({ cpu_ratio }) => cpu_ratio)];
  say("");
  say(
    `Geometric mean over ${cars.length} scenarios of cars: ${wall} times SUMO, the least ${least}; by processor time ${cpu}.`,
  );
}
if (growth.length > 0) {
  say("");
  for (const line of growthTable(growth)) say(line);
} else if (!asked.quick && only.length === 0) say("netgenerate is not here (Debian: sumo): no grids");
say(`${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)}, Node ${process.version}`);
if (asked.json) process.stdout.write(`${JSON.stringify({ machine, rows, growth, pairs }, null, 2)}\n`);
