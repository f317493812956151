/**
 * The search for a plan by rehearsal: many plans to begin with, of which the better half goes on to the next seed, then small
 * changes of the best, kept when they are better on the same seeds (common random numbers). The best so far is always at hand.
 */

import { cycleOf } from "../../core/retime/stages/build-program.ts";
import { type Draw, drawBelow, varyTiming, withCycle } from "../../core/retime/stages/vary-timing.ts";
import type { Budget } from "./budget.ts";
import { type Plan, planPrograms } from "./plan-programs.ts";
import { costOf, meanCost } from "./rehearsal-cost.ts";
import type { Rehearsal } from "./rehearsal-messages.ts";
import type { Rehearsals } from "./rehearsals.ts";
import type { RetimedSignal } from "./retimed-signals.ts";
import type { StartPlan } from "./start-plans.ts";

/** Under what a plan is tried: chance, and how many times the traffic that the demand has. */
export interface Trial {
  readonly seed: number;
  readonly volume: number;
}

export interface SearchOptions {
  readonly signals: readonly RetimedSignal[];
  readonly rehearsals: Rehearsals;
  readonly starts: readonly StartPlan[];
  readonly trials: readonly Trial[];
  readonly budget: Budget;
  /** The share of the budget at which the search is to end. */
  readonly until: number;
  /** Changes of the best of the starting plans that are tried, however much time is left. */
  readonly mostChanges: number;
  readonly draw: Draw;
  readonly stop: AbortSignal;
  readonly tell: (line: string) => void;
}

/** A plan with what it cost in each trial so far, in their order. */
export interface Judged {
  readonly name: string;
  readonly plan: Plan;
  readonly runs: readonly Rehearsal[];
}

/** By how much a change may be worse after so many trials before it is given up. */
const patience = [0.012, 0.008, 0.005, 0.003];
const rounds = 3;
/** Checked beside the best in the end: starting plans that came next, and plans from which the best was made. */
const runnersUp = 2;
const forebears = 3;
/** Of the search's share, for looking at what there is to begin with. */
const halvingShare = 0.35;
/** Whoever costs so much more than the best is not driven to the end. */
const hopeless = 1.5;
/** By how much a starting plan, and a changed one, may fall behind the best on the same day before it is given up. */
const fieldPace = 1.2;
const racePace = 1.04;
const slower = (run: Rehearsal | undefined, by: number): readonly number[] | null =>
  run?.pace.map((delay) => by * delay) ?? null;
/** Full trials of so many changes should fit into the time. */
const changesWanted = 25;

export class Search {
  readonly #o: SearchOptions;
  #trials: readonly Trial[];
  /** By trial: what the best cost when the climb began; costs are told as shares of it. */
  #scale: readonly number[] = [];
  /** Every plan that was the best of the climb, the latest last. */
  readonly #line: Judged[] = [];
  best: Judged | null = null;
  tried = 0;

  constructor(options: SearchOptions) {
    this.#o = options;
    this.#trials = options.trials;
  }

