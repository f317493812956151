/** What `simulate` was asked for beside a drive: who has priority, why signals did what they did, and what else they could have done. */
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { policyNames, priorityNames, type RunOrder } from "../../sim/index.ts";
import type { OptionSpec, VerbArguments } from "./verb.ts";

export const controlOptions: Readonly<Record<string, OptionSpec>> = {
  priority: {
    type: "string",
    placeholder: "<name>",
    help: `${priorityNames.join(", ")}: who goes before others; told then: what those and the others lose`,
  },
  "detector-faults": {
    type: "string",
    placeholder: "<n|file>",
    help: "with --detection camera: each lane's breaks n times an hour on average, or as the file says",
  },
  decisions: {
    type: "string",
    placeholder: "<file>",
    help: "write each decision, a line of JSON each, and what came of it",
  },
  explain: {
    type: "string",
    placeholder: "<signal>",
    help: "tell why this signal changed, and how well predictions held",
  },
  counterfactual: {
    type: "string",
    placeholder: "<signal@s>",
    help: "drive once more with that signal's other choice from that second on",
  },
  measures: { type: "boolean", help: "tell what people lose, longest waits, queues, times of decisions" },
};

export type ControlOrder = Pick<RunOrder, "priority" | "faults" | "decisions" | "contrary" | "measures">;

const deciding = (controller: string): boolean => policyNames.includes(controller);

/** Buses count for more where costs are reckoned; emergency vehicles wherever a policy decides. */
function priorityOf(args: VerbArguments, controller: string): Result<ControlOrder["priority"]> {
  const text = args.text("priority");
  if (text === undefined) return ok(undefined);
  const found = priorityNames.find((name) => name === text);
  if (found === undefined) {
    return failed(problem("SIMULATE_CHOICE", { option: "priority", found: text, names: priorityNames.join(", ") }));
  }
  const can = found === "none" || (found === "emergency" ? deciding(controller) : controller === "adaptive");
  return can ? ok(found) : failed(problem("SIMULATE_CONTROL", { option: "priority", controller }));
}

const mostFaults = 60;

function faultsOf(args: VerbArguments, controller: string): Result<ControlOrder["faults"]> {
  const option = "detector-faults";
  const text = args.text(option);
  if (text === undefined) return ok(undefined);
  if (!deciding(controller)) return failed(problem("SIMULATE_CONTROL", { option, controller }));
  if (args.text("detection") !== "camera") return failed(problem("FAULTS_DETECTION"));
  const perHour = Number(text);
  if (Number.isNaN(perHour)) return ok(text);
  if (perHour > 0 && perHour <= mostFaults) return ok(perHour);
  return failed(
    problem("SIMULATE_NUMBER", { option, found: text, wanted: `a file, or more than 0 and at most ${mostFaults}` }),
  );
}

function contraryOf(args: VerbArguments): Result<ControlOrder["contrary"]> {
  const text = args.text("counterfactual");
  if (text === undefined) return ok(undefined);
  const parts = /^(?<signal>.+)@(?<second>\d+(?:\.\d+)?)$/.exec(text)?.groups;
  if (parts === undefined) {
    const wanted = "a signal and a second, such as J1@1800";
    return failed(problem("SIMULATE_NUMBER", { option: "counterfactual", found: text, wanted }));
  }
  if (args.text("engine") === "sumo") return failed(problem("SIMULATE_COUNTERFACTUAL_ENGINE"));
  return ok({ signal: parts["signal"] as string, at_s: Number(parts["second"]) });
}

/** What is asked where no policy decides, or of controllers that are led over their protocol. */
function stray(
  args: VerbArguments,
  controller: string,
  asks: Readonly<Record<string, unknown>>,
  priority: ControlOrder["priority"],
): Problem | null {
  const first = (of: Readonly<Record<string, unknown>>) => Object.entries(of).find(([, asked]) => asked != null)?.[0];
  const through = args.text("through");
  const unled = first({ ...asks, priority });
  if (through !== undefined && unled !== undefined) {
    return problem("SIMULATE_CONTROL_THROUGH", { option: unled, through });
  }
  const option = first(asks);
  return option === undefined || deciding(controller) ? null : problem("SIMULATE_CONTROL", { option, controller });
}

/** `seeds`: how many. */
export function controlOrderOf(args: VerbArguments, controller: string, seeds: number): Result<ControlOrder> {
  const priority = priorityOf(args, controller);
  const contrary = contraryOf(args);
  const faults = faultsOf(args, controller);
  if (!faults.ok) return faults;
  if (!priority.ok) return priority;
  if (!contrary.ok) return contrary;
  const [file, signal] = [args.text("decisions") ?? null, args.text("explain") ?? null];
  const asks = { decisions: file, explain: signal, counterfactual: contrary.value };
  const wrong = stray(args, controller, asks, priority.value);
  if (wrong !== null) return failed(wrong);
  return ok({
    ...(priority.value === undefined ? {} : { priority: priority.value }),
    ...(faults.value === undefined ? {} : { faults: faults.value }),
    ...(file === null && signal === null ? {} : { decisions: { file, signal, several: seeds > 1 } }),
    ...(contrary.value === undefined ? {} : { contrary: contrary.value }),
    ...(args.flag("measures") ? { measures: true } : {}),
  });
}
