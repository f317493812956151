/** A scenario retimed: read, planned by formulas, improved by rehearsal, and checked on seeds that the search never saw. */

import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { unfairness } from "../../core/retime/stages/fairness.ts";
import { leastGreen_s } from "../../core/retime/stages/signal-stages.ts";
import { Random } from "../engine/random.ts";
import type { SignalProgram } from "../network/road-network.ts";
import type { ScenarioFiles } from "../scenario/find-scenario.ts";
import { openScenario } from "../scenario/open-scenario.ts";
import { bandPlans } from "./band-plans.ts";
import { blocksOf } from "./blocks.ts";
import { type Budget, startBudget } from "./budget.ts";
import { type PlanDocument, planDocument } from "./plan-document.ts";
import { planPrograms } from "./plan-programs.ts";
import { openRehearsals, type Rehearsals } from "./rehearsals.ts";
import { type Retimed, retimedSignals } from "./retimed-signals.ts";
import { Search, type Trial, usual_s } from "./search.ts";
import { settle } from "./settle.ts";
import { Sketch } from "./sketch.ts";
import { type StartPlan, startPlans, withTimeToLeave } from "./start-plans.ts";

export interface RetimeOrder {
  readonly files: ScenarioFiles;
  readonly objective: "delay" | "band";
  /** So many times the traffic that the demand has; 1 unless given. */
  readonly volume?: number;
  /** Wall clock for all of it: a hard end. */
  readonly time_s: number;
  /** Processor seconds that are meant for it; as many as the time has where none are given. */
  readonly processor_s?: number;
  /** Ends the search after so many changes that were tried; for one that is to take no longer than it must. */
  readonly mostChanges?: number;
  readonly stop: AbortSignal;
  readonly tell: (line: string) => void;
}

export interface Retiming {
  readonly document: PlanDocument;
  readonly programs: readonly SignalProgram[];
}

/** On a busy day there is so many times the traffic: a plan should keep something in reserve and not lock then. */
const busy = 1.05;
/** Seeds up to 100 are for tuning: the first for the search, of which a third are busy days, the last for what is promised. */
const trials = Array.from({ length: 24 }, (_, at) => ({ seed: at + 1, volume: at % 3 === 2 ? busy : 1 }));
/** By these the last few are told apart; then one of them is promised by others. */
const finals = Array.from({ length: 60 }, (_, at) => ({ seed: at + 31, volume: at % 3 === 2 ? busy : 1 }));
const checks = Array.from({ length: 5 }, (_, at) => ({ seed: at + 96, volume: 1 }));
/** Of the time: until when starting plans are made, and until when plans are changed. */
const startShare = 0.25;
const searchShare = 0.76;
/** Until when one of the last few is chosen: what is left is for as many rehearsals as the check takes, and some more. */
const chosenShare = { least: 0.9, most: 0.97 };
const checkRuns = 14;
/** Of the time, for changes of starting plans in queues; so many are changed, on so many trials. */
const sketchShare = 0.08;
const improvedStarts = 16;
/** Beyond those, who costs so many times the cheapest by queues is not rehearsed. */
const farOff = 1.5;
const clearedStarts = 4;
const sketches = 3;
/** Of those trials, for a change of which rehearsals tell more. */
const glances = 1;
const chance = 20_240_229;

const under =
  ({ volume = 1 }: RetimeOrder) =>
  (trial: Trial): Trial => ({ ...trial, volume: volume * trial.volume });

/** Processor seconds of this process. */
function cpu_s(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1e6;
}

/** What would be a bug of ours is looked for in every plan before anybody sees it. */
function unfairSignals(retimed: Retimed, programs: readonly SignalProgram[]): string[] {
  return programs.flatMap((program) => {
    const own = retimed.signals.find(({ own: each }) => each.signal === program.signal)?.own;
    return own === undefined || unfairness(own.phases, program.phases, leastGreen_s).length > 0 ? [program.signal] : [];
  });
}

