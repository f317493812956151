/** What `simulate` was asked for, out of its options. */
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import {
  controllerNames,
  detectionNames,
  outputKinds,
  outputsOrderOf,
  type RunOrder,
  type ScenarioFiles,
  throughNames,
} from "../../sim/index.ts";
import { controlOptions, controlOrderOf } from "./simulate-control-options.ts";
import type { OptionSpec, VerbArguments } from "./verb.ts";

const mostSeeds = 1000;
const longest_s = 864_000;
/** Seeds up to 100 are for tuning; claims are made with others. */
const usualSeed = 101;
const engineNames = ["own", "sumo"] as const;
const steps_s = [1, 0.5, 0.1];
const widest_m = 10;
/** Yellow of the published learners' runs, without all-red (RESCO; Ault and Sharon 2021). */
const rescoYellow_s = 3;
const longestYellow_s = 30;

export const simulateOptions: Readonly<Record<string, OptionSpec>> = {
  engine: { type: "string", placeholder: "<name>", help: "own (usual) or sumo" },
  controller: { type: "string", placeholder: "<name>", help: `${controllerNames.join(", ")}; fixed unless said` },
  plan: { type: "string", placeholder: "<file>", help: "signal programs (.add.xml) in place of the network's own" },
  counts: {
    type: "string",
    placeholder: "<file>",
    help: "a demand that reproduces these counts (CSV) in place of the scenario's own",
  },
  seeds: { type: "string", placeholder: "<a..b>", help: "seeds to run; 101 unless said" },
  begin: { type: "string", placeholder: "<s>", help: "start; the scenario's own, or 0" },
  end: { type: "string", placeholder: "<s>", help: "end; the scenario's own, or 3600" },
  step: { type: "string", placeholder: "<s>", help: "1 (usual), 0.5 or 0.1" },
  "lateral-resolution": {
    type: "string",
    placeholder: "<m>",
    help: "0.8 where motorcycles drive, unless said; 0: everybody keeps to the middle of a lane",
  },
  detection: { type: "string", placeholder: "<name>", help: "what a controller sees: full (usual) or camera" },
  through: {
    type: "string",
    placeholder: "<name>",
    help: "ntcip: a site's signals are virtual controllers, which the policy leads over SNMP",
  },
  clearances: {
    type: "string",
    placeholder: "<name>",
    help: "yellow and all-red under a controller: own (usual), resco (3 s, no all-red), or seconds of yellow",
  },
  output: { type: "string", placeholder: "<folder>", help: "write what SUMO would write of the run into this folder" },
  outputs: { type: "string", placeholder: "<a,b>", help: `some of ${outputKinds.join(", ")}; all unless said` },
  format: { type: "string", placeholder: "<name>", help: "of the outputs: xml (usual) or csv" },
  "output-period": { type: "string", placeholder: "<s>", help: "interval of edge and lane data; 300 unless said" },
  replay: { type: "string", placeholder: "<file>", help: "write a replay for `greenwave player`; one seed" },
  ...controlOptions,
};

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

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

function timesOf(args: VerbArguments, usual: Times): Result<Times> {
  const text = { begin: args.text("begin"), end: args.text("end") };
  const begin_s = text.begin === undefined ? usual.begin_s : numberOf(text.begin);
  const end_s = text.end === undefined ? usual.end_s : numberOf(text.end);
  if (begin_s >= 0 && end_s > begin_s && end_s - begin_s <= longest_s) return ok({ begin_s, end_s });
  const option = text.end === undefined ? "begin" : "end";
  const found = text[option] ?? `${begin_s} to ${end_s}`;
  return failed(problem("SIMULATE_TIME", { option, found, from_s: usual.begin_s, to_s: usual.end_s }));
}

function choice<T extends string>(args: VerbArguments, option: string, names: readonly T[]): Result<T> {
  const text = args.text(option);
  const found = text === undefined ? names[0] : names.find((name) => name === text);
  if (found !== undefined) return ok(found);
  return failed(problem("SIMULATE_CHOICE", { option, found: text ?? "", names: names.join(", ") }));
}

function number(
  args: VerbArguments,
  option: string,
  fits: (value: number) => boolean,
  wanted: string,
): Result<number | null> {
  const text = args.text(option);
  if (text === undefined) return ok(null);
  const value = numberOf(text);
  return fits(value) ? ok(value) : failed(problem("SIMULATE_NUMBER", { option, found: text, wanted }));
}

