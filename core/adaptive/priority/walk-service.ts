/**
 * Those on foot get their walk: each crossing within its longest wait, whatever the policy would rather show. Nobody here sees them, so
 * each crossing counts as called all the time. Of the stages with that walk the one comes that costs drivers least.
 */
import type { Junction, Walk } from "../junction.ts";
import type { Decision, Policy } from "../policy.ts";
import type { JunctionSight } from "../sight.ts";

export class WalkService implements Policy {
  readonly #policy: Policy;
  readonly #walks: readonly Walk[];
  /** By walk: since it was last shown, and from when on it has to come, so that it is there in time. */
  readonly #red_s: Float64Array;
  readonly #due_s: Float64Array;

  constructor(policy: Policy, { walks = [], change_s, minGreen_s }: Junction) {
    this.#policy = policy;
    this.#walks = walks;
    this.#red_s = new Float64Array(walks.length);
    // Another stage may only just have begun, and then comes the longest change to one with that walk.
    this.#due_s = Float64Array.from(walks, ({ longestWait_s, stages }) => {
      const changes = change_s.flatMap((from) => [...from].filter((_, to) => stages[to] === 1));
      return longestWait_s - minGreen_s - Math.max(0, ...changes);
    });
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#policy.look(sight, stage, dt_s);
    for (const [at, { stages }] of this.#walks.entries()) {
      this.#red_s[at] = stages[stage] === 1 ? 0 : (this.#red_s[at] as number) + dt_s;
    }
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    const decided = this.#policy.decide(sight, stage, shown_s);
    const due = this.#mostDue();
    if (due === null || due.stages[decided.stage] === 1) return decided;
    const costOf = (to: number): number => decided.costs_veh_s?.[to] ?? Number.POSITIVE_INFINITY;
    let best = -1;
    for (const [to, gives] of due.stages.entries()) {
      if (gives === 1 && (best === -1 || costOf(to) < costOf(best))) best = to;
    }
    return { ...decided, stage: best, reason: "walk" };
  }

  /** The one over its time by most; null where none is. */
  #mostDue(): Walk | null {
    let [most, over_s]: [Walk | null, number] = [null, 0];
    for (const [at, walk] of this.#walks.entries()) {
      const here_s = (this.#red_s[at] as number) - (this.#due_s[at] as number);
      if (here_s > over_s) [most, over_s] = [walk, here_s];
    }
    return most;
  }
}
