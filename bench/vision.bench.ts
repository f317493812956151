/**
 * The eyes against their limits and their peers: `npm run bench -- vision [--quick] [--json] [--cameras <number>]`. What is measured
 * and how: bench/README.md.
 */
import { availableParallelism, cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contenders, nameOf } from "./vision/contenders.ts";
import { type Film, makeFilm } from "./vision/film.ts";
import { type PartCosts, partCosts } from "./vision/part-costs.ts";
import { comparisons, partsReport, steadyReport, throughputReport } from "./vision/report.ts";
import { measureRounds, type Throughput, type Timing } from "./vision/rounds.ts";
import { type SteadyState, steadyState } from "./vision/steady-state.ts";

const { values: asked } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    /** Over RTSP; absent: as many as make the wanted load; 0: none. */
    cameras: { type: "string" },
  },
});
/** Below `dist/bench`. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const cores = availableParallelism();
/** Every picture; as often as the site file has it unless it says otherwise; and the large input, for motorcycles far away. */
const settings = [
  { width: 416, height: 256, looks_per_s: 25 },
  { width: 416, height: 256, looks_per_s: 10 },
  { width: 1024, height: 576, looks_per_s: 10 },
] as const;
const usual = settings[1];
const timing: Timing = asked.quick
  ? { rounds: 1, warmUp_looks: 40, measure_s: 1.5 }
  : { rounds: 3, warmUp_looks: 100, measure_s: 3 };
/** The share of the machine that cameras shall take. */
const wantedLoad = 0.8;

const say = (line: string): boolean => (asked.json ? process.stderr : process.stdout).write(`${line}\n`);

/** The product itself; null where no cameras are wanted, or none can be made. */
async function overRtsp(throughput: Throughput, film: Film): Promise<SteadyState | null> {
  const cameras = asked.cameras === undefined ? null : Number(asked.cameras);
  if (cameras !== null && !(cameras > 0)) return null;
  say(cameras === null ? `cameras over RTSP, until ${wantedLoad * 100} % load …` : `${cameras} cameras over RTSP …`);
  const look_ms = throughput.results.find(({ name }) => name === nameOf("inference", usual, "8-bit"))?.cpu_ms ?? 0;
  const span = asked.quick ? { warmUp_s: 8, measure_s: 15 } : { warmUp_s: 20, measure_s: 60 };
  const options = { root, film, cameras, load: wantedLoad, frames_per_s: usual.looks_per_s, look_ms, ...span };
  try {
    const steady = await steadyState(options, cores);
    for (const line of steadyReport(steady)) say(line);
    return steady;
  } catch (error) {
    say(`not here: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

async function main(): Promise<void> {
  const film = makeFilm(join(root, "..", "shared", "data", "vision", "videos"), join(root, ".greenwave", "bench"));
  if (film === null) {
    say(
      "skipped: the shared street videos are not here (../shared/data/vision/videos), and the benchmark shows one of them.",
    );
    return;
  }
  const machine = { cores, processor: cpus()[0]?.model ?? "", load: loadavg()[0] ?? 0, node: process.version };
  say(`${machine.processor}, ${cores} cores, node ${machine.node}, load before: ${machine.load.toFixed(2)}`);
  const throughput = await measureRounds(contenders({ root, film, cores, settings }), timing, say);
  const compared = comparisons(throughput, settings, film);
  for (const line of throughputReport(throughput, compared, film, cores)) say(line);
  const parts: ((typeof settings)[number] & { readonly costs: PartCosts })[] = [];
  for (const setting of settings) parts.push({ ...setting, costs: await partCosts(root, film, setting) });
  for (const line of partsReport(parts)) say(line);
  const steady = await overRtsp(throughput, film);
  if (asked.json)
    process.stdout.write(`${JSON.stringify({ machine, film, throughput, compared, parts, steady }, null, 2)}\n`);
}

await main();
