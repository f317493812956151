/** When a green is done: its minimum, gaps and their reduction, maximums, force-offs, and orders from outside. */
import { DONT_WALK, type RingState } from "./state.ts";
import { sinceYield, value, type Working } from "./working.ts";

/** `other`: a green that nobody uses and nobody times, such as one without detectors. */
export type Reason = "gap_out" | "max_out" | "force_off" | "other";

/** Minimum green and any pedestrian service are over, and the ring's time is not stopped. */
export const mayEnd = (w: Working, r: number, ring: RingState): boolean =>
  ring.timer >= ring.least && ring.walk === DONT_WALK && (w.orders.stop_time & (1 << r)) === 0;

/** The minimum of the green that begins now: longer where vehicles have been counted at red, but not beyond its force-off. */
export function leastGreen({ c, s, plan, orders }: Working, r: number, phase: number): number {
  const least = value(c.minGreen, phase);
  const added = value(c.addedInitial, phase);
  if (added === 0 || orders.actuations === null) return least;
  const counted = Math.min(added * value(orders.actuations, phase), value(c.maxInitial, phase));
  const room = plan === null ? counted : value(plan.forceAfter, phase) - sinceYield(plan, s.local, r);
  return Math.max(least, Math.min(counted, room));
}

/** Once a step: gap reduction runs while others wait, and a gap that is to stay found is remembered. */
export function observeGap(w: Working, ring: RingState, contested: boolean): void {
  const { c } = w;
  const { phase } = ring;
  if (!contested) {
    ring.reducing = 0;
    ring.gapped = false;
    ring.owed = 0;
    return;
  }
  if (ring.owed > 0) ring.owed -= 1;
  if (value(c.minimumGap, phase) < value(c.passage, phase) && reduces(w, ring)) ring.reducing += 1;
  const bit = 1 << phase;
  if (ring.gapped || ((c.latchedGapMask | c.guaranteedMask) & bit) === 0) return;
  const allowed = allowedGap(w, ring);
  if (ring.timer < ring.least || ring.gap < allowed) return;
  ring.gapped = true;
  ring.owed = (c.guaranteedMask & bit) === 0 ? 0 : Math.max(0, value(c.passage, phase) - Math.max(allowed, ring.gap));
}

function reduces({ c, orders }: Working, ring: RingState): boolean {
  if (ring.reducing > 0 || ring.opposed >= value(c.beforeReduction, ring.phase)) return true;
  const cars = value(c.carsBeforeReduction, ring.phase);
  return cars > 0 && orders.actuations !== null && value(orders.actuations, ring.phase) >= cars;
}

/** Passage time, shrunk evenly or in steps to the minimum gap. */
function allowedGap({ c }: Working, { phase, reducing }: RingState): number {
  const passage = value(c.passage, phase);
  if (reducing === 0) return passage;
  const room = passage - value(c.minimumGap, phase);
  const over = value(c.toReduce, phase);
  if (reducing >= over) return passage - room;
  const by = value(c.reduceBy, phase);
  if (by === 0) return passage - Math.floor((room * reducing) / over);
  const steps = Math.ceil(room / by);
  return passage - Math.min(room, by * Math.floor((reducing * steps) / over));
}

function gapFound(w: Working, ring: RingState): boolean {
  if (ring.gapped) return ring.owed === 0;
  return (w.c.guaranteedMask & (1 << ring.phase)) === 0 && ring.gap >= allowedGap(w, ring);
}

/** Maximum green in force for the phase of ring `r`; nothing limits it where maximums are inhibited. */
export function maximumGreen({ c, s, plan, orders }: Working, r: number, phase: number): number {
  const ringBit = 1 << r;
  const mode = plan === null ? "max1" : plan.maxMode;
  if ((orders.max_inhibit & ringBit) !== 0 || mode === "inhibit") return Number.POSITIVE_INFINITY;
  const running = value(s.runningMax, phase);
  if (running > 0) return running;
  return (orders.max2 & ringBit) !== 0 || mode === "max2" ? value(c.max2, phase) : value(c.maxGreen, phase);
}

/** Why the green could end now if something else can be served; null while it has a right to go on. */
export function doneReason(w: Working, r: number, ring: RingState): Reason | null {
  if (!mayEnd(w, r, ring)) return null;
  const { plan, c, orders } = w;
  const bit = 1 << ring.phase;
  if ((orders.hold & bit) !== 0) return null;
  if (((orders.force_off & bit) | (orders.ring_force_off & (1 << r))) !== 0) return "force_off";
  if (plan === null) return freeReason(w, r, ring);
  const since = sinceYield(plan, w.s.local, r);
  if ((c.coordMask & bit) !== 0) return since < value(plan.holdAfter, r) ? "force_off" : null;
  if (since >= value(plan.forceAfter, ring.phase)) return "force_off";
  if (plan.floating && ring.timer >= value(plan.splitGreen, ring.phase)) return "force_off";
  if (ring.opposed >= maximumGreen(w, r, ring.phase)) return "max_out";
  return (plan.maxRecallMask & bit) === 0 && gapFound(w, ring) ? "gap_out" : null;
}

function freeReason(w: Working, r: number, ring: RingState): Reason | null {
  const bit = 1 << ring.phase;
  if (ring.opposed >= maximumGreen(w, r, ring.phase)) return "max_out";
  if ((w.orders.non_actuated & bit) !== 0) return "other";
  return (w.c.maxRecallMask & bit) === 0 && gapFound(w, ring) ? "gap_out" : null;
}

/**
 * Dynamic maximum (NTCIP 1202, phaseDynamicMaxLimit): from the second maximum in a row on, each moves the running
 * maximum one step towards the limit, and from the second gap in a row on, each moves it one step back.
 */
export function moveMaximum({ c, s, plan }: Working, phase: number, reason: Reason): void {
  const [limit, step] = [value(c.dynamicLimit, phase), value(c.dynamicStep, phase)];
  if (plan !== null || limit === 0 || step === 0 || (reason !== "max_out" && reason !== "gap_out")) return;
  const before = value(s.streak, phase);
  const streak = reason === "max_out" ? Math.max(0, before) + 1 : Math.min(0, before) - 1;
  s.streak[phase] = streak;
  if (Math.abs(streak) < 2) return;
  const usual = value(c.maxGreen, phase);
  const moved = (value(s.runningMax, phase) || usual) + (streak > 0 ? step : -step);
  s.runningMax[phase] = Math.min(Math.max(usual, limit), Math.max(Math.min(usual, limit), moved));
}
