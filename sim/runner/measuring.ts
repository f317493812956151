/** A run's controller as it was asked for, and what is told of the run beside its delay. */
import { basename, dirname, extname, join } from "node:path";
import { type Contrary, ContraryPolicy } from "../../core/adaptive/explain/contrary-policy.ts";
import type { Junction } from "../../core/adaptive/junction.ts";
import type { Policy } from "../../core/adaptive/policy.ts";
import { LateFirst } from "../../core/adaptive/priority/late-first.ts";
import { Preemption } from "../../core/adaptive/priority/preemption.ts";
import { AdaptiveControl } from "../adaptive/adaptive-control.ts";
import { DecisionLog } from "../adaptive/decision-log.ts";
import { PriorityNotices } from "../adaptive/priority-notices.ts";
import { DecisionTimes, TimedPolicy } from "../adaptive/timed-policy.ts";
import { drawDemand } from "../demand/draw.ts";
import type { SimulationResult } from "../engine/simulation.ts";
import type { Scenario } from "../scenario/open-scenario.ts";
import { decidingController } from "../street/controllers.ts";
import type { RunningStreet, StreetController } from "../street/running-street.ts";
import { StandingWatch } from "../street/standing-watch.ts";
import type { ControlTold, DecisionsTold, Measures, PriorityFigures } from "./control-messages.ts";
import { personDelay_s, totalsOf } from "./occupancy.ts";
import type { RunOrder } from "./run-messages.ts";
import { thousandth } from "./score.ts";

const orNull = (value: number | null | undefined): number | null => (value == null ? null : thousandth(value));

export class Measuring {
  readonly #scenario: Scenario;
  readonly #order: RunOrder;
  readonly #street: RunningStreet;
  readonly #seed: number;
  readonly #times = new DecisionTimes();
  readonly #log: DecisionLog | null;
  #controller: StreetController | null = null;
  #contrary: ContraryPolicy | null = null;
  /** Null where nothing is measured; who drives the street looks through it after each step. */
  readonly watch: StandingWatch | null;

  /** Where decisions cannot be written that is thrown as a `ProblemError`. */
  constructor(scenario: Scenario, order: RunOrder, street: RunningStreet, seed: number) {
    this.#scenario = scenario;
    this.#order = order;
    this.#street = street;
    this.#seed = seed;
    this.#log = order.decisions === undefined ? null : new DecisionLog(fileOf(order, seed), order.decisions.signal);
    this.watch = order.measures === true ? new StandingWatch(street) : null;
  }

  controller(): StreetController | null {
    const { controller } = this.#order;
    const around = (policy: Policy, junction: Junction, signal: string): Policy =>
      this.#around(policy, junction, signal);
    this.#controller = decidingController(controller, around, this.#notices());
    return this.#controller;
  }

  #notices(): PriorityNotices | null {
    const { priority = "none" } = this.#order;
    if (priority === "none") return null;
    return new PriorityNotices(this.#street, drawDemand(this.#scenario.demand, this.#seed), priority);
  }

  #around(policy: Policy, junction: Junction, signal: string): Policy {
    const { controller, priority = "none", contrary } = this.#order;
    const now_s = (): number => this.#street.now_s;
    let made = policy;
    if ((priority === "bus" || priority === "both") && controller === "adaptive") made = new LateFirst(made);
    if (priority === "emergency" || priority === "both") made = new Preemption(made, junction);
    if (contrary?.signal === signal) {
      this.#contrary = new ContraryPolicy(made, contrary.at_s, now_s);
      made = this.#contrary;
    }
    if (this.#log !== null) made = this.#log.around(made, junction, signal, now_s);
    return this.watch === null ? made : new TimedPolicy(made, this.#times);
  }

  with<T extends SimulationResult>(driven: T): T & ControlTold & { readonly contrary?: Contrary } {
    const { detection, priority } = this.#order;
    const control = this.#controller;
    const contrary = this.#contrary?.contrary ?? null;
    return {
      ...driven,
      ...(contrary === null ? {} : { contrary }),
      ...(this.watch === null ? {} : { measures: this.#measures(driven, this.watch) }),
      ...(priority === undefined ? {} : { priority: priorityFigures(driven, this.#scenario) }),
      ...(control instanceof AdaptiveControl && detection === "camera" ? { degradations: control.troubles } : {}),
      ...(this.#log === null ? {} : { decisions: decisionsOf(this.#log) }),
    };
  }

  #measures(driven: SimulationResult, { result: standing }: StandingWatch): Measures {
    return {
      person_delay_s: thousandth(personDelay_s(driven.types, this.#scenario.demand.types)),
      longest_wait_s: thousandth(standing.longest_wait_s),
      longest_lane_wait_s: thousandth(standing.longest_lane_wait_s),
      mean_queue: thousandth(standing.mean_queue),
      longest_queue: standing.longest_queue,
      decisions: this.#times.count,
      decision_p50_ms: orNull(this.#times.quantile_ms(0.5)),
      decision_p99_ms: orNull(this.#times.quantile_ms(0.99)),
    };
  }
}

/** Of several seeds each has its own: `decisions-101.jsonl`. */
function fileOf({ decisions }: RunOrder, seed: number): string | null {
  if (decisions === undefined || decisions.file === null) return null;
  if (!decisions.several) return decisions.file;
  const ending = extname(decisions.file);
  return join(dirname(decisions.file), `${basename(decisions.file, ending)}-${seed}${ending}`);
}

function decisionsOf(log: DecisionLog): DecisionsTold {
  const { told, prediction, changes } = log.close();
  const { checked, predicted_veh_s, realised_veh_s, error_veh_s, correlation } = prediction;
  return {
    told,
    prediction: {
      checked,
      predicted_veh_s: thousandth(predicted_veh_s),
      realised_veh_s: thousandth(realised_veh_s),
      error_veh_s: thousandth(error_veh_s),
      correlation: orNull(correlation),
    },
    changes,
  };
}

export function priorityFigures({ types }: SimulationResult, { demand }: Scenario): PriorityFigures {
  const isBus = (of: string): boolean => of === "bus" || of === "coach";
  const buses = totalsOf(types, demand.types, isBus);
  const emergencies = totalsOf(types, demand.types, (of) => of === "emergency");
  const others = totalsOf(types, demand.types, (of) => !isBus(of) && of !== "emergency");
  return {
    buses: buses?.due ?? 0,
    bus_delay_s: orNull(buses?.delay_s),
    emergencies: emergencies?.due ?? 0,
    emergency_delay_s: orNull(emergencies?.delay_s),
    emergency_travel_s: orNull(emergencies?.travel_time_s),
    others: others?.due ?? 0,
    others_delay_s: orNull(others?.delay_s),
    person_delay_s: thousandth(personDelay_s(types, demand.types)),
  };
}
