/**
 * The search for a plan by rehearsal: many plans to begin with, of which the better half goes on to the next seed, then small
 * changes of the best, kept when they are better on the same seeds (common random numbers). The best so far is always at hand.
 */

import { cycleOf } from "../../core/retime/stages/build-program.ts";
import { type Draw, drawBelow, varyTiming, withCycle } from "../../core/retime/stages/vary-timing.ts";
import { type Plan, planPrograms } from "./plan-programs.ts";
import type { Rehearsal } from "./rehearsal-messages.ts";
import type { Rehearsals } from "./rehearsals.ts";
import type { RetimedSignal } from "./retimed-signals.ts";
import type { StartPlan } from "./start-plans.ts";

export interface SearchOptions {
  readonly signals: readonly RetimedSignal[];
  readonly rehearsals: Rehearsals;
  readonly starts: readonly StartPlan[];
  readonly seeds: readonly number[];
  /** Milliseconds of the wall clock. */
  readonly now_ms: () => number;
  readonly until_ms: number;
  readonly draw: Draw;
  readonly stop: AbortSignal;
  readonly tell: (line: string) => void;
}

/** A plan with what it cost on each seed so far, in the order of the seeds. */
export interface Judged {
  readonly name: string;
  readonly plan: Plan;
  readonly runs: readonly Rehearsal[];
}

/** A lock costs as much again: the road stays shut when the hour is over. */
export const costOf = ({ delay_s, locked }: Rehearsal): number => (locked ? 2 : 1) * delay_s;

export const meanCost = ({ runs }: Judged): number =>
  runs.length === 0 ? Number.POSITIVE_INFINITY : runs.reduce((sum, run) => sum + costOf(run), 0) / runs.length;

/** How far above the best a run goes on: the more seeds have been seen, the less. */
const patience = [1.15, 1.06, 1.03, 1.02];
const stagesOfHalving = 3;
/** Of the time, for looking at what there is to begin with. */
const halvingShare = 0.35;

export class Search {
  readonly #o: SearchOptions;
  readonly #began_ms: number;
  best: Judged | null = null;
  tried = 0;
  kept = 0;
  #seeds: readonly number[];

  constructor(options: SearchOptions) {
    this.#o = options;
    this.#began_ms = options.now_ms();
    this.#seeds = options.seeds.slice(0, 1);
  }

  get #over(): boolean {
    return this.#o.stop.aborted || this.#o.now_ms() >= this.#o.until_ms || this.#o.rehearsals.failure() !== null;
  }

  async run(): Promise<Judged | null> {
    const entrants = await this.#halve();
    this.#takeBest(entrants);
    if (this.best !== null) {
      this.#seeds = this.#o.seeds.slice(0, this.#seedsWorth());
      await this.#complete();
      await Promise.all(Array.from({ length: this.#o.rehearsals.count }, () => this.#climb()));
    }
    return this.best;
  }

  /** So many seeds for each change that two hundred changes fit into the time that is left. */
  #seedsWorth(): number {
    const left_s = (this.#o.until_ms - this.#o.now_ms()) / 1000;
    const wall_s = Math.max(0.01, this.best?.runs[0]?.wall_s ?? 1);
    const runs = (left_s * this.#o.rehearsals.count) / wall_s;
    return Math.max(1, Math.min(this.#o.seeds.length, Math.round(runs / 250)));
  }

  async #halve(): Promise<readonly Judged[]> {
    let field: Judged[] = this.#o.starts.map((start) => ({ ...start, runs: [] }));
    const deadline_ms = this.#began_ms + halvingShare * (this.#o.until_ms - this.#began_ms);
    for (let round = 0; round < stagesOfHalving && field.length > 1; round += 1) {
      const seed = this.#o.seeds[round];
      if (seed === undefined || (round > 0 && this.#o.now_ms() > deadline_ms)) break;
      field = await Promise.all(field.map((each) => this.#oneMore(each, seed, deadline_ms)));
      field = field.filter(({ runs }) => runs.length > round).toSorted((a, b) => meanCost(a) - meanCost(b));
      this.#takeBest(field);
      field = field.slice(0, Math.ceil(field.length / 2));
    }
    return field;
  }

  async #oneMore(judged: Judged, seed: number, deadline_ms: number): Promise<Judged> {
    if (this.#over || (this.best !== null && this.#o.now_ms() > deadline_ms)) return judged;
    const limit_s = this.best === null ? null : 1.5 * meanCost(this.best);
    const run = await this.#rehearse(judged.plan, seed, limit_s);
    if (run === null) return judged;
    const next = { ...judged, runs: [...judged.runs, run] };
    if (!run.givenUp && this.best === null) this.#takeBest([next]);
    this.#o.tell(`${judged.name}: ${run.givenUp ? "over" : ""} ${run.delay_s.toFixed(1)} s a vehicle (seed ${seed})`);
    return next;
  }

  #takeBest(field: readonly Judged[]): void {
    for (const each of field) {
      if (each.runs.some(({ givenUp }) => givenUp)) continue;
      if (this.best === null || each.runs.length > this.best.runs.length || meanCost(each) < meanCost(this.best)) {
        if (this.best === null || each.runs.length >= this.best.runs.length) this.best = each;
      }
    }
  }

  async #rehearse(plan: Plan, seed: number, limit_s: number | null): Promise<Rehearsal | null> {
    return await this.#o.rehearsals.ask({ programs: planPrograms(this.#o.signals, plan), seed, limit_s });
  }

  /** The best is given the seeds that it has not seen yet. */
  async #complete(): Promise<void> {
    const best = this.best as Judged;
    const missing = this.#seeds.slice(best.runs.length);
    const runs = await Promise.all(missing.map((seed) => this.#rehearse(best.plan, seed, null)));
    if (runs.every((run) => run !== null)) this.best = { ...best, runs: [...best.runs, ...(runs as Rehearsal[])] };
    else this.#seeds = this.#seeds.slice(0, best.runs.length);
  }

  async #climb(): Promise<void> {
    while (!this.#over) {
      const from = this.best as Judged;
      const plan = this.#varied(from);
      if (plan === null) continue;
      const judged = await this.#race({ name: from.name, plan, runs: [] });
      this.tried += 1;
      if (judged === null || meanCost(judged) >= meanCost(this.best as Judged)) continue;
      this.kept += 1;
      this.best = judged;
      this.#o.tell(`${meanCost(judged).toFixed(1)} s a vehicle after ${this.tried} tries`);
    }
  }

  /** Null as soon as it is no better than the best. */
  async #race(judged: Judged): Promise<Judged | null> {
    const runs: Rehearsal[] = [];
    let [sum, theirs] = [0, 0];
    for (const [at, seed] of this.#seeds.entries()) {
      const best = this.best as Judged;
      const factor = patience[Math.min(at, patience.length - 1)] as number;
      theirs += costOf(best.runs[at] as Rehearsal);
      const run = await this.#rehearse(judged.plan, seed, factor * theirs - sum);
      if (run === null || run.givenUp || this.#over) return null;
      sum += costOf(run);
      if (sum > theirs * (1 + (factor - 1) / 3)) return null;
      runs.push(run);
    }
    return { ...judged, runs };
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
      const next = varyTiming(signal.stages, timing, { cycle_s, offset: signals.length > 1 }, draw);
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
