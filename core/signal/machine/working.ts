/** The tables and the state one step works on, and the questions every part of the step asks of them. */
import type { CompiledConfig } from "./compile.ts";
import { GREEN, IDLE, type MachineState, PENDING, RED_CLEAR, type RingState, YELLOW } from "./state.ts";
import type { Timetable } from "./timetable.ts";
import type { Direction, MachineEvent, MachineInput, MachineOrders } from "./types.ts";

export interface Working {
  readonly c: CompiledConfig;
  readonly s: MachineState;
  /** Timetable of the pattern in force; null is free. */
  plan: Timetable | null;
  input: MachineInput;
  orders: MachineOrders;
  direction: Direction | null;
  events: MachineEvent[];
  /** Phases that ask for service and are not green, of this step. */
  demand: number;
  /** Those of them that ask for a pedestrian service. */
  pedDemand: number;
  /** Phases somebody asked a pedestrian service of, other than by recall. */
  pedAsked: number;
}

export const NO_ORDERS: MachineOrders = Object.freeze({
  hold: 0,
  force_off: 0,
  phase_omit: 0,
  ped_omit: 0,
  non_actuated: 0,
  walk_rest: false,
  min_recall: false,
  stop_time: 0,
  ring_force_off: 0,
  max2: 0,
  max_inhibit: 0,
  ped_recycle: 0,
  red_rest: 0,
  actuations: null,
  direction: null,
});

export const value = (values: Int32Array | Int8Array | readonly number[], index: number): number => values[index] ?? 0;

export function emit(w: Working, phase: number, kind: MachineEvent["kind"]): void {
  w.events.push({ at_ds: w.input.clock_ds, phase: phase + 1, kind });
}

export function ringAt(w: Working, ring: number): RingState {
  const found = w.s.rings[ring];
  if (found === undefined) throw new Error(`no ring ${ring}`);
  return found;
}

/** Time since the ring's yield, in [0, cycle). Only under a pattern. */
export function sinceYield(plan: Timetable, local: number, ring: number): number {
  const since = local - value(plan.yieldAt, ring);
  return since < 0 ? since + plan.cycle : since;
}

/** The lesser of an interval and what is ordered for it, if anything is. */
export const lesser = (own: number, ordered: number | null | undefined): number =>
  ordered == null || ordered > own ? own : ordered;

/** Collects the calls of this step: latched calls, recalls, and the standing call of the coordinated phases. */
export function collectDemand(w: Working): void {
  const { c, plan, input, orders } = w;
  const active = (plan === null ? c.allMask : plan.activeMask) & ~orders.phase_omit;
  const planned = plan === null ? c.vehicleRecallMask : plan.vehicleRecallMask | c.coordMask;
  const recalls = planned | orders.non_actuated | (orders.min_recall ? c.allMask : 0);
  const pedRecalls = plan === null ? c.pedRecallMask : plan.pedRecallMask;
  let green = 0;
  for (const ring of w.s.rings) if (ring.interval === GREEN) green |= 1 << ring.phase;
  const walkable = c.walkMask & active & ~orders.ped_omit;
  w.pedAsked = input.ped_calls & walkable;
  w.pedDemand = (input.ped_calls | pedRecalls | orders.non_actuated) & walkable;
  w.demand = (input.vehicle_calls | recalls | w.pedDemand) & active & ~green;
  if (w.demand === 0) w.demand = c.softRecallMask & active & ~green;
}

/** Earliest wait until `phase` may turn green if the rings in the way ended their greens now. */
function waitFor(w: Working, phase: number, wholeBarrier: boolean): number {
  const { c, s } = w;
  const own = value(c.ringOf, phase);
  let wait = 0;
  for (let r = 0; r < s.rings.length; r++) {
    if (wholeBarrier || r === own) wait = Math.max(wait, clearanceLeft(w, ringAt(w, r)));
  }
  for (const { other, ds } of c.intergreensTo[phase] ?? []) {
    const ring = s.rings[value(c.ringOf, other)];
    const showing = ring !== undefined && ring.interval === GREEN && ring.phase === other;
    wait = Math.max(wait, showing ? ds : ds - (s.step - value(s.greenEnd, other)));
  }
  return wait;
}

function clearanceLeft(w: Working, ring: RingState): number {
  const { yellow, redClear } = w.c;
  switch (ring.interval) {
    case GREEN:
      return value(yellow, ring.phase) + value(redClear, ring.phase);
    case YELLOW:
      return ring.yellow + ring.redClear - ring.timer;
    case RED_CLEAR:
      return ring.redClear - ring.timer;
    case IDLE:
    case PENDING:
      return 0;
    default:
      throw new Error(`unknown interval ${ring.interval}`);
  }
}

/**
 * A phase that asks may be taken up if its minimum fits before its force-off: this is its permissive window.
 * Free running has no force-off, and the coordinated phases are always welcome back.
 */
export function servable(w: Working, phase: number, wholeBarrier: boolean): boolean {
  return (w.demand & (1 << phase)) !== 0 && fits(w, phase, wholeBarrier);
}

/** Whether its minimum green fits, called or not. */
export function fits(w: Working, phase: number, wholeBarrier: boolean): boolean {
  const bit = 1 << phase;
  if (w.plan === null || (w.c.coordMask & bit) !== 0) return true;
  const ring = value(w.c.ringOf, phase);
  const force = value(w.plan.forceAfter, phase);
  const since = sinceYield(w.plan, w.s.local, ring);
  const hold = value(w.plan.holdAfter, ring);
  const wait = waitFor(w, phase, wholeBarrier);
  // Before the coming yield nothing that follows it can start, but all of it will be due.
  const start = since >= hold && force < hold ? Math.max(0, since - w.plan.cycle + wait) : since + wait;
  return start + value(w.c.minGreen, phase) <= force;
}

/** First servable phase of the ring in group `g` from `place` on, or -1. */
export function firstServable(w: Working, r: number, g: number, place: number, wholeBarrier: boolean): number {
  const group = w.c.order[r]?.[g] ?? [];
  for (let i = place; i < group.length; i++) {
    const phase = group[i] ?? 0;
    if (servable(w, phase, wholeBarrier)) return phase;
  }
  return -1;
}
