/**
 * The search for a plan by rehearsal: many plans to begin with, of which the better half goes on to the next seed; then
 * tournaments among small changes of the best, by the same rule and on the same seeds for all (common random numbers). Who wins
 * one and is better than the best over all seeds takes its place. The best so far is always at hand.
 */

import { drawBelow } from "../../core/retime/stages/vary-timing.ts";
import type { Budget } from "./budget.ts";
import { Offspring, type OffspringOptions } from "./offspring.ts";
import { type Plan, planPrograms } from "./plan-programs.ts";
import { costOf, meanCost } from "./rehearsal-cost.ts";
import type { Rehearsal } from "./rehearsal-messages.ts";
import type { Rehearsals } from "./rehearsals.ts";
import type { StartPlan } from "./start-plans.ts";

/** Under what a plan is tried: chance, and how many times the traffic that the demand has. */
export interface Trial {
  readonly seed: number;
  readonly volume: number;
}

export interface SearchOptions extends OffspringOptions {
  readonly rehearsals: Rehearsals;
  readonly starts: readonly StartPlan[];
  readonly trials: readonly Trial[];
  readonly budget: Budget;
  /** The share of the budget at which the search is to end. */
  readonly until: number;
  /** Changes of the best of the starting plans that are tried, however much time is left. */
  readonly mostChanges: number;
  readonly stop: AbortSignal;
  readonly tell: (line: string) => void;
}

/** A plan with what it cost in each trial so far, in their order. */
export interface Judged {
  readonly name: string;
  readonly plan: Plan;
  readonly runs: readonly Rehearsal[];
}

const rounds = 3;
/**
 * Checked beside the best in the end: starting plans that came next, plans from which the best was made, and those of which, by
 * what was seen of their like, most is to be expected.
 */
const runnersUp = 2;
const forebears = 2;
const promising = 2;
/** Nobody is promising by fewer trials. */
const fewestTrials = 4;
/** Starting plans beside the best that are changed too. */
const otherStock = 4;
/** Of the search's share, for looking at what there is to begin with. */
const halvingShare = 0.35;
/** Whoever costs so much more than the best is not driven to the end. */
const hopeless = 1.5;
/** By how much a starting plan, and a changed one, may fall behind the best on the same day before it is given up. */
const fieldPace = 1.2;
const changePace = 1.1;
/** By how much a change may be dearer after so many trials before it is out. */
const patience = [0.08, 0.05, 0.03, 0.02, 0.015, 0.01];
/** After so many trials the better half of a tournament goes on. */
const halvedAfter = [1, 2, 4, 7, 12];
/** Of the changes, those that are made of the best; the others of those that were best before it, are promising or came next to it. */
const ofTheBest = 0.6;
const mostChildren = 16;
/** Beside the first, so many more changes at a time. */
const mostMoves = 3;
const tournamentsWanted = 6;
const slower = (run: Rehearsal | undefined, by: number): readonly number[] | null =>
  run?.pace.map((delay) => by * delay) ?? null;
/** Full trials of so many changes should fit into the time. */
const changesWanted = 25;
/** A trial in which a plan locks counts like so many, however late or early that was. */
const mostShare = 4;
/** So often in a row nothing new may be drawn. */
const mostIdle = 20;

/** Processor seconds of one rehearsal; the first of a process is slow. */
export const usual_s = ({ runs }: Judged): number => Math.max(0.01, Math.min(...runs.map(({ cpu_s }) => cpu_s)));

export class Search {
  readonly #o: SearchOptions;
  #trials: readonly Trial[];
  /** By trial: what the best cost when the climb began, or usually where it locked; costs are told as shares of it. */
  #scale: readonly number[] = [];
  /** Every plan that was the best of the climb, the latest last. */
  readonly #line: Judged[] = [];
  readonly #offspring: Offspring;
  /** Whoever has been through some trials of the climb. */
  readonly #tested = new Map<Plan, Judged>();
  best: Judged | null = null;
  tried = 0;

  constructor(options: SearchOptions) {
    this.#o = options;
    this.#trials = options.trials;
    this.#offspring = new Offspring(options);
  }

