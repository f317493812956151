/**
 * Green for an emergency vehicle when it comes, whatever the policy would do: early enough for the queue before it to have gone, and until it
 * has passed. Changes are the signal's own: no yellow, red or least green is shortened by it. Of two that want different stages the
 * first to ask is served first.
 */
import type { Junction } from "../junction.ts";
import type { Decision, DecisionReason, Policy } from "../policy.ts";
import type { JunctionSight } from "../sight.ts";
import { type Emergency, stageFor } from "./emergency.ts";
import { Recovery } from "./recovery.ts";

export interface PreemptionSettings {
  /** Seconds to spare, with all that is not known of where it is and how fast. */
  readonly margin_s: number;
  /** Of each vehicle that leaves a queue, and of the first one more, s. */
  readonly headway_s: number;
  readonly startUp_s: number;
  /** A queue is given so long at most to go, s. */
  readonly longestQueue_s: number;
  /** A stage is not held longer for one vehicle: it may have stopped, or turned off, s. */
  readonly longestHold_s: number;
}

export const usualPreemption: PreemptionSettings = {
  margin_s: 4,
  headway_s: 2,
  startUp_s: 2,
  longestQueue_s: 45,
  longestHold_s: 120,
};

/** Who is slower stands in a queue, m/s. */
const queued_m_s = 2;

interface Claim {
  readonly id: number;
  readonly stage: number;
  held_s: number;
}

export class Preemption implements Policy {
  readonly #policy: Policy;
  readonly #junction: Junction;
  readonly #settings: PreemptionSettings;
  #claim: Claim | null = null;
  #recovery: Recovery | null = null;
  /** Those for whom green was held long enough, until they are gone. */
  readonly #givenUp = new Set<number>();

  constructor(policy: Policy, junction: Junction, settings: PreemptionSettings = usualPreemption) {
    this.#policy = policy;
    this.#junction = junction;
    this.#settings = settings;
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#policy.look(sight, stage, dt_s);
    this.#recovery?.look(sight, stage, dt_s);
    this.#keepClaim(sight, stage, dt_s);
    if (this.#claim === null) this.#claim = this.#firstDue(sight, stage);
    if (this.#claim !== null) this.#recovery = null;
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    const usual = this.#policy.decide(sight, stage, shown_s);
    const instead = (to: number, reason: DecisionReason): Decision => ({ ...usual, stage: to, reason });
    if (this.#claim !== null) return instead(this.#claim.stage, "emergency");
    if (this.#recovery === null) return usual;
    const next = this.#recovery.stage(sight, stage, shown_s);
    if (next !== -1) return instead(next, "recovering");
    this.#recovery = null;
    return usual;
  }

  #keepClaim(sight: JunctionSight, stage: number, dt_s: number): void {
    for (const id of this.#givenUp) if (!sight.emergencies.some((each) => each.id === id)) this.#givenUp.delete(id);
    if (this.#claim === null) return;
    const { id } = this.#claim;
    this.#claim.held_s += dt_s;
    const isThere = sight.emergencies.some((each) => each.id === id);
    if (isThere && this.#claim.held_s <= this.#settings.longestHold_s) return;
    if (isThere) this.#givenUp.add(id);
    this.#claim = null;
    this.#recovery = new Recovery(this.#junction, sight, stage);
  }

  /** Whose time to clear the way has come; of several in the same second the nearest. */
  #firstDue(sight: JunctionSight, shown: number): Claim | null {
    let first: Claim | null = null;
    let nearest_s = Number.POSITIVE_INFINITY;
    for (const each of sight.emergencies) {
      if (this.#givenUp.has(each.id) || each.eta_s >= nearest_s) continue;
      const stage = stageFor(this.#junction, each, shown);
      if (each.eta_s > this.#lead_s(sight, each, stage)) continue;
      first = { id: each.id, stage, held_s: 0 };
      nearest_s = each.eta_s;
    }
    return first;
  }

  /** From asking to a free way: another stage may only just have begun, then comes the change, and the queue goes. */
  #lead_s({ lanes }: JunctionSight, { movements }: Emergency, stage: number): number {
    const { change_s, minGreen_s, movements: all } = this.#junction;
    const { margin_s, headway_s, startUp_s, longestQueue_s } = this.#settings;
    const change = Math.max(...change_s.map((from) => from[stage] as number));
    let queue = 0;
    for (const m of movements) {
      const lane = lanes[all[m]?.lane as number];
      let standing = 0;
      for (let i = 0; lane !== undefined && i < lane.count; i += 1) {
        if ((lane.speed_m_s[i] as number) < queued_m_s) standing = i + 1;
      }
      queue = Math.max(queue, standing);
    }
    const queue_s = queue === 0 ? 0 : Math.min(longestQueue_s, startUp_s + queue * headway_s);
    return minGreen_s + change + queue_s + margin_s;
  }
}
