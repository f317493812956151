/**
 * Plans of a corridor at which its profile waits least: cycle, how much of it the corridor's own phases get, and offsets. Cycles
 * are looked at far apart and then ever nearer about the best; the plans of the widest bands are among those held against each other,
 * so that none costs more than they.
 */
import type { Plan } from "../signal/plan.ts";
import { type ProfiledPlans, profiled } from "./corridor-profile.ts";
import type { CorridorStream } from "./corridor-streams.ts";
import { type Assessment, planFor } from "./intersection-plan.ts";

export interface LeastDelayOptions {
  readonly members: readonly Assessment[];
  readonly streams: readonly CorridorStream[];
  readonly pattern: number;
  /** Bounds of the cycle. */
  readonly shortest_s: number;
  readonly longest_s: number;
  /** Those of the widest bands. */
  readonly banded: readonly Plan[];
}

/** So many cycles are looked at to begin with, evenly between the bounds. */
const firstCycles = 8;
/** So many times their share may the coordinated phases be given, against what equal degrees of saturation ask. */
const favours = [0.8, 1.25, 1.6];
/** Signals are gone through so often, unless none takes another share. */
const rounds = 2;

class Search {
  readonly #o: LeastDelayOptions;
  readonly #byCycle = new Map<number, ProfiledPlans>();

  constructor(options: LeastDelayOptions) {
    this.#o = options;
  }

  judged(plans: readonly Plan[], free: boolean): ProfiledPlans {
    const { members, streams } = this.#o;
    const intersections = members.map(({ intersection }) => intersection);
    return profiled(streams, intersections, plans, free);
  }

  #at(cycle_s: number): ProfiledPlans {
    const known = this.#byCycle.get(cycle_s);
    if (known !== undefined) return known;
    const { members, pattern } = this.#o;
    const made = this.judged(
      members.map((member) => planFor(member, cycle_s, pattern)),
      true,
    );
    this.#byCycle.set(cycle_s, made);
    return made;
  }

  /** The best of cycles that lie ever nearer together. */
  bestCycle(): ProfiledPlans {
    const { longest_s, shortest_s } = this.#o;
    let step_s = Math.max(1, Math.ceil((longest_s - shortest_s) / firstCycles));
    let best_s = shortest_s;
    const look = (cycle_s: number): void => {
      if (cycle_s < shortest_s || cycle_s > longest_s) return;
      if (this.#at(cycle_s).cost < this.#at(best_s).cost) best_s = cycle_s;
    };
    for (let cycle_s = shortest_s; cycle_s < longest_s + step_s; cycle_s += step_s) look(Math.min(cycle_s, longest_s));
    while (step_s > 1) {
      step_s = Math.ceil(step_s / 2);
      const about_s = best_s;
      look(about_s - step_s);
      look(about_s + step_s);
    }
    return this.#at(best_s);
  }

  /** Each signal in its turn gives its coordinated phases more or less, wherever less is waited then; offsets move with it. */
  withShares(from: ProfiledPlans): ProfiledPlans {
    const { members, pattern } = this.#o;
    let best = from;
    for (let round = 0; round < rounds; round += 1) {
      const before = best.cost;
      for (const [place, member] of members.entries()) {
        for (const favour of favours) {
          const { cycle_s, offset_s } = best.plans[place] as Plan;
          const other = { ...planFor(member, cycle_s, pattern, favour), offset_s };
          const tried = this.judged(best.plans.with(place, other), true);
          if (tried.cost < best.cost) best = tried;
        }
      }
      if (best.cost >= before) break;
    }
    return best;
  }
}

const cheaper = (a: ProfiledPlans, b: ProfiledPlans): ProfiledPlans => (b.cost < a.cost ? b : a);

export function leastDelay(options: LeastDelayOptions): ProfiledPlans {
  const search = new Search(options);
  // Offsets are found one by one, so where they begin matters.
  const banded = cheaper(search.judged(options.banded, false), search.judged(options.banded, true));
  return search.withShares(cheaper(search.bestCycle(), banded));
}