/** The cheapest by queues first: the likeliest to be good are rehearsed first, the others beside them are given up early. */
function sketchedStarts(
  sketch: Sketch,
  retimed: Retimed,
  starts: readonly StartPlan[],
  budget: Budget,
): readonly StartPlan[] {
  const random = new Random(chance);
  const from = budget.gone();
  const cost = new Map<StartPlan, number>();
  for (const start of starts) {
    if (budget.gone() > from + sketchShare / 2) break;
    cost.set(start, sketch.cost(start.plan));
  }
  const until = from + sketchShare;
  const costOf = (start: StartPlan): number => cost.get(start) ?? Number.MAX_VALUE;
  const by = (a: StartPlan, b: StartPlan): number => costOf(a) - costOf(b);
  const ordered = starts.toSorted(by);
  const improved: StartPlan[] = [];
  for (const [at, start] of ordered.slice(0, improvedStarts).entries()) {
    const share = until - (sketchShare * (improvedStarts - 1 - at)) / improvedStarts;
    if (budget.gone() >= share) break;
    const better = sketch.improved(
      start,
      () => random.next(),
      () => budget.gone() < share,
    );
    cost.set(better.start, better.cost);
    improved.push(better.start);
  }
  for (const start of improved.toSorted(by).slice(0, clearedStarts)) {
    const cleared = withTimeToLeave(retimed, start);
    if (cleared === null || budget.gone() >= until) continue;
    cost.set(cleared, sketch.cost(cleared.plan));
    improved.push(cleared);
  }
  const all = [...improved, ...ordered].toSorted(by);
  const most = farOff * costOf(all[0] as StartPlan);
  return all.filter((start, at) => at < improvedStarts || costOf(start) <= most);
}

async function searched(
  order: RetimeOrder,
  retimed: Retimed,
  starts: readonly StartPlan[],
  blocks: readonly (readonly number[])[],
  sketch: Sketch,
  rehearsals: Rehearsals,
  budget: Budget,
) {
  const random = new Random(chance);
  const search = new Search({
    signals: retimed.signals,
    blocks,
    rehearsals,
    starts,
    trials: trials.map(under(order)),
    budget,
    sketch: (plan) => sketch.cost(plan, glances),
    until: searchShare,
    mostChanges: order.objective === "delay" ? (order.mostChanges ?? Number.POSITIVE_INFINITY) : 0,
    draw: () => random.next(),
    stop: order.stop,
    tell: order.tell,
  });
  const found = await search.run();
  const [best] = found;
  const run_s = best === undefined ? Number.POSITIVE_INFINITY : usual_s(best);
  const check = (checkRuns * run_s) / budget.processor_s;
  return {
    finalists: found.length > 0 ? found : starts.slice(0, 1),
    tried: search.tried,
    chosenAt: Math.min(chosenShare.most, Math.max(chosenShare.least, 1 - check)),
  };
}

export async function retimeScenario(order: RetimeOrder): Promise<Result<Retiming>> {
  const began_ms = performance.now();
  const { files } = order;
  const scenario = await openScenario(files, []);
  if (!scenario.ok) return scenario;
  const retimed = retimedSignals(scenario.value, files, order.volume ?? 1);
  if (retimed.signals.length === 0) return failed(problem("RETIME_NO_SIGNALS", { scenario: files.name }));
  order.tell(`${files.name}: ${retimed.signals.length} signals to retime, ${retimed.kept.length} kept as they are`);
  const opened = await openRehearsals(files);
  if (!opened.ok) return opened;
  const rehearsals = opened.value;
  try {
    const budget = startBudget({
      now_ms: () => performance.now(),
      time_s: order.time_s - (performance.now() - began_ms) / 1000,
      processor_s: order.processor_s ?? order.time_s * rehearsals.count,
      spent_s: () => rehearsals.spent_s() + cpu_s(),
    });
    const all = startPlans(retimed, scenario.value.network, () => budget.gone() < startShare);
    const starts = order.objective === "band" ? bandPlans(retimed, all, scenario.value.network) : all;
    if (starts.length === 0) return failed(problem("RETIME_NO_ROAD", { scenario: files.name }));
    const first_plan_s = (performance.now() - began_ms) / 1000;
    const blocks = blocksOf(retimed);
    const sketch = new Sketch(scenario.value, retimed, files, trials.slice(0, sketches).map(under(order)), blocks);
    const field = order.objective === "band" ? starts : sketchedStarts(sketch, retimed, starts, budget);
    const { chosenAt, finalists, tried } = await searched(order, retimed, field, blocks, sketch, rehearsals, budget);
    const failure = rehearsals.failure();
    if (failure !== null) return failed(...failure);
    const settled = await settle({
      ...{ rehearsals, retimed, finalists },
      finals: finals.map(under(order)),
      checks: checks.map(under(order)),
      ownToo: order.objective === "delay",
      budget,
      chosenAt,
      tell: order.tell,
    });
    const programs = planPrograms(retimed.signals, settled.plan);
    const [unfair] = unfairSignals(retimed, programs);
    if (unfair !== undefined) return failed(problem("RETIME_UNFAIR", { signal: unfair }));
    const document = planDocument({
      files,
      retimed,
      network: scenario.value.network,
      plan: settled.plan,
      programs,
      checked: settled.checked,
      objective: order.objective,
      tried,
      first_plan_s,
      began: settled.began,
      seconds_used: (performance.now() - began_ms) / 1000,
    });
    return ok({ document, programs });
  } finally {
    rehearsals.end();
  }
}
