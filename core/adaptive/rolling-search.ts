/**
 * Our policy: a plain rule (`IndexRule`), and a model of the queues that may overrule it. Each second the model tells what would come
 * of keeping the stage for a while and then changing to each other one, with the same rule from there on; where it finds something
 * that is clearly better than what the rule would do now, that is done: a rollout of the rule (Bertsekas 2020, "Rollout, Policy
 * Iteration, and Distributed Reinforcement Learning") that moves only for a gain beyond the model's own errors.
 */
import { Expectations, stuckFrom_s } from "./expectations.ts";
import { IndexRule } from "./index-rule.ts";
import type { Junction } from "./junction.ts";
import type { LaneGreens } from "./lane-greens.ts";
import type { Decision, Policy } from "./policy.ts";
import { QueueModel, type QueueSettings, usualQueues } from "./queue-model.ts";
import type { JunctionSight } from "./sight.ts";

export interface SearchSettings extends QueueSettings {
  /** Seconds for which the stage is held before a change, as far as is tried; the first is 0. */
  readonly holds_s: readonly number[];
  /**
   * What the rule would do is done unless something else is better by this share of what the rule is predicted to cost, within bounds of
   * vehicle seconds: by less the model cannot tell in light traffic, and by more it is right in heavy. Nothing is asked where somebody counts
   * for more than others.
   */
  readonly marginShare: number;
  readonly leastMargin_veh_s: number;
  readonly mostMargin_veh_s: number;
  /** Nobody waits longer if it can be helped, s. */
  readonly longestWait_s: number;
  /** No lane has red for longer, though nobody is seen there: cameras miss some, s; and where hardly anybody comes at all. */
  readonly longestRed_s: number;
  readonly longestUnusedRed_s: number;
}

export const usualSearch: SearchSettings = {
  ...usualQueues,
  holds_s: [0, 2, 5, 10],
  marginShare: 0.5,
  leastMargin_veh_s: 0.5,
  mostMargin_veh_s: 30,
  longestWait_s: 120,
  longestRed_s: 300,
  longestUnusedRed_s: 600,
};

type Found = Required<Omit<Decision, "stage" | "reason" | "askAgain_s">>;

/** Vehicles a second: hardly anybody comes where fewer do. */
const unused_s = 1 / 600;

export class RollingSearch implements Policy {
  readonly #settings: SearchSettings;
  readonly #model: QueueModel;
  readonly #expected: Expectations;
  readonly #rule: IndexRule;
  /** The rule's, which looks for both. */
  readonly #greens: LaneGreens;

  constructor(junction: Junction, settings: SearchSettings = usualSearch) {
    this.#settings = settings;
    this.#model = new QueueModel(junction, settings);
    this.#expected = new Expectations(junction);
    this.#rule = new IndexRule(junction);
    this.#greens = this.#rule.greens;
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#rule.look(sight, stage, dt_s);
    this.#expected.learn(sight, this.#greens.given[stage] as Uint8Array, dt_s);
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    this.#model.load(sight, this.#expected);
    const blocked = this.#isBlocked(sight, stage);
    const limit_s = blocked ? 0 : this.#settings.longestWait_s;
    const waiting = this.#greens.longestWaiting(sight, stage, limit_s, (lane) => this.#longestRed_s(lane));
    const found = this.#search(stage, shown_s, waiting);
    const ruled = this.#rule.stageFor(sight, stage, waiting);
    const { alternative, change_veh_s, costs_veh_s, keep_veh_s } = found;
    const ruled_veh_s = costs_veh_s[ruled] as number;
    const margin_veh_s = isEven(sight) ? this.#margin_veh_s(ruled_veh_s) : 0;
    const best = waiting >= 0 || change_veh_s < keep_veh_s ? alternative : stage;
    const chosen = (costs_veh_s[best] as number) < ruled_veh_s - margin_veh_s ? best : ruled;
    if (waiting >= 0) return { ...found, stage: chosen, reason: blocked ? "blocked" : "starved" };
    return { ...found, stage: chosen, reason: chosen === stage ? "kept" : "changed" };
  }

  /** Only stages that serve the lane `waiting` are tried, where there is one. */
  #search(stage: number, shown_s: number, waiting: number): Found {
    const costs_veh_s = new Float64Array(this.#greens.given.length).fill(Number.POSITIVE_INFINITY);
    const waits_veh_s = new Float64Array(this.#greens.given.length);
    const attempt = (at: number, hold_s: number, next: number): void => {
      const cost = this.#model.cost(stage, shown_s, hold_s, next, costs_veh_s[at]);
      if (cost >= (costs_veh_s[at] as number)) return;
      costs_veh_s[at] = cost;
      waits_veh_s[at] = this.#model.waiting_veh_s;
    };
    attempt(stage, 1, -1);
    let alternative = stage;
    for (let next = 0; next < this.#greens.given.length; next += 1) {
      if (next === stage || (waiting >= 0 && !this.#greens.serves(next, waiting))) continue;
      for (const hold_s of this.#settings.holds_s) attempt(hold_s > 0 ? stage : next, hold_s, next);
      const best = alternative === stage ? Number.POSITIVE_INFINITY : (costs_veh_s[alternative] as number);
      if ((costs_veh_s[next] as number) < best) alternative = next;
    }
    const change = alternative === stage ? Number.POSITIVE_INFINITY : (costs_veh_s[alternative] as number);
    return { keep_veh_s: costs_veh_s[stage] as number, change_veh_s: change, alternative, costs_veh_s, waits_veh_s };
  }

  /** Does green help nobody of those who are there? What they wait for may be let go by another stage here. */
  #isBlocked({ lanes }: JunctionSight, stage: number): boolean {
    let anybody = false;
    for (const [at, { count }] of lanes.entries()) {
      if (count === 0 || !this.#greens.serves(stage, at)) continue;
      if ((this.#expected.stuck_s[at] as number) < stuckFrom_s) return false;
      anybody = true;
    }
    return anybody;
  }

  /** Where lanes are full most of the traffic is out of sight, and the model's gains are of the part that is not. */
  #margin_veh_s(ruled_veh_s: number): number {
    const { leastMargin_veh_s, marginShare, mostMargin_veh_s } = this.#settings;
    const free = 1 - this.#rule.fullness;
    if (free <= 0) return ruled_veh_s;
    const share = 1 - (1 - marginShare) * free;
    return Math.min(mostMargin_veh_s / free, Math.max(leastMargin_veh_s, share * ruled_veh_s));
  }

  #longestRed_s(lane: number): number {
    const { longestRed_s, longestUnusedRed_s } = this.#settings;
    return (this.#expected.arrivals_s[lane] as number) < unused_s ? longestUnusedRed_s : longestRed_s;
  }
}

/** Does everybody in sight count alike? */
function isEven({ lanes }: JunctionSight): boolean {
  return lanes.every(({ count, weight }) => weight.subarray(0, count).every((each) => each === 1));
}