  get #over(): boolean {
    const { budget, rehearsals, stop } = this.#o;
    return stop.aborted || budget.gone() >= this.#end || rehearsals.failure() !== null;
  }

  /** Where a rehearsal is a good part of the budget, more is left for choosing among the last. */
  get #end(): number {
    const { budget, rehearsals, until } = this.#o;
    const run = ((this.best?.runs[0]?.cpu_s ?? 0) * rehearsals.count) / budget.processor_s;
    return until - Math.min(until / 2, 2 * run);
  }

  /** The best, then those that it came from and the starting plans next to it; empty where nothing could be rehearsed. */
  async run(): Promise<readonly Judged[]> {
    const field = await this.#halve();
    if (this.best === null) return [];
    const next = field.filter((each) => each.plan !== this.best?.plan).slice(0, runnersUp);
    if (this.#o.mostChanges > 0) {
      this.#trials = this.#o.trials.slice(0, this.#trialsWorth(this.best));
      await this.#complete(this.best);
      await Promise.all(Array.from({ length: this.#o.rehearsals.count }, () => this.#climb()));
    }
    return [this.best, ...this.#line.toReversed().slice(1, 1 + forebears), ...next];
  }

  #trialsWorth({ runs }: Judged): number {
    const { budget, until } = this.#o;
    const possible = ((until - budget.gone()) * budget.processor_s) / Math.max(0.01, runs[0]?.cpu_s ?? 1);
    return Math.max(runs.length, Math.min(this.#o.trials.length, Math.round(possible / changesWanted)));
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
    this.#scale = known.map((run) => Math.max(1, costOf(run)));
  }

  /** Mean of the costs as shares of what the climb began with. */
  #share({ runs }: Judged): number {
    return runs.reduce((sum, run, at) => sum + costOf(run) / (this.#scale[at] as number), 0) / runs.length;
  }

  async #climb(): Promise<void> {
    while (!this.#over && this.tried < this.#o.mostChanges) {
      const from = this.best as Judged;
      const plan = this.#varied(from);
      if (plan === null) continue;
      const judged = await this.#race({ name: from.name, plan, runs: [] });
      this.tried += 1;
      if (judged === null || this.#share(judged) >= this.#share(this.best as Judged)) continue;
      this.best = judged;
      this.#line.push(judged);
      const share = Math.round(100 * this.#o.budget.gone());
      this.#o.tell(
        `${meanCost(judged.runs).toFixed(1)} s a vehicle after ${this.tried} changes, ${share} % of the time gone`,
      );
    }
  }

  /** Trials in an order drawn anew, so that no one of them decides alone; null as soon as it is no better than the best. */
  async #race(judged: Judged): Promise<Judged | null> {
    const runs = new Array<Rehearsal | null>(this.#trials.length).fill(null);
    let ahead = 0;
    for (const [count, at] of this.#shuffled().entries()) {
      const allowed = (patience[count] ?? 0) * (count + 1);
      const scale = this.#scale[at] as number;
      const other = (this.best as Judged).runs[at] as Rehearsal;
      const theirs = costOf(other) / scale;
      const limit_s = (theirs + allowed - ahead) * scale;
      const run = await this.#rehearse(judged.plan, this.#trials[at] as Trial, limit_s, slower(other, racePace));
      if (run === null || run.givenUp || this.#over) return null;
      ahead += costOf(run) / scale - theirs;
      if (ahead > allowed) return null;
      runs[at] = run;
    }
    return { ...judged, runs: runs.flatMap((run) => run ?? []) };
  }

  #shuffled(): number[] {
    const order = [...this.#trials.keys()];
    for (let left = order.length - 1; left > 0; left -= 1) {
      const other = drawBelow(this.#o.draw, left + 1);
      [order[left], order[other]] = [order[other] as number, order[left] as number];
    }
    return order;
  }

  /** One signal or a few, the busier the likelier; or the cycle of all. */
  #varied({ plan, runs }: Judged): Plan | null {
    const { signals, draw } = this.#o;
    if (draw() < (signals.length === 1 ? 0.25 : 0.06)) return this.#stretched(plan);
    const standing = runs[0]?.standing_s ?? [];
    const weights = signals.map(({ signal }) => (standing[signal] ?? 0) + 60);
    const varied = [...plan];
    do {
      const at = this.#drawWeighted(weights);
      const [signal, timing] = [signals[at] as RetimedSignal, varied[at]];
      if (timing == null) continue;
      const cycle_s = cycleOf(signal.stages, timing);
      const next = varyTiming(signal.stages, timing, cycle_s, draw);
      if (next !== null) varied[at] = next;
    } while (draw() < 0.35 && signals.length > 1);
    return varied.some((timing, at) => timing !== plan[at]) ? varied : null;
  }

  /** All cycles longer or shorter by the same share, and offsets with them; or one signal's, where cycles differ anyway. */
  #stretched(plan: Plan): Plan | null {
    const { signals, draw } = this.#o;
    const cycles = signals.map(({ stages }, at) => (plan[at] == null ? 0 : cycleOf(stages, plan[at])));
    const common = cycles.every((cycle) => cycle === cycles[0]);
    const by_s = (1 + drawBelow(draw, 6)) * (draw() < 0.5 ? -1 : 1);
    const only = common ? -1 : drawBelow(draw, signals.length);
    const stretched = plan.map((timing, at) => {
      if (timing == null || (only !== -1 && only !== at)) return timing;
      const cycle_s = cycles[at] as number;
      const { order, green_s, offset_s } = timing;
      const scaled = { order, green_s, offset_s: (offset_s * (cycle_s + by_s)) / cycle_s };
      return withCycle(
        (signals[at] as RetimedSignal).stages,
        { ...scaled, offset_s: Math.round(scaled.offset_s) },
        cycle_s + by_s,
      );
    });
    return stretched.every((timing, at) => timing !== null || plan[at] === null) ? stretched : null;
  }

  #drawWeighted(weights: readonly number[]): number {
    let left = this.#o.draw() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [at, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return at;
    }
    return weights.length - 1;
  }
}
