/**
 * Which movements run together, and in which order: every sequence of stages in which each movement has one green and
 * all greens end at the end of the cycle. A stage is a set of movements, none in conflict, to which none can be added;
 * people on foot are movements like others, so a stage for them alone (a scramble) is found where the conflicts leave
 * nothing better.
 */
import { failed, ok, problem, type Result } from "../problems/problem.ts";

export interface StageMovement {
  readonly id: string;
  /** Flow over saturation flow; 0 for people on foot. */
  readonly flow_ratio: number;
  readonly min_green_s: number;
  /** From its green's end until whoever is in conflict may start. */
  readonly clearance_s: number;
}

export interface StageProblem {
  /** At most 16. */
  readonly movements: readonly StageMovement[];
  readonly conflict: (a: string, b: string) => boolean;
  /** Degree of saturation that greens are to keep; 0.9 unless said. */
  readonly degree?: number;
  readonly longest_s: number;
  /** At most 6, 5 unless said. */
  readonly most_stages?: number;
}

export interface StageSequence {
  /** Movements of each stage, in the order given. */
  readonly stages: readonly (readonly string[])[];
  /** Of each stage, clearances included. */
  readonly durations_s: readonly number[];
  /** Shortest cycle that serves everybody at the degree. */
  readonly cycle_s: number;
}

const MOST_MOVEMENTS = 16;

/** The sequence with the shortest cycle; of equal ones, that with fewest stages. Says why when there is none. */
export function bestStages(p: StageProblem): Result<StageSequence> {
  if (p.movements.length === 0) return failed(problem("STAGES_NONE"));
  if (p.movements.length > MOST_MOVEMENTS) {
    return failed(problem("STAGES_MANY", { count: p.movements.length, most: MOST_MOVEMENTS }));
  }
  const search = new StageSearch(p);
  const best = search.run();
  if (best !== null) return ok(best);
  return failed(problem("STAGES_NO_CYCLE", { longest_s: p.longest_s, degree: p.degree ?? 0.9 }));
}

/** Sets of movements are bit masks. */
class StageSearch {
  readonly #p: StageProblem;
  readonly #all: number;
  readonly #cliques: readonly number[];
  readonly #most: number;
  #best: StageSequence | null = null;

  constructor(p: StageProblem) {
    this.#p = p;
    this.#all = 2 ** p.movements.length - 1;
    this.#most = Math.min(6, p.most_stages ?? 5);
    const friends = p.movements.map((a, i) =>
      p.movements.reduce(
        (mask, b, j) => (i !== j && !p.conflict(a.id, b.id) && !p.conflict(b.id, a.id) ? mask | (1 << j) : mask),
        0,
      ),
    );
    this.#cliques = maximalCliques(friends, this.#all);
  }

  run(): StageSequence | null {
    for (const first of this.#cliques) this.#extend([first], first, 0);
    return this.#best;
  }

  /** `seen`: had green already; `over`: had green and lost it, so must not come again. */
  #extend(stages: readonly number[], seen: number, over: number): void {
    if (seen === this.#all) this.#judge(stages);
    if (stages.length === this.#most) return;
    const last = stages.at(-1) ?? 0;
    for (const next of this.#cliques) {
      if (next === last || (next & over) !== 0 || (next & ~seen) === 0) continue;
      this.#extend([...stages, next], seen | next, over | (last & ~next));
    }
  }

  #judge(stages: readonly number[]): void {
    const { movements, longest_s } = this.#p;
    if (
      this.#best !== null &&
      this.#best.stages.length <= stages.length &&
      this.#fits(stages, this.#best.cycle_s) === null
    ) {
      return;
    }
    let [low, high] = [0, longest_s];
    if (this.#fits(stages, high) === null) return;
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (this.#fits(stages, middle) === null) low = middle;
      else high = middle;
    }
    const cycle_s = high;
    const least = this.#best?.cycle_s ?? Number.POSITIVE_INFINITY;
    const fewer = stages.length < (this.#best?.stages.length ?? Number.POSITIVE_INFINITY);
    if (cycle_s > least - 1e-6 && !(fewer && cycle_s < least + 1e-6)) return;
    this.#best = {
      stages: stages.map((mask) => movements.flatMap(({ id }, i) => ((mask & (1 << i)) === 0 ? [] : [id]))),
      durations_s: this.#fits(stages, cycle_s) ?? [],
      cycle_s,
    };
  }

  /**
   * Shortest stages that give every movement its need within the cycle, by the longest chain of needs (each movement
   * is green over neighbouring stages, so the chain is the optimum); null when they are longer than the cycle.
   */
  #fits(stages: readonly number[], cycle_s: number): readonly number[] | null {
    const ends: number[] = [0];
    for (const [last, mask] of stages.entries()) {
      let end = ends[last] ?? 0;
      for (const [m, movement] of this.#p.movements.entries()) {
        const bit = 1 << m;
        const goesOn = last + 1 < stages.length && ((stages[last + 1] ?? 0) & bit) !== 0;
        if ((mask & bit) === 0 || goesOn) continue;
        const from = stages.findIndex((stage) => (stage & bit) !== 0);
        end = Math.max(end, (ends[from] ?? 0) + need_s(movement, cycle_s, this.#p.degree ?? 0.9));
      }
      ends.push(end);
    }
    if ((ends.at(-1) ?? 0) > cycle_s) return null;
    return stages.map((_, s) => (ends[s + 1] ?? 0) - (ends[s] ?? 0));
  }
}

const need_s = ({ flow_ratio, min_green_s, clearance_s }: StageMovement, cycle_s: number, degree: number): number =>
  Math.max(min_green_s, (flow_ratio * cycle_s) / degree) + clearance_s;

/** Bron and Kerbosch (1973), with a pivot. */
function maximalCliques(friends: readonly number[], all: number): readonly number[] {
  const found: number[] = [];
  const grow = (clique: number, open: number, closed: number): void => {
    if (open === 0 && closed === 0) found.push(clique);
    if (open === 0) return;
    let rest = open & ~(friends[pivot(friends, open | closed, open)] ?? 0);
    let [candidates, done] = [open, closed];
    while (rest !== 0) {
      const bit = rest & -rest;
      const near = friends[31 - Math.clz32(bit)] ?? 0;
      grow(clique | bit, candidates & near, done & near);
      candidates &= ~bit;
      done |= bit;
      rest &= ~bit;
    }
  };
  grow(0, all, 0);
  return found;
}

function pivot(friends: readonly number[], among: number, open: number): number {
  let [best, most] = [0, -1];
  for (const [i, near] of friends.entries()) {
    if ((among & (1 << i)) === 0) continue;
    const count = bits(near & open);
    if (count > most) [best, most] = [i, count];
  }
  return best;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
