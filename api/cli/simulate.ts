/** `greenwave simulate`: a scenario driven through, with one seed or many, on our own engine or on SUMO. */
import { listed, problem, sentence } from "../../core/problems/problem.ts";
import { findScenario, type Run, score, simulateSeeds, withInterval } from "../../sim/index.ts";
import { progressBar } from "./progress-bar.ts";
import { controlText } from "./simulate-control-text.ts";
import { orderOf, simulateOptions } from "./simulate-options.ts";
import { isSiteFile, siteScenario } from "./site-scenario.ts";
import type { Verb } from "./verb.ts";

const line = (run: Run): string =>
  `${String(run.seed).padStart(9)}  ${run.delay_s.toFixed(1).padStart(8)}  ${run.waiting_s.toFixed(1).padStart(9)}  ` +
  `${run.stops.toFixed(2).padStart(5)}  ${String(run.inserted).padStart(8)}  ${String(run.never_inserted).padStart(5)}  ` +
  `${String(run.unfinished).padStart(10)}  ${run.locked ? "locked" : ""}`;

function table(runs: readonly Run[]): string {
  const head = "     seed   delay_s  waiting_s  stops  inserted  never  unfinished";
  const { mean, ci95 } = score(runs);
  const delay = `${withInterval(mean.delay_s, ci95.delay_s)} s a vehicle`;
  const summary = `mean delay ${delay} over ${runs.length > 1 ? `${runs.length} seeds` : "one seed"}`;
  return [head, ...runs.map(line), ...controlText(runs), summary].join("\n");
}

/** Controllers under which signals run by their programs alone. */
const ownPrograms: ReadonlySet<string> = new Set(["fixed", "actuated"]);

const nobody = ({ inserted, never_inserted }: Run): boolean => inserted + never_inserted === 0;

/** What simulates with virtual controllers beside it. */
const throughDevices = "dist/api/rehearsal/simulate-through.child.js";

export const simulateVerb: Verb = {
  name: "simulate",
  summary: "drive a scenario through, and tell the delay of its plan",
  positionals: "<scenario>",
  maxPositionals: 1,
  options: simulateOptions,
  more:
    "A scenario is a SUMO configuration (.sumocfg), or a folder with one of those, with a .net.xml and its .rou.xml, or\n" +
    "with CityFlow's roadnet.json and flow.json, or such a flow file; or a site file, with plans as retime writes them.\n" +
    "Delay is time lost on the road and while waiting to be let in, over all who were due; who never got in counts\n" +
    "until the end. Nobody is ever teleported: a ring of vehicles that wait for each other is said to be locked.",
  async run(args, context) {
    const [given] = args.positionals;
    if (given === undefined) {
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "simulate", what: "a scenario" })] };
    }
    const found = isSiteFile(given) ? await siteScenario(given, args.text("plan")) : await findScenario(given);
    if (!found.ok) return found;
    const order = orderOf(args, found.value);
    if (!order.ok) return order;
    const { engine, controller, files, seeds, yellow_s } = order.value;
    if (yellow_s !== null && ownPrograms.has(controller)) {
      context.tell(sentence(problem("SIMULATE_CLEARANCES_IDLE", { controller })));
    }
    const bar = progressBar(process.stderr, () => performance.now());
    let done = 0;
    const runs = await simulateSeeds({
      ...order.value,
      ...(order.value.through === undefined ? {} : { entry: throughDevices }),
      stop: context.stop,
      onProgress: (share) => bar.to(share),
      onNotes: (notes) => {
        // What our own engine leaves out of the files, SUMO does not.
        if (engine === "sumo") return;
        bar.clear();
        context.tell(listed(notes));
      },
      onRun: (run, lock) => {
        done += 1;
        bar.clear();
        context.tell(`seed ${run.seed}: delay ${run.delay_s.toFixed(1)} s (${done} of ${seeds.length})`);
        if (lock !== null) context.tell(`seed ${run.seed}: locked, each waits for the next: ${lock}`);
      },
    });
    bar.clear();
    if (!runs.ok) return runs;
    if (runs.value.every(nobody)) {
      context.tell(sentence(problem("SIMULATE_NOBODY", { from_s: files.begin_s, to_s: files.end_s })));
    }
    const document = { engine, scenario: files.name, controller, runs: runs.value, ...score(runs.value) };
    return { ok: true, document, text: table(runs.value) };
  },
};
