/**
 * Runs a proposed plan on a virtual controller in this process, beside the plan in force on another one, both under the
 * calls that the street's detectors recorded: what it would have done if it had been there. A conflict monitor watches each.
 */
import { setImmediate } from "node:timers/promises";
import type { Intersection } from "../../core/network/schema.ts";
import type { DetectorEvent } from "../../core/ports/detection-feed.ts";
import type { EventLog } from "../../core/ports/storage.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { RunReport, ShadowReport } from "../../core/proposals/shadow-report.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { oid, specialPattern } from "../ntcip/oids.ts";
import { planValues } from "../ntcip/plan-values.ts";
import { layoutMaker } from "../virtual/database/layout.ts";
import type { Value } from "../virtual/database/parameters.ts";
import { VirtualController } from "../virtual/virtual-controller.ts";
import { PhaseTally } from "./phase-tally.ts";

/** The pattern in force runs first, so that the change is part of what is watched. */
const LEAD_IN_DS = 1800;
/** Well under every backup timer. */
const COMMAND_EVERY_DS = 200;
/** Other work of the process comes in between. */
const SLICE_DS = 300;
const SHADOW = "shadow run";

export interface ShadowOrder {
  readonly intersection: Intersection;
  readonly plan: Plan;
  /** Null: free running. */
  readonly inForce: Plan | null;
  readonly from_ms: number;
  readonly to_ms: number;
  /** In any order; those of other intersections and times are left out. */
  readonly events: readonly DetectorEvent[];
}

interface Actuation {
  readonly at_ds: number;
  readonly channel: number;
  readonly on: boolean;
}

function actuationsOf({ intersection, events, from_ms, to_ms }: ShadowOrder): readonly Actuation[] {
  const lanes = intersection.approaches.flatMap((approach) => approach.lanes);
  const known = new Set(lanes.map((lane) => lane.detector_channel));
  return events
    .filter(({ intersection: where, at_ms, channel }) => {
      return where === intersection.id && known.has(channel) && at_ms >= from_ms && at_ms < to_ms;
    })
    .map(({ at_ms, channel, on }) => ({ at_ds: Math.floor(at_ms / 100), channel, on }))
    .sort((a, b) => a.at_ds - b.at_ds);
}

/** Writes past the network, as the factory does: nobody else hears of this device. */
function load(controller: VirtualController, intersection: Intersection, plan: Plan): void {
  const { device } = controller;
  const values = planValues(plan, intersection.signal.coord_phases, device.layout.sizes.phases);
  const changes = new Map<string, Value>(values.map(({ name, index, value }) => [oid(name, ...index), value]));
  const fault = device.apply(changes);
  if (fault !== null) throw new Error(`a proved plan does not fit into the virtual controller: ${fault}`);
}

const wordsOf = (trip: VirtualController["trips"][number]): string =>
  Object.entries(trip.reason)
    .map(([key, value]) => (key === "kind" ? String(value) : `${key} ${value}`))
    .join(", ");

class Run {
  readonly #controller: VirtualController;
  readonly #order: ShadowOrder;
  readonly #tally: PhaseTally;
  readonly #lanes: ReadonlyMap<number, number>;
  #inStepAfter_ds: number | null = null;

