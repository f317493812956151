/** A scenario retimed: read, planned by formulas, improved by rehearsal, and checked on seeds that the search never saw. */

import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { unfairness } from "../../core/retime/stages/fairness.ts";
import { leastGreen_s } from "../../core/retime/stages/signal-stages.ts";
import { Random } from "../engine/random.ts";
import type { SignalProgram } from "../network/road-network.ts";
import type { ScenarioFiles } from "../scenario/find-scenario.ts";
import { openScenario } from "../scenario/open-scenario.ts";
import { bandPlans } from "./band-plans.ts";
import { type Checked, type PlanDocument, planDocument } from "./plan-document.ts";
import { type Plan, planPrograms } from "./plan-programs.ts";
import type { Rehearsal } from "./rehearsal-messages.ts";
import { openRehearsals, type Rehearsals } from "./rehearsals.ts";
import { type Retimed, retimedSignals } from "./retimed-signals.ts";
import { Search } from "./search.ts";
import { type StartPlan, startPlans } from "./start-plans.ts";

export interface RetimeOrder {
  readonly files: ScenarioFiles;
  readonly objective: "delay" | "band";
  /** Wall clock for all of it. */
  readonly time_s: number;
  /** Ends the search after so many changes that were tried; for one that is to take no longer than it must. */
  readonly mostChanges?: number;
  readonly stop: AbortSignal;
  readonly tell: (line: string) => void;
}

export interface Retiming {
  readonly document: PlanDocument;
  readonly programs: readonly SignalProgram[];
}

/**
 * Seeds up to 100 are for tuning: the first for the search, the last for what is promised. A third of the search has a tenth
 * more traffic, so that a plan keeps something in reserve and does not lock on a busy day.
 */
const trials = Array.from({ length: 9 }, (_, at) => ({ seed: at + 1, more: at % 3 === 2 ? 0.1 : 0 }));
const checkSeeds = Array.from({ length: 5 }, (_, at) => at + 96);
const searchShare = 0.92;
const chance = 20_240_229;

const costs = (runs: readonly Rehearsal[]): number =>
  runs.reduce((sum, { delay_s, locked }) => sum + delay_s * (locked ? 2 : 1), 0);

/** The network's own program first, then each plan, on seed after seed while there is time; as many runs of each. */
async function check(
  rehearsals: Rehearsals,
  plans: readonly (readonly SignalProgram[])[],
  until_ms: number,
): Promise<readonly (readonly Rehearsal[])[]> {
  const runs: Rehearsal[][] = plans.map(() => []);
  let last_ms = 0;
  for (const seed of checkSeeds) {
    const began_ms = performance.now();
    if (began_ms + last_ms > until_ms) break;
    const asked = { seed, more: 0, limit_s: null, most_s: (until_ms - began_ms) / 1000 };
    const all = await Promise.all(plans.map((programs) => rehearsals.ask({ ...asked, programs })));
    if (all.some((run) => run === null || run.givenUp)) break;
    for (const [at, run] of all.entries()) runs[at]?.push(run as Rehearsal);
    last_ms = performance.now() - began_ms;
  }
  return runs;
}

interface Settled {
  readonly plan: Plan;
  readonly began: string | null;
  readonly checked: Checked;
}

/** Of the best and those that came next, whichever is best on the seeds of the check; the network's own if none is better. */
async function settle(
  rehearsals: Rehearsals,
  retimed: Retimed,
  finalists: readonly StartPlan[],
  order: RetimeOrder,
  until_ms: number,
): Promise<Settled> {
  const programs = finalists.map(({ plan }) => planPrograms(retimed.signals, plan));
  const [own = [], ...runs] = await check(rehearsals, [[], ...programs], until_ms);
  const [first] = finalists as readonly [StartPlan, ...StartPlan[]];
  if (own.length === 0) return { plan: first.plan, began: null, checked: { ours: [], own } };
  const at = runs.reduce((best, each, place) => (costs(each) < costs(runs[best] ?? []) ? place : best), 0);
  const [chosen, ours] = [finalists[at] as StartPlan, runs[at] as readonly Rehearsal[]];
  if (order.objective === "delay" && costs(ours) > costs(own)) {
    return { plan: chosen.plan.map(() => null), began: chosen.name, checked: { ours: own, own } };
  }
  return { plan: chosen.plan, began: chosen.name, checked: { ours, own } };
}

/** What would be a bug of ours is looked for in every plan before anybody sees it. */
function unfairSignals(retimed: Retimed, programs: readonly SignalProgram[]): string[] {
  return programs.flatMap((program) => {
    const own = retimed.signals.find(({ own: each }) => each.signal === program.signal)?.own;
    return own === undefined || unfairness(own.phases, program.phases, leastGreen_s).length > 0 ? [program.signal] : [];
  });
}

async function searched(
  order: RetimeOrder,
  retimed: Retimed,
  starts: readonly StartPlan[],
  rehearsals: Rehearsals,
  began_ms: number,
) {
  const random = new Random(chance);
  const search = new Search({
    signals: retimed.signals,
    rehearsals,
    starts,
    trials,
    now_ms: () => performance.now(),
    until_ms: began_ms + searchShare * order.time_s * 1000,
    mostChanges: order.objective === "delay" ? (order.mostChanges ?? Number.POSITIVE_INFINITY) : 0,
    draw: () => random.next(),
    stop: order.stop,
    tell: order.tell,
  });
  const found = await search.run();
  return { finalists: found.length > 0 ? found : starts.slice(0, 1), tried: search.tried };
}

export async function retimeScenario(order: RetimeOrder): Promise<Result<Retiming>> {
  const began_ms = performance.now();
  const { files } = order;
  const scenario = await openScenario(files, []);
  if (!scenario.ok) return scenario;
  const retimed = retimedSignals(scenario.value, files.begin_s, files.end_s);
  if (retimed.signals.length === 0) return failed(problem("RETIME_NO_SIGNALS", { scenario: files.name }));
  order.tell(`${files.name}: ${retimed.signals.length} signals to retime, ${retimed.kept.length} kept as they are`);
  const opened = await openRehearsals(files);
  if (!opened.ok) return opened;
  const rehearsals = opened.value;
  try {
    const all = startPlans(retimed, scenario.value.network, () => performance.now() - began_ms < order.time_s * 300);
    const starts = order.objective === "band" ? bandPlans(retimed, all, scenario.value.network) : all;
    if (starts.length === 0) return failed(problem("RETIME_NO_ROAD", { scenario: files.name }));
    const first_plan_s = (performance.now() - began_ms) / 1000;
    const { finalists, tried } = await searched(order, retimed, starts, rehearsals, began_ms);
    const failure = rehearsals.failure();
    if (failure !== null) return failed(...failure);
    const settled = await settle(rehearsals, retimed, finalists, order, began_ms + order.time_s * 1000);
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
