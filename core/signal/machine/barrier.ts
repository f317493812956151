/** Who runs next: successors inside a group, crossing the barrier together, and starting again from red. */
import { doneReason, maximumGreen, observeGap, type Reason } from "./green.ts";
import { endGreen, takeUp } from "./rings.ts";
import { GREEN, IDLE, type RingState } from "./state.ts";
import { beginLateWalk } from "./walk.ts";
import { firstServable, fits, ringAt, servable, sinceYield, value, type Working } from "./working.ts";

/** Decides for every green whether it ends in this step. */
export function endGreens(w: Working): void {
  for (let r = 0; r < w.s.rings.length; r++) {
    const ring = ringAt(w, r);
    if (ring.interval === GREEN) decide(w, r, ring);
  }
}

function decide(w: Working, r: number, ring: RingState): void {
  const within = firstServable(w, r, w.s.group, ring.place + 1, false);
  const away = w.s.crossing || otherGroup(w) >= 0;
  const again = away || within >= 0 || !mayStartOver(w, r, ring) ? -1 : firstServable(w, r, w.s.group, 0, false);
  const opposed = within >= 0 || away || again >= 0;
  if (opposed) ring.opposed += 1;
  ring.contested = opposed;
  observeGap(w, ring, opposed);
  beginLateWalk(w, r, ring, opposed);
  if (!opposed) {
    restInRed(w, r, ring);
    return;
  }
  const reason = doneReason(w, r, ring);
  if (reason === null) return;
  if (within >= 0) endGreen(w, ring, reason, within);
  else if (away) leave(w, r, ring, reason);
  else startOver(w, ring, reason, again);
}

/** Ordered to: a green that nobody uses ends although nobody waits; whoever calls then is served from the front. */
function restInRed(w: Working, r: number, ring: RingState): void {
  if ((w.orders.red_rest & (1 << r)) === 0 || w.plan !== null || doneReason(w, r, ring) === null) return;
  endGreen(w, ring, "other", -1);
  ring.place = -1;
}

/**
 * Under a pattern a ring stays where it is until its barrier is due: the other groups may still be called, and the
 * time belongs to the phase that is green.
 */
function mayStartOver({ plan, s }: Working, r: number, ring: RingState): boolean {
  return plan === null || sinceYield(plan, s.local, r) >= value(plan.leaveAfter, ring.phase);
}

/** From the last phase of the group back to an earlier one, when no other group asks. */
function startOver(w: Working, ring: RingState, reason: Reason, next: number): void {
  endGreen(w, ring, reason, next);
  ring.place = -1;
}

/** First group after this one, in cyclic order, with something to serve; -1 if none. */
function otherGroup(w: Working): number {
  const { c, s } = w;
  for (let step = 1; step < c.groupCount; step++) {
    const g = (s.group + step) % c.groupCount;
    if ((value(c.groupMask, g) & w.demand) !== 0 && groupServable(w, g)) return g;
  }
  return -1;
}

function groupServable(w: Working, g: number): boolean {
  if (w.plan === null) return true;
  for (const ring of w.c.order) {
    for (const phase of ring[g] ?? []) if (servable(w, phase, true)) return true;
  }
  return false;
}

/**
 * Rings cross together. A ring ends alone only at its planned last moment before the barrier, because rings with
 * unequal clearances must end their greens at unequal times to arrive together.
 */
function leave(w: Working, r: number, ring: RingState, reason: Reason): void {
  if (everyRingReady(w)) {
    for (const [q, other] of w.s.rings.entries()) {
      if (other.interval === GREEN) depart(w, other, doneReason(w, q, other) ?? reason);
      else other.leaving = true;
    }
    return;
  }
  if (atLastMoment(w, r, ring)) depart(w, ring, reason);
  else serveOnceMore(w, r, ring, reason);
}

/**
 * Conditional service: while the other rings are still busy, an earlier phase of the group is served again, if its
 * minimum and both clearances end before their maximums do.
 */
