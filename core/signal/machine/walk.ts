/** Pedestrians of a green: walk, clearance, resting in walk, and people who press the button late. */
import { maximumGreen } from "./green.ts";
import { DONT_WALK, PED_CLEAR, type RingState, WALK } from "./state.ts";
import { emit, lesser, sinceYield, value, type Working } from "./working.ts";

/** Buffer of the MUTCD between a pedestrian clearance and whatever comes next, another walk of the same green too. */
const WALK_PAUSE_DS = 30;

/** Nobody walks, and the buffer after the last clearance of this green is over. */
export const mayWalkAgain = ({ walk, walkTimer }: RingState): boolean =>
  walk === DONT_WALK && walkTimer >= WALK_PAUSE_DS;

/** Moves the pedestrian indication of a green on by one decisecond. */
export function timeWalk(w: Working, r: number, ring: RingState): void {
  ring.walkTimer += 1;
  const leaving = w.direction !== null && (w.direction.phases & (1 << ring.phase)) === 0 ? w.direction : null;
  if (ring.walk === WALK && ring.walkTimer >= lesser(ring.walkFor, leaving?.walk_ds) && !rests(w, r, ring)) {
    ring.walk = PED_CLEAR;
    ring.walkTimer = 0;
    emit(w, ring.phase, "begin_ped_clear");
  }
  if (ring.walk === PED_CLEAR && ring.walkTimer >= lesser(ring.pedClearFor, leaving?.ped_clear_ds)) {
    ring.walk = DONT_WALK;
    ring.walkTimer = 0;
    emit(w, ring.phase, "begin_dont_walk");
  }
}

/** Walk goes on although it has had its time: nobody else asks, or someone ordered it. */
function rests(w: Working, r: number, ring: RingState): boolean {
  const { c, orders, plan, direction } = w;
  const bit = 1 << ring.phase;
  if (direction !== null) return (direction.phases & direction.walks & bit) !== 0;
  if (((orders.force_off & bit) | (orders.ring_force_off & (1 << r))) !== 0) return false;
  if ((orders.non_actuated & orders.hold & bit) !== 0) return true;
  const mayRest = (c.restInWalkMask & bit) !== 0 || (orders.walk_rest && (orders.non_actuated & bit) !== 0);
  if (!mayRest) return false;
  if (plan === null) return !ring.contested;
  if ((c.coordMask & bit) === 0 || w.s.ahead !== 0) return false;
  // The coordinated phase has its clearance behind it when it yields.
  const since = sinceYield(plan, w.s.local, r);
  return since >= value(plan.holdAfter, r) && plan.cycle - since > ring.pedClearFor;
}

export function beginWalk(w: Working, ring: RingState): void {
  ring.walk = WALK;
  ring.walkTimer = 0;
  ring.walkFor = value(w.c.walk, ring.phase);
  ring.pedClearFor = value(w.c.pedClear, ring.phase);
  emit(w, ring.phase, "begin_walk");
}

/** A service that starts with its green must end before the force-off; a coordinated phase may take longer. */
export function walkFits(w: Working, phase: number): boolean {
  if (w.plan === null || (w.c.coordMask & (1 << phase)) !== 0) return true;
  const service = value(w.c.walk, phase) + value(w.c.pedClear, phase);
  return sinceYield(w.plan, w.s.local, value(w.c.ringOf, phase)) + service <= value(w.plan.forceAfter, phase);
}

/** A late button press is served within a green that stays long enough anyway; not while local time is corrected. */
export function beginLateWalk(w: Working, r: number, ring: RingState, contested: boolean): void {
  const { c, plan } = w;
  const bit = 1 << ring.phase;
  if (!mayWalkAgain(ring) || (w.pedAsked & c.walkMask & bit) === 0) return;
  const service = value(c.walk, ring.phase) + value(c.pedClear, ring.phase);
  if (plan === null) {
    if (!contested || recycles(w, r, ring, service)) beginWalk(w, ring);
    return;
  }
  if ((c.coordMask & bit) === 0 || w.s.ahead !== 0) return;
  const since = sinceYield(plan, w.s.local, r);
  const holding = since >= value(plan.holdAfter, r);
  if (holding ? plan.cycle - since >= service : !contested) beginWalk(w, ring);
}

/** Pedestrian recycle: also while others wait, if the service ends before the maximum does. */
function recycles(w: Working, r: number, ring: RingState, service: number): boolean {
  const held = (w.orders.hold & (1 << ring.phase)) !== 0;
  if ((w.orders.ped_recycle & (1 << r)) === 0) return held;
  return held || ring.opposed + service <= maximumGreen(w, r, ring.phase);
}
