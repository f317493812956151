/**
 * Our policy. Each second it asks a model of the queues what would come of keeping the stage for a while and then changing to each
 * other one, with a plain rule (the index of `QueueModel.bestStage`) from there on, and changes where changing at once is best:
 * a rollout of the index rule (Bertsekas 2020, "Rollout, Policy Iteration, and Distributed Reinforcement Learning").
 */
import { Expectations } from "./expectations.ts";
import { AFTER_STOP, givenToLanes, type Junction } from "./junction.ts";
import type { Decision, Policy } from "./policy.ts";
import { QueueModel, type QueueSettings, usualQueues } from "./queue-model.ts";
import type { JunctionSight } from "./sight.ts";

export interface SearchSettings extends QueueSettings {
  /** Seconds for which the stage is held before a change, as far as is tried; the first is 0. */
  readonly holds_s: readonly number[];
  /** A change must be better than keeping by so many vehicle seconds. */
  readonly margin_veh_s: number;
  /** Nobody waits longer if it can be helped, s. */
  readonly longestWait_s: number;
}

export const usualSearch: SearchSettings = {
  ...usualQueues,
  holds_s: [0, 1, 2, 4, 7, 11, 17],
  margin_veh_s: 0.5,
  longestWait_s: 120,
};

export class RollingSearch implements Policy {
  readonly #settings: SearchSettings;
  readonly #model: QueueModel;
  readonly #expected: Expectations;
  /** By stage: what lanes are given. */
  readonly #given: readonly Uint8Array[];

  constructor(junction: Junction, settings: SearchSettings = usualSearch) {
    this.#settings = settings;
    this.#model = new QueueModel(junction, settings);
    this.#expected = new Expectations(junction);
    this.#given = junction.stages.map((stage) => givenToLanes(junction, stage));
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#expected.learn(sight, this.#given[stage] as Uint8Array, dt_s);
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    this.#model.load(sight, this.#expected);
    const starved = this.#starved(sight);
    const found = this.#search(stage, shown_s, starved);
    const better = found.change_veh_s < found.keep_veh_s - this.#settings.margin_veh_s;
    if (starved >= 0 && !this.#serves(stage, starved)) return { stage: found.alternative, reason: "starved", ...found };
    return better ? { stage: found.alternative, reason: "changed", ...found } : { stage, reason: "kept", ...found };
  }

  /** Only stages that serve the lane `starved` are tried, where there is one. */
  #search(stage: number, shown_s: number, starved: number): Omit<Decision, "stage" | "reason"> {
    let keep = this.#model.cost(stage, shown_s, 1, -1);
    let [change, alternative] = [Number.POSITIVE_INFINITY, stage];
    for (let next = 0; next < this.#given.length; next += 1) {
      if (next === stage || (starved >= 0 && !this.#serves(next, starved))) continue;
      for (const hold_s of this.#settings.holds_s) {
        const cost = this.#model.cost(stage, shown_s, hold_s, next);
        if (hold_s > 0) keep = Math.min(keep, cost);
        else if (cost < change) [change, alternative] = [cost, next];
      }
    }
    return { keep_veh_s: keep, change_veh_s: change, alternative };
  }

  #serves(stage: number, lane: number): boolean {
    return (this.#given[stage]?.[lane] as number) > AFTER_STOP;
  }

  /** The lane that waits longest of those that wait too long, or -1. */
  #starved({ lanes }: JunctionSight): number {
    let [worst, longest] = [-1, this.#settings.longestWait_s];
    for (const [at, { waited_s }] of lanes.entries()) if (waited_s > longest) [worst, longest] = [at, waited_s];
    return worst;
  }
}
