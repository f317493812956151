/** `greenwave retime <scenario>`: fixed plans for the signals of a SUMO scenario, made from its network and demand alone. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { failed, ok, problem, type Result, reasonOf } from "../../core/problems/problem.ts";
import { findScenario, type PlanDocument, programsText, retimeScenario, withInterval } from "../../sim/index.ts";
import { numberOption } from "./arguments.ts";
import { objectiveOf } from "./objective.ts";
import type { Outcome, VerbArguments, VerbContext } from "./verb.ts";

/** Processor seconds of a search that nobody bounds: within a minute on two idle cores; ten minutes at most. */
const usual = { processor_s: 100, time_s: 600 };

interface Volumes {
  readonly volume: number;
  /** In place of the scenario's. */
  readonly files: { readonly routes?: readonly string[]; readonly counts?: string };
}

const mostVolume = 10;

/** A number is a factor on the scenario's own demand; anything else names a file: counts as CSV, or a demand. */
function volumesOf(given: string | undefined): Result<Volumes> {
  if (given === undefined) return ok({ volume: 1, files: {} });
  const factor = Number(given);
  if (Number.isNaN(factor)) {
    const path = resolve(given);
    return ok({ volume: 1, files: given.endsWith(".csv") ? { counts: path } : { routes: [path] } });
  }
  if (factor > 0 && factor <= mostVolume) return ok({ volume: factor, files: {} });
  return failed(problem("RETIME_VOLUMES", { found: given, most: mostVolume }));
}

function expected({ predicted }: PlanDocument): string {
  if (predicted === null) return "not rehearsed: there was no time";
  const { own, plan, seeds } = predicted;
  return (
    `delay ${withInterval(plan.delay_s.mean, plan.delay_s.ci95)} s a vehicle, ${withInterval(own.delay_s.mean, own.delay_s.ci95)} with the network's own plan ` +
    `(${seeds} seeds, own engine)`
  );
}

function textOf(document: PlanDocument): string {
  const { bands, cycle_s, kept, scenario, seconds_used, signals } = document;
  const cycle = cycle_s === null ? "each signal its own cycle" : `cycle ${cycle_s} s`;
  const rows = signals.map(({ signal, cycle_s: own_s, offset_s, sequence, binding }) => {
    const splits = sequence.map(({ state, green_s }) => `${state}:${green_s}`).join(" ");
    const bound = binding.kind === "lane" ? `lane at ${binding.degree_of_saturation}` : binding.kind.replace("_", " ");
    return `  ${signal}: cycle ${own_s} s, offset ${offset_s} s, ${splits} (${bound})`;
  });
  const waves = bands.map(
    ({ signals: chain, outbound_s, inbound_s }) =>
      `  band ${chain[0]} to ${chain.at(-1)}: ${outbound_s.toFixed(0)} s out, ${inbound_s.toFixed(0)} s in`,
  );
  const head = `${scenario}: ${cycle}, ${expected(document)}; ${seconds_used} s used`;
  return [head, ...rows, ...waves, ...(kept.length > 0 ? [`  kept: ${kept.join(", ")}`] : [])].join("\n");
}

async function written(path: string, text: string): Promise<Result<void>> {
  try {
    await writeFile(path, text);
    return ok(undefined);
  } catch (error) {
    return failed(problem("RETIME_WRITE", { path, reason: reasonOf(error) }));
  }
}

export async function retimeScenarioVerb(given: string, args: VerbArguments, context: VerbContext): Promise<Outcome> {
  for (const option of ["corridor", "data"]) {
    if (args.text(option) !== undefined) {
      return { ok: false, problems: [problem("RETIME_OPTION_OF_OTHER", { option, what: "a site file" })] };
    }
  }
  const objective = objectiveOf(args, "delay");
  if (!objective.ok) return objective;
  const time = numberOption(args, "time", { min: 1, max: 86_400 });
  if (!time.ok) return time;
  const found = await findScenario(given);
  if (!found.ok) return found;
  const volumes = volumesOf(args.text("volumes"));
  if (!volumes.ok) return volumes;
  const files = { ...found.value, ...volumes.value.files };
  const made = await retimeScenario({
    files,
    objective: objective.value,
    volume: volumes.value.volume,
    ...(time.value === undefined ? usual : { time_s: time.value }),
    stop: context.stop,
    tell: (line) => context.tell(line),
  });
  if (!made.ok) return made;
  const { document, programs } = made.value;
  const path = args.text("write-sumo");
  if (path !== undefined) {
    const done = await written(path, programsText(programs));
    if (!done.ok) return { ok: false, problems: done.problems, document, text: textOf(document) };
  }
  return { ok: true, document, text: textOf(document) };
}
