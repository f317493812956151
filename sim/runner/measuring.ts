/** What is measured of a run beside its delay, where it was asked for. */
import { DecisionTimes, TimedPolicy } from "../adaptive/timed-policy.ts";
import type { SimulationResult } from "../engine/simulation.ts";
import type { Scenario } from "../scenario/open-scenario.ts";
import { decidingController } from "../street/controllers.ts";
import type { RunningStreet, StreetController } from "../street/running-street.ts";
import { StandingWatch } from "../street/standing-watch.ts";
import { personDelay_s } from "./occupancy.ts";
import type { Measures, RunOrder } from "./run-messages.ts";

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;
const orNull = (value: number | null): number | null => (value === null ? null : thousandth(value));

export class Measuring {
  readonly #scenario: Scenario;
  readonly #order: RunOrder;
  readonly #times = new DecisionTimes();
  /** Null where nothing is measured; who drives the street looks through it after each step. */
  readonly watch: StandingWatch | null;

  constructor(scenario: Scenario, order: RunOrder, street: RunningStreet) {
    this.#scenario = scenario;
    this.#order = order;
    this.watch = order.measures === true ? new StandingWatch(street) : null;
  }

  controller(): StreetController | null {
    const timed = this.watch !== null;
    return decidingController(this.#order.controller, (policy) =>
      timed ? new TimedPolicy(policy, this.#times) : policy,
    );
  }

  with<T extends SimulationResult>(driven: T): T & { readonly measures?: Measures } {
    if (this.watch === null) return driven;
    const standing = this.watch.result;
    const measures: Measures = {
      person_delay_s: thousandth(personDelay_s(driven.types, this.#scenario.demand.types)),
      longest_wait_s: thousandth(standing.longest_wait_s),
      longest_lane_wait_s: thousandth(standing.longest_lane_wait_s),
      mean_queue: thousandth(standing.mean_queue),
      longest_queue: standing.longest_queue,
      decisions: this.#times.count,
      decision_p50_ms: orNull(this.#times.quantile_ms(0.5)),
      decision_p99_ms: orNull(this.#times.quantile_ms(0.99)),
    };
    return { ...driven, measures };
  }
}
