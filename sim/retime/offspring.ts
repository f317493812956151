/**
 * Changes of plans that are worth a rehearsal: of several that are drawn the one of which, by what was seen of its like and by
 * queues, least is to be hoped for (lower confidence bound; Srinivas and others 2010).
 */
import { type Draw, drawBelow } from "../../core/retime/stages/vary-timing.ts";
import { Experience, type Known } from "./experience.ts";
import { traitsOf } from "./plan-likeness.ts";
import type { Plan } from "./plan-programs.ts";
import { type Varied, varyPlan } from "./vary-plan.ts";

export interface OffspringOptions extends Varied {
  /** What a plan costs by a model that is quick and rough. */
  readonly sketch: (plan: Plan) => number;
  readonly draw: Draw;
}

/** Changes that are looked at for one that is rehearsed. */
const lookedAt = 8;

export class Offspring {
  readonly #o: OffspringOptions;
  readonly #experience = new Experience();
  /** Plans that were rehearsed, so that none is rehearsed again. */
  readonly #known = new Map<string, Known>();
  /** What the first plan cost in queues. */
  #first: number | null = null;

  constructor(options: OffspringOptions) {
    this.#o = options;
  }

  /** `cost`: mean over so many runs, as a share of what is usual in the same trials. */
  learn(plan: Plan, cost: number, runs: number): void {
    const key = JSON.stringify(plan);
    const known = this.#known.get(key) ?? this.#look(plan);
    this.#known.set(key, known);
    this.#experience.add(key, known, cost, runs);
  }

  /** Of what kind `learn` is told. */
  expected(plan: Plan): number {
    const known = this.#known.get(JSON.stringify(plan)) ?? this.#look(plan);
    return this.#experience.expected(known).mean;
  }

  /** One that differs by so many changes at most and was not given before; null where none can be made. */
  of(plan: Plan, weights: readonly number[], most: number): Plan | null {
    const { draw } = this.#o;
    // Standard deviations below what is expected that may be hoped for: at one always those would be chosen that are like nothing yet.
    const hope = draw();
    let best: { readonly plan: Plan; readonly key: string; readonly known: Known; readonly hoped: number } | null =
      null;
    for (let count = 0; count < lookedAt; count += 1) {
      let varied: Plan = plan;
      const moves = 1 + drawBelow(draw, most);
      for (let move = 0; move < moves; move += 1) varied = varyPlan(this.#o, varied, weights, draw) ?? varied;
      if (varied === plan) continue;
      const key = JSON.stringify(varied);
      if (this.#known.has(key)) continue;
      const known = this.#look(varied);
      const { mean, variance } = this.#experience.expected(known);
      const hoped = mean - hope * Math.sqrt(variance);
      if (best === null || hoped < best.hoped) best = { plan: varied, key, known, hoped };
    }
    if (best === null) return null;
    this.#known.set(best.key, best.known);
    return best.plan;
  }

  #look(plan: Plan): Known {
    const cost = Math.max(1e-3, this.#o.sketch(plan));
    this.#first ??= cost;
    return { traits: traitsOf(this.#o.signals, plan), queues: Math.log(cost / this.#first) };
  }
}
