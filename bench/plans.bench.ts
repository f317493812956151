/**
 * The judging table: for every scenario of a folder a plan made by `retime` from its network and demand, and the network's own
 * plan, both driven in SUMO over seeds that no search saw.
 * `npm run bench -- plans [folder] [processor seconds a plan] [seeds] [first seed, above 100] [scenario …]`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Problem, sentence } from "../core/problems/problem.ts";
import {
  findScenario,
  programsText,
  type Run,
  retimeScenario,
  type ScenarioFiles,
  score,
  simulateSeeds,
  withInterval,
} from "../sim/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const [
  folder = join(root, "..", "shared", "data", "signal", "sumo"),
  processor = "100",
  count = "20",
  firstSeed = "101",
  ...only
] = process.argv.slice(2);
/** A busy machine may take so long for its processor seconds. */
const mostTime_s = 900;
/** A plan is to be this much better than the best fixed plan that is known. */
const aim = 0.9;
const fixedPlans = [
  "fixed_default",
  "tuned_fixed",
  "webster",
  "default_plus_tlsCoordinator",
  "webster_plus_tlsCoordinator",
];

type Baselines = Readonly<Record<string, Readonly<Record<string, { readonly delay_s: { readonly mean: number } }>>>>;

/** Mean delay of the best fixed plan that others made, by scenario; nothing where nobody measured any. */
function bestKnown(): Map<string, number> {
  const file = join(folder, "..", "baselines.json");
  if (!existsSync(file)) return new Map();
  const { measured } = JSON.parse(readFileSync(file, "utf8")) as { readonly measured: Baselines };
  return new Map(
    Object.entries(measured).map(([name, by]) => [
      name,
      Math.min(...fixedPlans.map((plan) => by[plan]?.delay_s.mean ?? Number.POSITIVE_INFINITY)),
    ]),
  );
}

function must<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] },
): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map((each) => sentence(each)).join(" "));
}

async function judged(files: ScenarioFiles, plans: readonly string[]): Promise<readonly Run[]> {
  const seeds = Array.from({ length: Number(count) }, (_, at) => Number(firstSeed) + at);
  const order = { files, plans, seeds, engine: "sumo", controller: "fixed", step_s: 1 } as const;
  return must(await simulateSeeds({ ...order, lateral_resolution_m: null, yellow_s: null }));
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const figure = (runs: readonly Run[]): string => {
  const { ci95, mean } = score(runs);
  return withInterval(mean.delay_s, ci95.delay_s);
};

async function row(name: string, known: number | undefined): Promise<string> {
  const files = must(await findScenario(join(folder, name)));
  const out = join(root, ".greenwave", "bench", "plans");
  mkdirSync(out, { recursive: true });
  const stop = new AbortController().signal;
  const order = { files, objective: "delay", time_s: mostTime_s, processor_s: Number(processor), stop, tell } as const;
  const { document, programs } = must(await retimeScenario(order));
  const plan = join(out, `${name}.add.xml`);
  writeFileSync(plan, programsText(programs));
  writeFileSync(join(out, `${name}.json`), JSON.stringify(document, null, 1));
  const [ours, own] = [await judged(files, [plan]), await judged(files, [])];
  const [mean, ownMean] = [score(ours).mean.delay_s, score(own).mean.delay_s];
  const lockedOf = (runs: readonly Run[]): number => runs.filter((run) => run.locked).length;
  const [locked, ownLocked] = [lockedOf(ours), lockedOf(own)];
  const wanted = known === undefined ? ownMean : aim * known;
  const verdict = mean <= wanted && mean <= ownMean && locked === 0 ? "won" : "lost";
  return `| ${name} | ${figure(own)} | ${ownLocked} | ${known?.toFixed(1) ?? "-"} | ${figure(ours)} | ${locked} | ${document.seconds_used} | ${verdict} |`;
}

const known = bestKnown();
tell(
  "| scenario | own plan | locked | best known fixed | ours | locked | seconds | |\n|---|---|---|---|---|---|---|---|",
);
for (const entry of readdirSync(folder, { withFileTypes: true })) {
  if (entry.isDirectory() && (only.length === 0 || only.includes(entry.name)))
    process.stdout.write(`${await row(entry.name, known.get(entry.name))}\n`);
}
