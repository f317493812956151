/** What one ring does in a step: times its interval, serves pedestrians, and decides when a green is done. */
import { DONT_WALK, GREEN, IDLE, PED_CLEAR, PENDING, RED_CLEAR, type RingState, WALK, YELLOW } from "./state.ts";
import { emit, sinceYield, value, type Working } from "./working.ts";

/** NEMA red revert: the same phase does not turn green again sooner than this after its yellow. */
const RED_REVERT_DS = 20;

/** Buffer of the MUTCD between a pedestrian clearance and whatever comes next, another walk of the same green too. */
const WALK_PAUSE_DS = 30;

/** Moves the ring's running interval on by one decisecond. */
export function timeInterval(w: Working, ring: RingState): void {
  if (ring.interval === GREEN) {
    ring.timer += 1;
    ring.gap = (w.input.occupied & (1 << ring.phase)) !== 0 ? 0 : ring.gap + 1;
    timeWalk(w, ring);
    return;
  }
  if (ring.interval === YELLOW) {
    ring.timer += 1;
    if (ring.timer >= value(w.c.yellow, ring.phase)) endYellow(w, ring);
  } else if (ring.interval === RED_CLEAR) {
    ring.timer += 1;
  }
  if (ring.interval === RED_CLEAR && ring.timer >= value(w.c.redClear, ring.phase)) endRedClear(w, ring);
}

function timeWalk(w: Working, ring: RingState): void {
  ring.walkTimer += 1;
  if (ring.walk === WALK && ring.walkTimer >= value(w.c.walk, ring.phase)) {
    ring.walk = PED_CLEAR;
    ring.walkTimer = 0;
    emit(w, ring.phase, "begin_ped_clear");
  }
  if (ring.walk === PED_CLEAR && ring.walkTimer >= value(w.c.pedClear, ring.phase)) {
    ring.walk = DONT_WALK;
    ring.walkTimer = 0;
    emit(w, ring.phase, "begin_dont_walk");
  }
}

function endYellow(w: Working, ring: RingState): void {
  w.s.yellowEnd[ring.phase] = w.s.step;
  ring.interval = RED_CLEAR;
  ring.timer = 0;
  emit(w, ring.phase, "end_yellow");
}

function endRedClear(w: Working, ring: RingState): void {
  emit(w, ring.phase, "end_red_clear");
  if (ring.next < 0) {
    ring.interval = IDLE;
    ring.phase = -1;
    return;
  }
  takeUp(w, ring, ring.next);
}

/** Commits the ring to a phase; it turns green as soon as its intergreens have passed. */
export function takeUp(w: Working, ring: RingState, phase: number): void {
  const group = w.c.order[value(w.c.ringOf, phase)]?.[value(w.c.groupOf, phase)] ?? [];
  const place = value(w.c.placeOf, phase);
  for (let i = ring.place + 1; i < place; i++) emit(w, group[i] ?? 0, "skip");
  ring.interval = PENDING;
  ring.phase = phase;
  ring.timer = 0;
  ring.next = -1;
  ring.place = place;
  ring.leaving = false;
}

export function beginGreenWhenClear(w: Working, ring: RingState): void {
  if (ring.interval !== PENDING || !isClear(w, ring.phase)) return;
  ring.interval = GREEN;
  ring.timer = 0;
  ring.gap = 0;
  ring.opposed = 0;
  ring.walkTimer = 0;
  emit(w, ring.phase, "phase_on");
  emit(w, ring.phase, "begin_green");
  if ((w.pedDemand & (1 << ring.phase)) !== 0 && walkFits(w, ring.phase)) beginWalk(w, ring);
}

function isClear(w: Working, phase: number): boolean {
  const { s, c } = w;
  if (s.step - value(s.yellowEnd, phase) < RED_REVERT_DS) return false;
  for (const { other, ds } of c.intergreensTo[phase] ?? []) {
    const ring = s.rings[value(c.ringOf, other)];
    if (ring?.phase === other && ring.interval === GREEN) return false;
    if (s.step - value(s.greenEnd, other) < ds) return false;
  }
  return true;
}

function beginWalk(w: Working, ring: RingState): void {
  ring.walk = WALK;
  ring.walkTimer = 0;
  emit(w, ring.phase, "begin_walk");
}

/** A service that starts with its green must end before the force-off; a coordinated phase may take longer. */
function walkFits(w: Working, phase: number): boolean {
  if (w.plan === null || (w.c.coordMask & (1 << phase)) !== 0) return true;
  const service = value(w.c.walk, phase) + value(w.c.pedClear, phase);
  return sinceYield(w.plan, w.s.local, value(w.c.ringOf, phase)) + service <= value(w.plan.forceAfter, phase);
}

/** A late button press is served within a green that stays long enough anyway; not while local time is corrected. */
export function beginLateWalk(w: Working, r: number, ring: RingState, opposed: boolean): void {
  const { c, plan } = w;
  const bit = 1 << ring.phase;
  if (ring.walk !== DONT_WALK || ring.walkTimer < WALK_PAUSE_DS || (w.input.ped_calls & c.walkMask & bit) === 0) return;
  if (plan === null || (c.coordMask & bit) === 0) {
    if (plan === null && !opposed) beginWalk(w, ring);
    return;
  }
  if (w.s.ahead !== 0) return;
  const since = sinceYield(plan, w.s.local, r);
  const service = value(c.walk, ring.phase) + value(c.pedClear, ring.phase);
  const holding = since >= value(plan.holdAfter, r);
  if (holding ? plan.cycle - since >= service : !opposed) beginWalk(w, ring);
}

/** Minimum green and any pedestrian service are over. */
const mayEnd = (w: Working, ring: RingState): boolean =>
  ring.timer >= value(w.c.minGreen, ring.phase) && ring.walk === DONT_WALK;

export type Reason = "gap_out" | "max_out" | "force_off";

/** Why the green could end now if something else can be served; null while it has a right to go on. */
export function doneReason(w: Working, r: number, ring: RingState): Reason | null {
  if (!mayEnd(w, ring)) return null;
  const bit = 1 << ring.phase;
  const { plan, c } = w;
  if (plan !== null && (c.coordMask & bit) !== 0) {
    return sinceYield(plan, w.s.local, r) < value(plan.holdAfter, r) ? "force_off" : null;
  }
  if (plan !== null && sinceYield(plan, w.s.local, r) >= value(plan.forceAfter, ring.phase)) return "force_off";
  if (plan === null && ring.opposed >= value(c.maxGreen, ring.phase)) return "max_out";
  const maxRecall = plan === null ? c.maxRecallMask : plan.maxRecallMask;
  return (maxRecall & bit) === 0 && ring.gap >= value(c.passage, ring.phase) ? "gap_out" : null;
}

export function endGreen(w: Working, ring: RingState, reason: Reason, next: number): void {
  ring.interval = YELLOW;
  ring.timer = 0;
  ring.next = next;
  ring.leaving = false;
  w.s.greenEnd[ring.phase] = w.s.step;
  emit(w, ring.phase, reason);
  emit(w, ring.phase, "begin_yellow");
}
