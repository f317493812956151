/** `greenwave simulate`: a scenario driven through, with one seed or many. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { findScenario, type Run, score, simulateSeeds } from "../../sim/index.ts";
import type { Verb, VerbArguments } from "./verb.ts";

const mostSeeds = 1000;
const longest_s = 864_000;
/** Seeds up to 100 are for tuning; claims are made with others. */
const usualSeed = 101;

function seedsOf(text: string | undefined): Result<readonly number[]> {
  if (text === undefined) return ok([usualSeed]);
  const parts = /^(?<from>\d{1,9})(?:\.\.(?<to>\d{1,9}))?$/.exec(text)?.groups;
  const from = Number(parts?.["from"]);
  const to = Number(parts?.["to"] ?? parts?.["from"]);
  if (!(to >= from && to - from < mostSeeds)) return failed(problem("SIMULATE_SEEDS", { found: text }));
  return ok(Array.from({ length: to - from + 1 }, (_, at) => from + at));
}

interface Times {
  readonly begin_s: number;
  readonly end_s: number;
}

function timesOf(args: VerbArguments, usual: Times): Result<Times> {
  const text = { begin: args.text("begin"), end: args.text("end") };
  const begin_s = text.begin === undefined ? usual.begin_s : Number(text.begin);
  const end_s = text.end === undefined ? usual.end_s : Number(text.end);
  if (end_s > begin_s && end_s - begin_s <= longest_s) return ok({ begin_s, end_s });
  const option = text.end === undefined ? "begin" : "end";
  return failed(problem("SIMULATE_TIME", { option, found: text[option] ?? `${begin_s} to ${end_s}` }));
}

/** What the verb will be able to do and cannot yet is refused, never done otherwise. */
function notYet(args: VerbArguments): Result<void> {
  const wanted: readonly (readonly [string, string])[] = [
    ["engine", "own"],
    ["controller", "fixed"],
    ["detection", "full"],
    ["lateral-resolution", "0"],
  ];
  for (const [option, only] of wanted) {
    const value = args.text(option);
    if (value !== undefined && value !== only) {
      return failed(problem("SIMULATE_NOT_YET", { what: `--${option} ${value}` }));
    }
  }
  return ok(undefined);
}

const line = (run: Run): string =>
  `${String(run.seed).padStart(9)}  ${run.delay_s.toFixed(1).padStart(8)}  ${run.waiting_s.toFixed(1).padStart(9)}  ` +
  `${run.stops.toFixed(2).padStart(5)}  ${String(run.inserted).padStart(8)}  ${String(run.never_inserted).padStart(5)}  ` +
  `${String(run.unfinished).padStart(10)}  ${run.locked ? "locked" : ""}`;

function table(runs: readonly Run[]): string {
  const head = "     seed   delay_s  waiting_s  stops  inserted  never  unfinished";
  const { mean, ci95 } = score(runs);
  const summary = `mean delay ${mean.delay_s.toFixed(1)} ± ${ci95.delay_s.toFixed(1)} s a vehicle over ${runs.length} seeds`;
  return [head, ...runs.map(line), summary].join("\n");
}

export const simulateVerb: Verb = {
  name: "simulate",
  summary: "drive a scenario through, and tell the delay of its plan",
  positionals: "<scenario>",
  maxPositionals: 1,
  options: {
    seeds: { type: "string", placeholder: "<a..b>", help: "seeds to run; 101 unless said" },
    plan: { type: "string", placeholder: "<file>", help: "signal programs (.add.xml) in place of the network's own" },
    begin: { type: "string", placeholder: "<s>", help: "start; the scenario's own, or 0" },
    end: { type: "string", placeholder: "<s>", help: "end; the scenario's own, or 3600" },
    engine: { type: "string", placeholder: "<name>", help: "own" },
    controller: { type: "string", placeholder: "<name>", help: "fixed" },
    detection: { type: "string", placeholder: "<name>", help: "full" },
    "lateral-resolution": { type: "string", placeholder: "<m>", help: "0: everybody keeps to the middle of a lane" },
  },
  more:
    "A scenario is a SUMO configuration (.sumocfg), or a folder with one of those or with a .net.xml and its .rou.xml.\n" +
    "Delay is time lost on the road and while waiting to be let in, over all who were due; who never got in counts\n" +
    "until the end. Nobody is ever teleported: a ring of vehicles that wait for each other is said to be locked.",
  async run(args, context) {
    const [given] = args.positionals;
    if (given === undefined) {
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "simulate", what: "a scenario" })] };
    }
    const possible = notYet(args);
    if (!possible.ok) return possible;
    const found = await findScenario(given);
    if (!found.ok) return found;
    const [seeds, times] = [seedsOf(args.text("seeds")), timesOf(args, found.value)];
    if (!seeds.ok) return seeds;
    if (!times.ok) return times;
    const files = { ...found.value, ...times.value };
    const plan = args.text("plan");
    let done = 0;
    const runs = await simulateSeeds({
      files,
      plans: plan === undefined ? [] : [plan],
      seeds: seeds.value,
      stop: context.stop,
      onRun: (run, lock) => {
        done += 1;
        context.tell(`seed ${run.seed}: delay ${run.delay_s.toFixed(1)} s (${done} of ${seeds.value.length})`);
        if (lock !== null) context.tell(`seed ${run.seed}: locked, each waits for the next: ${lock}`);
      },
    });
    if (!runs.ok) return runs;
    const document = {
      engine: "own",
      scenario: files.name,
      controller: "fixed",
      runs: runs.value,
      ...score(runs.value),
    };
    return { ok: true, document, text: table(runs.value) };
  },
};
