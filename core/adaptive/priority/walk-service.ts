/**
 * Those on foot get their walk: each crossing within its longest wait, whatever the policy would rather show. Nobody here sees them, so
 * each crossing counts as called all the time. What the policy wants is done where all walks can still come in time after it; otherwise
 * that stage comes, of those with the most pressing walk after which they can, that costs drivers least.
 */
import type { Junction } from "../junction.ts";
import type { Decision, Policy } from "../policy.ts";
import type { JunctionSight } from "../sight.ts";
import { WalkRound } from "./walk-round.ts";

/** Who keeps a stage decides again so much later, s. */
const again_s = 1;

export class WalkService implements Policy {
  readonly #policy: Policy;
  readonly #junction: Junction;
  readonly #round: WalkRound;
  /** By walk: since it ended. */
  readonly #red_s: Float64Array;

  constructor(policy: Policy, junction: Junction) {
    this.#policy = policy;
    this.#junction = junction;
    this.#round = new WalkRound(junction);
    this.#red_s = new Float64Array(this.#round.longestWait_s.length);
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#policy.look(sight, stage, dt_s);
    for (const [at, { stages }] of (this.#junction.walks ?? []).entries()) {
      this.#red_s[at] = stages[stage] === 1 ? 0 : (this.#red_s[at] as number) + dt_s;
    }
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    const decided = this.#policy.decide(sight, stage, shown_s);
    const wanted = this.#within_s(stage, decided.stage);
    if (wanted >= this.#soonest_s(stage, decided.stage)) return { ...decided, askAgain_s: wanted };
    const to = this.#instead(stage, decided);
    return { ...decided, stage: to, reason: "walk", askAgain_s: this.#within_s(stage, to) };
  }

  /** So long `to` may show after it was chosen, with the change to it. */
  #within_s(stage: number, to: number): number {
    const shown_s = this.#round.change_s(stage, to);
    const from_s = to === stage ? 0 : shown_s + this.#round.least_s(to);
    return from_s + this.#round.slack_s(to, shown_s, from_s, this.#red_s);
  }

  /** When may be decided again. */
  #soonest_s(stage: number, to: number): number {
    return to === stage ? again_s : this.#round.change_s(stage, to) + this.#round.least_s(to);
  }

  #instead(stage: number, { costs_veh_s }: Decision): number {
    const first = this.#round.first(stage, this.#red_s);
    const costOf = (to: number): number => costs_veh_s?.[to] ?? Number.POSITIVE_INFINITY;
    const pressing = (this.#junction.walks ?? []).filter(({ stages }) => stages[first] === 1 && stages[stage] === 0);
    let best = first;
    for (const to of this.#junction.stages.keys()) {
      const serves = to !== stage && pressing.every(({ stages }) => stages[to] === 1);
      const inTime = serves && this.#within_s(stage, to) >= this.#soonest_s(stage, to);
      if (inTime && costOf(to) < costOf(best)) best = to;
    }
    return best;
  }
}
