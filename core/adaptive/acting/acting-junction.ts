/**
 * A policy at the ring-and-barrier device of one intersection, on a street as in rehearsal: from what the device says and what is seen
 * to what the device is told, once a second. It believes the device and not its own orders, and it stands by while the device is preempted,
 * flashes, is switched by hand or still finishes the cycle of a pattern.
 */
import type { Intersection } from "../../network/schema.ts";
import { Clearing, HeldInside, type InTheWay } from "../held-inside.ts";
import type { Junction } from "../junction.ts";
import type { Decision, DecisionReason, Policy } from "../policy.ts";
import type { JunctionSight } from "../sight.ts";
import { CallLimit } from "./call-limit.ts";
import type { DeviceView, Hindrance } from "./device-view.ts";
import { noOrders, ordersFor, type PhaseOrders } from "./phase-orders.ts";
import { bitOf, isTrap, maskOf, type RingStage, ringStages } from "./ring-stages.ts";
import { StageWatch } from "./stage-watch.ts";

/** `called`: a call would otherwise wait beyond its limit; `changing`: the stage that was asked for is still to come. */
export type ActingReason = DecisionReason | "called" | "changing" | "joining" | Hindrance;

/** What is seen of the inside of an intersection, where anything is. Stages by their places. */
export interface Inside {
  /** Is somebody with priority in this stage held inside, who could not leave in it? */
  isHeld(stage: number): boolean;
  /** Who inside is in the way of `stage`? `before`: the stage that has ended. */
  inTheWay(stage: number, before: number): InTheWay;
}

/** A device that shows another stage for so long does not come to the one that it was asked for: a walk and its clearance are over, s. */
const patience_s = 60;

export interface ActingRound {
  readonly orders: PhaseOrders;
  readonly reason: ActingReason;
  /** Places among the stages: the one shown or changed to, and the one asked for. */
  readonly stage: number;
  readonly wanted: number;
  /** Of this round; null where nothing was to decide. */
  readonly decision: Decision | null;
}

export class ActingJunction {
  readonly stages: readonly RingStage[];
  readonly #junction: Junction;
  readonly #policy: Policy;
  readonly #calls: CallLimit;
  readonly #watch: StageWatch;
  readonly #all: number;
  #wanted = -1;
  #orders: PhaseOrders = noOrders;
  /** For how long the device has been asked for a stage that it does not show. */
  #asked_s = 0;
  readonly #held = new HeldInside();
  readonly #clearing = new Clearing();
  /** The stage before the one that is wanted. */
  #before = 0;

  /** `junction`: with the stages of `ringStages`, in their order. */
  constructor({ signal }: Intersection, junction: Junction, policy: Policy) {
    this.stages = ringStages(signal);
    this.#junction = junction;
    this.#policy = policy;
    this.#calls = new CallLimit(signal);
    this.#watch = new StageWatch(signal, this.stages);
    this.#all = maskOf(signal.phases.map(({ number }) => number));
  }

