/** Which of the last few plans is taken: told apart on days that the search did not see, and promised by still others. */
import type { Budget } from "./budget.ts";
import type { Checked } from "./plan-document.ts";
import { type Plan, planPrograms } from "./plan-programs.ts";
import { costOf, meanCost, withOneLock } from "./rehearsal-cost.ts";
import type { Rehearsal } from "./rehearsal-messages.ts";
import type { Rehearsals } from "./rehearsals.ts";
import type { Retimed } from "./retimed-signals.ts";
import type { Trial } from "./search.ts";
import type { StartPlan } from "./start-plans.ts";

export interface SettleOptions {
  readonly rehearsals: Rehearsals;
  readonly retimed: Retimed;
  /** The likeliest to be best come first. */
  readonly finalists: readonly StartPlan[];
  readonly finals: readonly Trial[];
  readonly checks: readonly Trial[];
  /** The network's own plan is taken where none is better. */
  readonly ownToo: boolean;
  readonly budget: Budget;
  /** The share of the budget at which one of them is chosen. */
  readonly chosenAt: number;
  readonly tell: (line: string) => void;
}

export interface Settled {
  readonly plan: Plan;
  readonly began: string | null;
  readonly checked: Checked;
}

interface Candidate {
  readonly name: string | null;
  readonly plan: Plan;
  readonly runs: Rehearsal[];
}

/** Nobody is left out before so many days. */
const fair = 4;
/** So many standard errors of the differences, day by day, are no chance. */
const behind_se = 2.5;

/** Each candidate on one day more; false where the time is over before all have been through it. */
async function oneDay(
  { budget, rehearsals, retimed }: SettleOptions,
  candidates: readonly Candidate[],
  trial: Trial,
): Promise<boolean> {
  const most_s = budget.left_s();
  if (most_s <= 0) return false;
  const asked = { ...trial, limit_s: null, most_s, pace: null };
  const runs = await Promise.all(
    candidates.map(({ plan }) => rehearsals.ask({ ...asked, programs: planPrograms(retimed.signals, plan) })),
  );
  const whole = runs.flatMap((run) => (run === null || run.givenUp ? [] : [run]));
  if (whole.length < candidates.length) return false;
  for (const [at, run] of whole.entries()) candidates[at]?.runs.push(run);
  return true;
}

/** Day after day; how much the next one takes is known from the one before. `race`: whoever cannot win is left out. */
async function days(
  options: SettleOptions,
  all: readonly Candidate[],
  trials: readonly Trial[],
  until: number,
  race: boolean,
): Promise<readonly Candidate[]> {
  let field = all;
  let last = 0;
  for (const [day, trial] of trials.entries()) {
    const began = options.budget.gone();
    if (began + last > until || !(await oneDay(options, field, trial))) break;
    last = options.budget.gone() - began;
    if (!race || day + 1 < fair) continue;
    const [best] = ranked(field) as [Candidate, ...Candidate[]];
    field = field.filter((each) => each === best || !isOut(each, best));
    if (field.length === 1) break;
  }
  return ranked(field);
}

const ranked = (field: readonly Candidate[]): readonly Candidate[] =>
  field.toSorted((a, b) => meanCost(a.runs) - meanCost(b.runs));

/**
 * Is it behind the best by more than chance? Of other stock it is out only when it would be even if the best were to lock on the next
 * day: locks are rare and dear, and whoever was made of the best would lock as it does.
 */
function isOut({ name, runs }: Candidate, best: Candidate): boolean {
  const more = runs.map((run, day) => costOf(run) - costOf(best.runs[day] as Rehearsal));
  const mean = more.reduce((sum, each) => sum + each, 0) / more.length;
  const squares = more.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const isBehind = mean > behind_se * Math.sqrt(squares / (more.length - 1) / more.length);
  return isBehind && (name === best.name || meanCost(runs) > withOneLock(best.runs));
}

export async function settle(options: SettleOptions): Promise<Settled> {
  const { checks, chosenAt, finalists, finals, ownToo, retimed, tell } = options;
  const nothing: Plan = retimed.signals.map(() => null);
  const own: Candidate = { name: null, plan: nothing, runs: [] };
  const [first] = finalists as readonly [StartPlan, ...StartPlan[]];
  const candidates: Candidate[] = finalists.map(({ name, plan }) => ({ name, plan, runs: [] }));
  const [best = own] = await days(options, ownToo ? [...candidates, own] : candidates, finals, chosenAt, true);
  const chosen = best.runs.length === 0 ? first : best;
  for (const { name, runs } of [...candidates, own]) {
    const locked = runs.filter((run) => run.locked).length;
    if (runs.length > 0) {
      tell(
        `on ${runs.length} other days, ${name ?? "the network's own plan"}: cost ${meanCost(runs).toFixed(1)}, ${locked} locked`,
      );
    }
  }
  const promised: Candidate = { name: chosen.name, plan: chosen.plan, runs: [] };
  const beside: Candidate = { name: null, plan: nothing, runs: [] };
  await days(options, [promised, beside], checks, 1, false);
  const worse = ownToo && meanCost(promised.runs) > meanCost(beside.runs);
  if (worse && meanCost([...promised.runs, ...best.runs]) > meanCost([...beside.runs, ...own.runs])) {
    return { plan: nothing, began: chosen.name, checked: { ours: beside.runs, own: beside.runs } };
  }
  const began = promised.runs.length === 0 && best.runs.length === 0 ? null : chosen.name;
  return { plan: chosen.plan, began, checked: { ours: promised.runs, own: beside.runs } };
}