  constructor(order: ShadowOrder) {
    this.#order = order;
    this.#controller = new VirtualController(order.intersection, layoutMaker());
    const { approaches, signal } = order.intersection;
    this.#tally = new PhaseTally(signal.phases.map((phase) => phase.number));
    this.#lanes = new Map(
      approaches.flatMap(({ lanes }) => lanes.map((lane) => [lane.detector_channel, lane.phase] as const)),
    );
  }

  /** `first` until `from_ms`, then `then`. */
  async report(first: Plan | null, then: Plan | null, actuations: readonly Actuation[]): Promise<RunReport> {
    const from_ds = Math.floor(this.#order.from_ms / 100);
    for (const plan of [first, then]) if (plan !== null) load(this.#controller, this.#order.intersection, plan);
    const standing = [...this.#lanes.keys()].map((channel) => ({ at_ds: from_ds, channel, on: true }));
    const calls = actuations.length === 0 ? standing : actuations;
    await this.#drive(from_ds - LEAD_IN_DS, from_ds, first, []);
    await this.#drive(from_ds, Math.floor(this.#order.to_ms / 100), then, calls);
    return {
      phases: this.#tally.phases(),
      in_step_after_s: this.#inStepAfter_ds === null ? null : this.#inStepAfter_ds / 10,
      trips: this.#controller.trips.map(wordsOf),
    };
  }

  async #drive(from_ds: number, to_ds: number, plan: Plan | null, calls: readonly Actuation[]): Promise<void> {
    const watched = from_ds === Math.floor(this.#order.from_ms / 100);
    let next = 0;
    for (let at_ds = from_ds; at_ds < to_ds; at_ds += 1) {
      if ((at_ds - from_ds) % SLICE_DS === 0) await setImmediate();
      if ((at_ds - from_ds) % COMMAND_EVERY_DS === 0) this.#command(plan?.pattern ?? specialPattern.free);
      for (let call = calls[next]; call !== undefined && call.at_ds <= at_ds; call = calls[next]) {
        this.#set(call, at_ds);
        next += 1;
      }
      this.#controller.step(at_ds);
      if (!watched) continue;
      this.#tally.look(at_ds, this.#controller.device.lamps.greens);
      this.#noteStep(at_ds - from_ds, plan);
    }
  }

  #set({ channel, on }: Actuation, at_ds: number): void {
    this.#controller.device.detectors.set(channel, on);
    const phase = this.#lanes.get(channel);
    if (on && phase !== undefined) this.#tally.called(phase, at_ds);
  }

  #command(pattern: number): void {
    const write = { oid: oid("systemPatternControl"), syntax: "integer" as const, value: pattern };
    const refused = this.#controller.objects.set([write], SHADOW);
    if (refused !== null) throw new Error(`the virtual controller does not take pattern ${pattern}: ${refused.fault}`);
  }

  #noteStep(since_ds: number, plan: Plan | null): void {
    if (this.#inStepAfter_ds !== null) return;
    const now = this.#controller.device.coordination;
    const inStep = plan === null ? now?.pattern === null : now?.pattern === plan.pattern && !now.inTransition;
    if (inStep) this.#inStepAfter_ds = since_ds;
  }
}

/** Passed: no monitor trip, and the device came into step with the plan. Takes about a second per quarter of an hour. */
export async function shadowRun(order: ShadowOrder): Promise<ShadowReport> {
  const { from_ms, to_ms, inForce, plan } = order;
  const actuations = actuationsOf(order);
  const proposed = await new Run(order).report(inForce, plan, actuations);
  const in_force = await new Run(order).report(inForce, inForce, actuations);
  const recorded_calls = actuations.filter(({ on }) => on).length;
  return {
    from_ms,
    to_ms,
    recorded_calls,
    calls: recorded_calls === 0 ? "standing" : "recorded",
    proposed,
    in_force,
    passed: proposed.trips.length === 0 && proposed.in_step_after_s !== null,
  };
}

/** How much of the street's past a shadow run sees. */
const PAST_MS = 15 * 60_000;
const MOST_EVENTS = 50_000;

/** The quarter of an hour before, with what the detectors recorded in it. */
export async function recentRun(
  events: EventLog,
  intersection: string,
  to_ms: number,
): Promise<Pick<ShadowOrder, "from_ms" | "to_ms" | "events">> {
  const from_ms = to_ms - PAST_MS;
  const found = await events.recent({ intersection, since_ms: from_ms, until_ms: to_ms, limit: MOST_EVENTS });
  return { from_ms, to_ms, events: found };
}

/** Why a run did not pass. */
export function shadowProblem(intersection: string, pattern: number, { proposed }: ShadowReport): Problem {
  const [trip] = proposed.trips;
  const what = trip === undefined ? "it never came into step" : `the conflict monitor tripped (${trip})`;
  return problem("SHADOW_FAILED", { intersection, pattern, what });
}