function yellowOf(args: VerbArguments): Result<number | null> {
  const text = args.text("clearances") ?? "own";
  if (text === "own") return ok(null);
  if (text === "resco") return ok(rescoYellow_s);
  const value = numberOf(text);
  if (value >= 1 && value <= longestYellow_s) return ok(value);
  return failed(problem("SIMULATE_NUMBER", { option: "clearances", found: text, wanted: "own, resco, or 1 to 30 s" }));
}

/** What a device in its cabinet does for itself, or what is seen of simulated signals alone; what is told of those: `stray`. */
const notThrough = ["detection", "detector-faults", "clearances"];

/** Undefined: at once, as a simulation can. */
function throughOf(args: VerbArguments, { kind, name }: ScenarioFiles): Result<RunOrder["through"]> {
  if (args.text("through") === undefined) return ok(undefined);
  if (kind !== "site" || args.text("engine") === "sumo") return failed(problem("THROUGH_SITE", { scenario: name }));
  const other = notThrough.find((option) => args.text(option) !== undefined);
  if (other !== undefined) return failed(problem("THROUGH_ALONE", { option: other }));
  return choice(args, "through", throughNames);
}

type RecordOrder = NonNullable<RunOrder["record"]>;

/** Outputs and replay, which our own engine alone writes; null where none are asked for. */
function recordOf(args: VerbArguments, seeds: number): Result<RecordOrder | null> {
  const replay = args.text("replay") ?? null;
  const outputs = outputsOrderOf({
    folder: args.text("output"),
    kinds: args.text("outputs"),
    format: args.text("format"),
    period: args.text("output-period"),
  });
  if (!outputs.ok) return outputs;
  if (outputs.value === null && replay === null) return ok(null);
  if (args.text("engine") === "sumo") return failed(problem("OUTPUT_ENGINE"));
  if (replay !== null && seeds > 1) return failed(problem("REPLAY_SEEDS", { count: seeds }));
  return ok({ outputs: outputs.value, replay, several: seeds > 1 });
}

const problemsOf = (...results: readonly Result<unknown>[]): Problem[] =>
  results.flatMap((result) => (result.ok ? [] : [...result.problems]));

/** All that is wrong with the options at once. */
export function orderOf(args: VerbArguments, found: ScenarioFiles): Result<RunOrder> {
  const drive = driveOrderOf(args, found);
  const control = controlOrderOf(args, args.text("controller") ?? "fixed", drive.ok ? drive.value.seeds.length : 1);
  if (!drive.ok || !control.ok) return failed(...problemsOf(drive, control));
  return ok({ ...drive.value, ...control.value });
}

function driveOrderOf(args: VerbArguments, found: ScenarioFiles): Result<RunOrder> {
  const plan = args.text("plan");
  const engine = choice(args, "engine", engineNames);
  const controller = choice(args, "controller", controllerNames);
  const detection = choice(args, "detection", detectionNames);
  const through = throughOf(args, found);
  const seeds = seedsOf(args.text("seeds"));
  const times = timesOf(args, found);
  const step = number(args, "step", (value) => steps_s.includes(value), steps_s.join(", "));
  const lateral = number(args, "lateral-resolution", (value) => value >= 0 && value <= widest_m, "0 to 10 m");
  const yellow = yellowOf(args);
  const record = recordOf(args, seeds.ok ? seeds.value.length : 1);
  const counts = args.text("counts");
  const wrong = [
    ...(counts !== undefined && args.text("engine") === "sumo" ? [problem("COUNTS_ENGINE")] : []),
    ...problemsOf(engine, controller, detection, through, seeds, times, step, lateral, yellow, record),
  ];
  if (
    !engine.ok ||
    !controller.ok ||
    !detection.ok ||
    !through.ok ||
    !seeds.ok ||
    !times.ok ||
    !step.ok ||
    !lateral.ok ||
    !yellow.ok ||
    !record.ok ||
    wrong.length > 0
  ) {
    return failed(...wrong);
  }
  return ok({
    files: { ...found, ...times.value, ...(counts === undefined ? {} : { counts }) },
    // A site's plans came with it.
    plans: plan === undefined || found.kind === "site" ? [] : [plan],
    seeds: seeds.value,
    engine: engine.value,
    controller: controller.value,
    detection: detection.value,
    ...(through.value === undefined ? {} : { through: through.value }),
    step_s: step.value ?? 1,
    lateral_resolution_m: lateral.value,
    yellow_s: yellow.value,
    ...(record.value === null ? {} : { record: record.value }),
  });
}
