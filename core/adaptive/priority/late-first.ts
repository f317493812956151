/**
 * Buses that are late go before others, as far as others may lose by it. A green that stays for a bus, or comes early for it, is no
 * rule of its own: in the policy's costs the bus counts for more (`weightOfLate`), and what comes of that is compared with what the policy
 * would do if all counted alike. The difference, reckoned with all alike, is what the others lose.
 */
import type { Decision, Policy } from "../policy.ts";
import type { JunctionSight } from "../sight.ts";
import { Allowance } from "./allowance.ts";

export interface LateFirstSettings {
  /** Vehicle seconds that others may lose at an intersection: a second of time, and at most at once. */
  readonly allowed_veh_s: number;
  readonly allowedAtOnce_veh_s: number;
}

const usualLateFirst: LateFirstSettings = { allowed_veh_s: 0.5, allowedAtOnce_veh_s: 60 };

export class LateFirst implements Policy {
  readonly #policy: Policy;
  readonly #allowance: Allowance;
  /** Places and weights of those that count for more: lane, place, weight, and so on. */
  readonly #weighed: number[] = [];

  /** `policy`: one that reckons costs, and may be asked twice of one sight. */
  constructor(policy: Policy, settings: LateFirstSettings = usualLateFirst) {
    this.#policy = policy;
    this.#allowance = new Allowance(settings.allowed_veh_s, settings.allowedAtOnce_veh_s);
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#policy.look(sight, stage, dt_s);
    this.#allowance.pass(dt_s);
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    if (!this.#find(sight)) return this.#policy.decide(sight, stage, shown_s);
    const favoured = this.#policy.decide(sight, stage, shown_s);
    this.#weigh(sight, false);
    const fair = this.#policy.decide(sight, stage, shown_s);
    this.#weigh(sight, true);
    if (favoured.stage === fair.stage) return favoured;
    const loss_veh_s = lossOf(fair, favoured.stage);
    return this.#allowance.spend(loss_veh_s) ? { ...favoured, reason: "priority" } : fair;
  }

  #find({ lanes }: JunctionSight): boolean {
    this.#weighed.length = 0;
    for (const [at, { count, weight }] of lanes.entries()) {
      for (let i = 0; i < count; i += 1) {
        if (weight[i] !== 1) this.#weighed.push(at, i, weight[i] as number);
      }
    }
    return this.#weighed.length > 0;
  }

  #weigh({ lanes }: JunctionSight, more: boolean): void {
    for (let at = 0; at < this.#weighed.length; at += 3) {
      const weight = lanes[this.#weighed[at] as number]?.weight;
      if (weight !== undefined) weight[this.#weighed[at + 1] as number] = more ? (this.#weighed[at + 2] as number) : 1;
    }
  }
}

/** By the reckoning of a decision, what another stage would cost more; without end where it was not asked. */
function lossOf({ stage, costs_veh_s }: Decision, other: number): number {
  const [best, there] = [costs_veh_s?.[stage] ?? Number.NaN, costs_veh_s?.[other] ?? Number.POSITIVE_INFINITY];
  return Number.isFinite(there - best) ? Math.max(0, there - best) : Number.POSITIVE_INFINITY;
}