  get #over(): boolean {
    const { budget, rehearsals, stop } = this.#o;
    return stop.aborted || budget.gone() >= this.#end || rehearsals.failure() !== null;
  }

  /** Where a rehearsal is a good part of the budget, more is left for choosing among the last. */
  get #end(): number {
    const { budget, rehearsals, until } = this.#o;
    const run = ((this.best === null ? 0 : usual_s(this.best)) * rehearsals.count) / budget.processor_s;
    return until - Math.min(until / 2, 2 * run);
  }

  /** The best, then those that it came from, the promising, and the starting plans next to it; empty where nothing could be rehearsed. */
  async run(): Promise<readonly Judged[]> {
    const field = await this.#halve();
    if (this.best === null) return [];
    const next = field.filter((each) => each.plan !== this.best?.plan).slice(0, otherStock);
    if (this.#o.mostChanges > 0) {
      this.#trials = this.#o.trials.slice(0, this.#trialsWorth(this.best));
      await this.#complete(this.best);
      await this.#climb(next);
    }
    return [this.best, ...this.#forebears(), ...this.#promising(), ...next.slice(0, runnersUp)];
  }

  #forebears(): readonly Judged[] {
    return this.#line.toReversed().slice(1, 1 + forebears);
  }

  /** Chance favours whoever won; what was seen of all that are like it knows better. */
  #promising(): readonly Judged[] {
    const known = [this.best?.plan, ...this.#forebears().map(({ plan }) => plan)];
    const others = [...this.#tested.values()].filter(({ plan }) => !known.includes(plan));
    const expected = new Map(others.map((each) => [each, this.#offspring.expected(each.plan)]));
    const by = (a: Judged, b: Judged): number => (expected.get(a) as number) - (expected.get(b) as number);
    return others.toSorted(by).slice(0, promising);
  }

  #trialsWorth(best: Judged): number {
    const { budget, until } = this.#o;
    const possible = ((until - budget.gone()) * budget.processor_s) / usual_s(best);
    return Math.max(best.runs.length, Math.min(this.#o.trials.length, Math.round(possible / changesWanted)));
  }

  async #halve(): Promise<readonly Judged[]> {
    let field: Judged[] = this.#o.starts.map((start) => ({ ...start, runs: [] }));
    const deadline = halvingShare * this.#o.until;
    for (let round = 0; round < rounds && field.length > 1; round += 1) {
      if (round > 0 && this.#o.budget.gone() > deadline) break;
      const trial = this.#o.trials[round] as Trial;
      const judged = await this.#each(field, (each) => this.#oneMore(each, trial, deadline));
      const through = judged.filter(({ runs }) => runs.length > round && runs.every(({ givenUp }) => !givenUp));
      if (through.length === 0) break;
      field = through.toSorted((a, b) => meanCost(a.runs) - meanCost(b.runs)).slice(0, Math.ceil(field.length / 2));
      this.best = field[0] as Judged;
    }
    return field;
  }

  /** As many at a time as can be rehearsed, so that each begins with what is known by then. */
  async #each(field: readonly Judged[], judge: (one: Judged) => Promise<Judged>): Promise<Judged[]> {
    const judged = [...field];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let at = next++; at < field.length; at = next++) judged[at] = await judge(field[at] as Judged);
    };
    await Promise.all(Array.from({ length: this.#o.rehearsals.count }, work));
    return judged;
  }

  async #oneMore(judged: Judged, trial: Trial, deadline: number): Promise<Judged> {
    if (this.#over || (this.best !== null && this.#o.budget.gone() > deadline)) return judged;
    const limit_s = this.best === null ? null : hopeless * meanCost(this.best.runs);
    const other = this.best?.runs[judged.runs.length];
    const run = await this.#rehearse(judged.plan, trial, limit_s, slower(other, fieldPace));
    if (run === null) return judged;
    const next = { ...judged, runs: [...judged.runs, run] };
    const first = next.runs.length === 1 && !run.givenUp;
    if (
      first &&
      (this.best === null || (this.best.runs.length === 1 && meanCost(next.runs) < meanCost(this.best.runs)))
    ) {
      this.best = next;
    }
    this.#o.tell(`${judged.name}: ${run.givenUp ? "above " : ""}${run.delay_s.toFixed(1)} s a vehicle`);
    return next;
  }

  #rehearse(plan: Plan, trial: Trial, limit_s: number | null, pace: readonly number[] | null) {
    const { budget, rehearsals, signals } = this.#o;
    // What is under way when the wall clock strikes is given up.
    const most_s = Math.max(0.1, budget.left_s() * this.#o.until);
    return rehearsals.ask({ programs: planPrograms(signals, plan), ...trial, limit_s, most_s, pace });
  }

  /** The best meets the trials that it has not seen yet. */
  async #complete(best: Judged): Promise<void> {
    const missing = this.#trials.slice(best.runs.length);
    const runs = await Promise.all(missing.map((trial) => this.#rehearse(best.plan, trial, null, null)));
    const whole = runs.flatMap((run) => (run === null || run.givenUp ? [] : [run]));
    const known = whole.length === missing.length ? [...best.runs, ...whole] : best.runs;
    this.#trials = this.#trials.slice(0, known.length);
    this.best = { ...best, runs: known };
    this.#line.push(this.best);
    const fluent = known.filter(({ locked }) => !locked).map(costOf);
    const usual = fluent.length === 0 ? Math.min(...known.map(costOf)) : fluent.reduce((a, b) => a + b) / fluent.length;
    this.#scale = known.map((run) => Math.max(1, run.locked ? usual : costOf(run)));
    this.#offspring.learn(best.plan, this.#share(known), known.length);
  }

  async #climb(next: readonly Judged[]): Promise<void> {
    let [idle, stale] = [0, 0];
    while (!this.#over && this.tried < this.#o.mostChanges && idle < mostIdle) {
      const children = this.#children(next, stale);
      // Nothing new was drawn: once is chance.
      idle = children.length === 0 ? idle + 1 : 0;
      const winner = await this.#tournament(children);
      this.tried += children.length;
      stale += 1;
      if (winner === null || this.#share(winner.runs) >= this.#share((this.best as Judged).runs)) continue;
      this.best = winner;
      stale = 0;
      this.#line.push(winner);
      const share = Math.round(100 * this.#o.budget.gone());
      this.#o.tell(
        `${meanCost(winner.runs).toFixed(1)} s a vehicle after ${this.tried} changes, ${share} % of the time gone`,
      );
    }
  }

  /** The longer nobody has won, the more is changed at a time: all that is near has been tried by then. */
  #children(next: readonly Judged[], stale: number): Judged[] {
    const { budget, draw, mostChanges, signals, until } = this.#o;
    const best = this.best as Judged;
    const others = [...this.#forebears(), ...this.#promising(), ...next];
    const runs = ((until - budget.gone()) * budget.processor_s) / usual_s(best);
    const worth = Math.round(runs / (3 * tournamentsWanted));
    const count = Math.min(mostChanges - this.tried, Math.max(2, Math.min(mostChildren, worth)));
    return Array.from({ length: count }, () => {
      const from =
        others.length === 0 || draw() < ofTheBest ? best : (others[drawBelow(draw, others.length)] as Judged);
      const standing = from.runs[0]?.standing_s ?? [];
      const weights = signals.map(({ signal }) => (standing[signal] ?? 0) + 60);
      const plan = this.#offspring.of(from.plan, weights, 1 + Math.min(mostMoves, Math.floor(stale / 2)));
      return plan === null ? null : { name: from.name, plan, runs: [] };
    }).flatMap((child) => child ?? []);
  }

  /** Trials in an order drawn anew, so that no one of them decides alone. Null where none gets through all of them. */
  async #tournament(children: readonly Judged[]): Promise<Judged | null> {
    const order = this.#shuffled();
    let field = children;
    for (const [count, at] of order.entries()) {
      const judged = await this.#each(field, (each) => this.#oneTrial(each, at));
      if (this.#over) return null;
      const met = order.slice(0, count + 1);
      const theirs = this.#share(
        met.map((trial) => (this.best as Judged).runs[trial] as Rehearsal),
        met,
      );
      for (const each of judged) this.#learn(each, met);
      const allowed = theirs + (patience[count] ?? 0);
      const through = judged.flatMap((each) => {
        const mine = each.runs.length === count + 1 ? this.#share(each.runs, met) : Number.POSITIVE_INFINITY;
        return mine <= allowed ? [{ each, mine }] : [];
      });
      const kept = halvedAfter.includes(count + 1) ? Math.ceil(through.length / 2) : through.length;
      field = through
        .toSorted((a, b) => a.mine - b.mine)
        .slice(0, kept)
        .map(({ each }) => each);
      if (field.length === 0) return null;
    }
    const [winner] = field as readonly [Judged, ...Judged[]];
    return { ...winner, runs: this.#inTurn(winner.runs, order) };
  }

  /** One trial more; the same as before where it fell behind. What is above the limit counts as a lock. */
  async #oneTrial(judged: Judged, at: number): Promise<Judged> {
    const other = (this.best as Judged).runs[at] as Rehearsal;
    const limit_s = mostShare * (this.#scale[at] as number);
    const pace = other.locked ? null : slower(other, changePace);
    const run = await this.#rehearse(judged.plan, this.#trials[at] as Trial, limit_s, pace);
    if (run === null || (run.givenUp && run.delay_s < limit_s)) return judged;
    return { ...judged, runs: [...judged.runs, run.givenUp ? { ...run, locked: true } : run] };
  }

  /** Whoever fell behind in the last trial is taken to have ended there as dear as it had to be for that. */
  #learn(judged: Judged, met: readonly number[]): void {
    const { plan, runs } = judged;
    const share = runs.length === 0 ? 0 : this.#share(runs, met);
    const fell = runs.length < met.length;
    const last = met.at(-1) as number;
    const behind = fell ? changePace * this.#share([(this.best as Judged).runs[last] as Rehearsal], [last]) : 0;
    this.#offspring.learn(plan, (share * runs.length + behind) / met.length, met.length);
    if (!fell && met.length >= fewestTrials) this.#tested.set(plan, judged);
  }

  /** Runs that came in this order of trials, as the trials are numbered. */
  #inTurn(runs: readonly Rehearsal[], order: readonly number[]): readonly Rehearsal[] {
    const sorted = [...runs];
    for (const [count, at] of order.entries()) sorted[at] = runs[count] as Rehearsal;
    return sorted;
  }

  /** Mean of the costs as shares of what is usual in these trials; all of them, in their order, unless said. */
  #share(runs: readonly Rehearsal[], met: readonly number[] = [...runs.keys()]): number {
    const sum = runs.reduce((all, run, at) => {
      return all + Math.min(mostShare, costOf(run) / (this.#scale[met[at] as number] as number));
    }, 0);
    return sum / runs.length;
  }

  #shuffled(): number[] {
    const order = [...this.#trials.keys()];
    for (let left = order.length - 1; left > 0; left -= 1) {
      const other = drawBelow(this.#o.draw, left + 1);
      [order[left], order[other]] = [order[other] as number, order[left] as number];
    }
    return order;
  }
}