  /** `dt_s`: since the round before. */
  round(view: DeviceView, sight: JunctionSight, dt_s: number, inside: Inside | null = null): ActingRound {
    this.#watch.look(view, Math.max(0, this.#wanted), dt_s);
    this.#calls.look(view, this.#orders.omit, dt_s);
    const { stage } = this.#watch;
    this.#policy.look(sight, stage, dt_s);
    if (view.hindrance !== null) return this.#standBy(stage, view.hindrance);
    if (!view.free) return this.#standBy(stage, "joining");
    if (this.#wanted === -1) this.#wanted = stage;
    const { decision, reason } = this.#isKept(inside, stage, dt_s) ? kept : this.#decide(view, sight, stage, dt_s);
    const orders = ordersFor((this.stages[this.#wanted] as RingStage).mask, this.#all, view);
    this.#orders = this.#isClear(view, inside, dt_s) ? orders : keptOut(orders);
    return { orders: this.#orders, reason, stage, wanted: this.#wanted, decision };
  }

  #isKept(inside: Inside | null, stage: number, dt_s: number): boolean {
    const shown = this.#watch.complete && stage === this.#wanted;
    return this.#held.keeps(shown && inside?.isHeld(stage) === true, dt_s);
  }

  /** Once nothing more has to end: may the stage that was asked for come, or is somebody still in its way? */
  #isClear({ greens }: DeviceView, inside: Inside | null, dt_s: number): boolean {
    const { mask } = this.stages[this.#wanted] as RingStage;
    const coming = (mask & ~greens) !== 0 && (greens & ~mask) === 0;
    if (!coming) this.#clearing.end();
    return !(coming && inside !== null && this.#clearing.waits(inside.inTheWay(this.#wanted, this.#before), dt_s));
  }

  #standBy(stage: number, reason: ActingReason): ActingRound {
    this.#wanted = -1;
    this.#asked_s = 0;
    this.#orders = noOrders;
    return { orders: noOrders, reason, stage, wanted: stage, decision: null };
  }

  #decide(
    view: DeviceView,
    sight: JunctionSight,
    stage: number,
    dt_s: number,
  ): Pick<ActingRound, "decision" | "reason"> {
    const { shown_s, complete } = this.#watch;
    this.#asked_s = stage === this.#wanted && complete ? 0 : this.#asked_s + dt_s;
    if (this.#asked_s > patience_s && complete) this.#wanted = stage;
    // Part of a stage, or another one that the device came to by itself: it is asked for what was wanted until it is there.
    if (!complete || stage !== this.#wanted) return { decision: null, reason: "changing" };
    const decision = this.#policy.decide(sight, stage, shown_s);
    const overdue = this.#calls.overdue(view.greens);
    const wanted = overdue === null ? decision.stage : this.#serving(overdue, stage, decision);
    const reason = overdue === null ? decision.reason : "called";
    // What must end is told so at once: while a green is held, people may go on to step out beside it.
    const must = reason === "called" || reason === "starved";
    if (wanted === stage || !this.#leads(stage, wanted) || !(must || this.#mayEnd(stage, wanted))) {
      return { decision, reason: "kept" };
    }
    this.#wanted = wanted;
    this.#before = stage;
    return { decision, reason };
  }

  #mayEnd(from: number, to: number): boolean {
    return this.#watch.mayEnd((this.stages[from] as RingStage).mask & ~(this.stages[to] as RingStage).mask);
  }

  #leads(from: number, to: number): boolean {
    return !isTrap(this.#junction.change_s[from]?.[to] ?? 0);
  }

  /** The policy's own choice where it serves the phase, else the cheapest stage that does by what the policy predicted. */
  #serving(phase: number, from: number, { stage, costs_veh_s }: Decision): number {
    const serves = (at: number): boolean =>
      ((this.stages[at]?.mask ?? 0) & bitOf(phase)) !== 0 && this.#leads(from, at);
    if (serves(stage)) return stage;
    const cost = (at: number): number => costs_veh_s?.[at] ?? Number.POSITIVE_INFINITY;
    const [best] = [...this.stages.keys()].filter(serves).toSorted((a, b) => cost(a) - cost(b) || a - b);
    // Where every way there would trap somebody: first to wherever nothing of this stage goes on.
    return best ?? this.#apart(from);
  }

  #apart(from: number): number {
    const shown = (this.stages[from] as RingStage).mask;
    const found = this.stages.findIndex(({ mask }) => (mask & shown) === 0);
    return found === -1 ? from : found;
  }
}

const kept = { decision: null, reason: "kept" } as const;

/** Nobody who is still at red is let in: a device in which every phase that could come is left out stays at red. */
const keptOut = ({ hold, forceOff, omit, vehicleCall }: PhaseOrders): PhaseOrders => ({
  hold: hold & ~vehicleCall,
  forceOff,
  omit: omit | vehicleCall,
  vehicleCall: 0,
});
