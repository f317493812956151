/**
 * Time kept free for those on foot. Of the stages that give a walk a few are chosen that together give all of them; one after another, the
 * most pressing first, they are what is still owed. What leaves them no time is not done. Where one whole round of them fits into each
 * longest wait, following it never breaks it: who was served last comes last in the next.
 */
import { surelyCleared_s } from "../held-inside.ts";
import type { Junction, Walk } from "../junction.ts";

/** A walk lasts so long at least, s (MUTCD 2009, 4E.06). */
export const leastWalk_s = 7;

interface Errand {
  readonly stage: number;
  /** Places of the walks that are waited for here. */
  readonly walks: readonly number[];
}

/** The stage with most walks of those left, until none is left. */
function errandsFor(walks: readonly Walk[], stages: number): readonly Errand[] {
  const errands: Errand[] = [];
  let left = walks.map((_, at) => at);
  while (left.length > 0) {
    let best: Errand = { stage: 0, walks: [] };
    for (let stage = 0; stage < stages; stage += 1) {
      const here = left.filter((at) => walks[at]?.stages[stage] === 1);
      if (here.length > best.walks.length) best = { stage, walks: here };
    }
    // A walk that no stage gives is nobody's.
    if (best.walks.length === 0) return errands;
    errands.push(best);
    left = left.filter((at) => !best.walks.includes(at));
  }
  return errands;
}

export class WalkRound {
  /** By walk: nobody waits longer; its own, or one whole round where that takes longer, s. */
  readonly longestWait_s: readonly number[];
  readonly #walks: readonly Walk[];
  readonly #errands: readonly Errand[];
  readonly #junction: Junction;

  constructor(junction: Junction) {
    const { change_s, stages, walks = [] } = junction;
    this.#junction = junction;
    this.#walks = walks;
    this.#errands = errandsFor(walks, stages.length);
    const into_s = ({ stage }: Errand): number => Math.max(...change_s.map((_, from) => this.change_s(from, stage)));
    const round_s = this.#errands.reduce((sum, each) => sum + into_s(each) + this.least_s(each.stage), 0);
    this.longestWait_s = walks.map(({ longestWait_s }) => Math.max(longestWait_s, round_s));
  }

  /** At most, with those who are waited for inside. */
  change_s(from: number, to: number): number {
    return from === to ? 0 : Math.ceil(this.#junction.change_s[from]?.[to] as number) + surelyCleared_s;
  }

  /** From its green on, until it may end. */
  least_s(stage: number): number {
    const { minGreen_s } = this.#junction;
    return this.#walks.some(({ stages }) => stages[stage] === 1) ? Math.max(minGreen_s, leastWalk_s) : minGreen_s;
  }

  /**
   * How much longer than it must it may take until `stage` ends, so that its own walks and then all that is owed still come in time;
   * negative where they cannot. It shows from `shown_s` on, and may end at `from_s`. `red_s`: by walk, since it ended.
   */
  slack_s(stage: number, shown_s: number, from_s: number, red_s: ArrayLike<number>): number {
    let [slack_s, at_s, shown] = [this.#ownSlack_s(stage, shown_s, red_s), from_s, stage];
    for (const { to, due_s } of this.#owed(stage, red_s)) {
      at_s += this.change_s(shown, to);
      slack_s = Math.min(slack_s, due_s - at_s);
      at_s += this.least_s(to);
      shown = to;
    }
    return slack_s;
  }

  /** The stage that has to come first when `stage` ends; itself where nothing is owed. */
  first(stage: number, red_s: ArrayLike<number>): number {
    return this.#owed(stage, red_s)[0]?.to ?? stage;
  }

  #ownSlack_s(stage: number, shown_s: number, red_s: ArrayLike<number>): number {
    let slack_s = Number.POSITIVE_INFINITY;
    for (const [at, { stages }] of this.#walks.entries()) {
      if (stages[stage] !== 1 || red_s[at] === 0) continue;
      slack_s = Math.min(slack_s, (this.longestWait_s[at] as number) - (red_s[at] as number) - shown_s);
    }
    return slack_s;
  }

  /** What is still owed while `stage` shows, the most pressing first. */
  #owed(stage: number, red_s: ArrayLike<number>): readonly { readonly to: number; readonly due_s: number }[] {
    const owed = this.#errands.flatMap((errand) => {
      let due_s = Number.POSITIVE_INFINITY;
      for (const at of errand.walks) {
        if (this.#walks[at]?.stages[stage] === 1) continue;
        due_s = Math.min(due_s, (this.longestWait_s[at] as number) - (red_s[at] as number));
      }
      return due_s < Number.POSITIVE_INFINITY ? [{ to: errand.stage, due_s }] : [];
    });
    return owed.toSorted((a, b) => a.due_s - b.due_s);
  }
}