function serveOnceMore(w: Working, r: number, ring: RingState, reason: Reason): void {
  const { c } = w;
  if (c.conditionalMask === 0 || w.plan !== null || w.s.crossing) return;
  const own = value(c.yellow, ring.phase) + value(c.redClear, ring.phase);
  for (const phase of c.order[r]?.[w.s.group] ?? []) {
    const bit = 1 << phase;
    if (phase === ring.phase || (c.conditionalMask & w.demand & bit) === 0) continue;
    const need = own + value(c.minGreen, phase) + value(c.yellow, phase) + value(c.redClear, phase);
    if (!othersBusyFor(w, r, need)) continue;
    endGreen(w, ring, reason, phase);
    ring.place = value(c.placeOf, phase) - 1;
    return;
  }
}

function othersBusyFor(w: Working, r: number, need: number): boolean {
  let busy = false;
  for (let q = 0; q < w.s.rings.length; q++) {
    const other = ringAt(w, q);
    if (q === r || other.interval === IDLE) continue;
    if (other.interval !== GREEN) return false;
    const left = maximumGreen(w, q, other.phase) - other.opposed;
    if (!Number.isFinite(left) || left < need) return false;
    busy = true;
  }
  return busy;
}

function depart(w: Working, ring: RingState, reason: Reason): void {
  endGreen(w, ring, reason, -1);
  ring.leaving = true;
  w.s.crossing = true;
}

function everyRingReady(w: Working): boolean {
  for (let q = 0; q < w.s.rings.length; q++) {
    const ring = ringAt(w, q);
    if (ring.leaving || ring.interval === IDLE) continue;
    if (ring.interval !== GREEN) return false;
    if (doneReason(w, q, ring) === null) return false;
    if (firstServable(w, q, w.s.group, ring.place + 1, false) >= 0) return false;
  }
  return true;
}

function atLastMoment(w: Working, r: number, ring: RingState): boolean {
  if (w.plan === null) return false;
  const since = sinceYield(w.plan, w.s.local, r);
  return since >= value(w.plan.leaveAfter, ring.phase) && since <= value(w.plan.barrierAfter, ring.phase);
}

/** Fills rings that stand red: across the barrier when all have arrived, else late calls of the running group. */
export function fillRings(w: Working): void {
  let idle = 0;
  for (const ring of w.s.rings) if (ring.interval === IDLE) idle += 1;
  if (idle === 0) return;
  if (idle === w.s.rings.length) {
    enterNextGroup(w);
  } else if (!w.s.crossing) {
    for (let r = 0; r < w.s.rings.length; r++) if (ringAt(w, r).interval === IDLE) joinGroup(w, r, ringAt(w, r));
  }
}

function enterNextGroup(w: Working): void {
  const { s } = w;
  const other = otherGroup(w);
  const target = other >= 0 ? other : s.group;
  if (other < 0 && ((value(w.c.groupMask, target) & w.demand) === 0 || !groupServable(w, target))) return;
  s.group = target;
  s.crossing = false;
  for (let r = 0; r < w.c.ringCount; r++) {
    const ring = ringAt(w, r);
    ring.leaving = false;
    ring.place = -1;
    const called = firstServable(w, r, target, 0, true);
    const phase = called >= 0 ? called : companion(w, r, target);
    if (phase >= 0) takeUp(w, ring, phase);
  }
}

/** Dual entry: what a ring without a call shows meanwhile, or -1. */
function companion(w: Working, r: number, group: number): number {
  const { c, plan, orders } = w;
  const active = c.dualEntryMask & (plan === null ? c.allMask : plan.activeMask) & ~orders.phase_omit;
  if (active === 0) return -1;
  for (const phase of c.order[r]?.[group] ?? []) {
    if ((active & (1 << phase)) !== 0 && fits(w, phase, true)) return phase;
  }
  return -1;
}

function joinGroup(w: Working, r: number, ring: RingState): void {
  const phase = firstServable(w, r, w.s.group, ring.place + 1, false);
  if (phase >= 0) takeUp(w, ring, phase);
}
