/** A policy that accounts for each decision: what it saw, what it predicted of each choice, what it chose and why, and what came of it. */
import type { Junction } from "../junction.ts";
import type { Decision, DecisionReason, Policy } from "../policy.ts";
import type { JunctionSight } from "../sight.ts";
import { HorizonCheck } from "./horizon-check.ts";

/** As it is written, one to a line. */
export interface Explanation {
  readonly at_s: number;
  readonly signal: string;
  /** Shown until now, and for how long it has been all green. */
  readonly stage: number;
  readonly shown_s: number;
  readonly chosen: number;
  readonly reason: DecisionReason;
  /** By lane: vehicles seen, and for how long its first has stood. */
  readonly vehicles: readonly number[];
  readonly waits_s: readonly number[];
  /** By stage: predicted cost of changing to it at once, of the one shown: of keeping it; null where it was not asked. */
  readonly costs_veh_s: readonly (number | null)[];
  /** Of the chosen one: waiting within the horizon, as predicted and as it came; null where not reckoned, or the run ended before. */
  readonly predicted_veh_s: number | null;
  readonly realised_veh_s: number | null;
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;
const orNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : hundredth(value);

interface Open {
  readonly told: Omit<Explanation, "realised_veh_s">;
  readonly check: HorizonCheck;
}

export interface ExplainedOrder {
  readonly junction: Junction;
  readonly signal: string;
  readonly horizon_s: number;
  now_s(): number;
  tell(explanation: Explanation): void;
}

export class ExplainedPolicy implements Policy {
  readonly #policy: Policy;
  readonly #order: ExplainedOrder;
  #open: Open[] = [];

  constructor(policy: Policy, order: ExplainedOrder) {
    this.#policy = policy;
    this.#order = order;
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#policy.look(sight, stage, dt_s);
    for (const { check } of this.#open) check.look(sight, dt_s);
    const over = this.#open.filter(({ check }) => check.isOver);
    if (over.length === 0) return;
    this.#open = this.#open.filter(({ check }) => !check.isOver);
    for (const { told, check } of over) {
      this.#order.tell({ ...told, realised_veh_s: told.predicted_veh_s === null ? null : check.waited_veh_s });
    }
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    const decision = this.#policy.decide(sight, stage, shown_s);
    const { junction, signal, horizon_s } = this.#order;
    const told = {
      at_s: this.#order.now_s(),
      signal,
      stage,
      shown_s,
      chosen: decision.stage,
      reason: decision.reason,
      vehicles: sight.lanes.map(({ count }) => count),
      waits_s: sight.lanes.map(({ waited_s }) => waited_s),
      costs_veh_s: junction.stages.map((_, at) => orNull(decision.costs_veh_s?.[at])),
      predicted_veh_s: isReckoned(decision) ? orNull(decision.waits_veh_s?.[decision.stage]) : null,
    };
    this.#open.push({ told, check: new HorizonCheck(junction, sight, horizon_s) });
    return decision;
  }

  /** When the run is over: those whose time was too short. */
  end(): void {
    for (const { told } of this.#open) this.#order.tell({ ...told, realised_veh_s: null });
    this.#open = [];
  }
}

const isReckoned = ({ costs_veh_s, stage }: Decision): boolean => Number.isFinite(costs_veh_s?.[stage] ?? Number.NaN);
