/**
 * Directed service: preemption, flash and restart say which phases shall be green, and calls do not count. What is in
 * their way ends as soon as it may, with all its clearances.
 */
import { mayEnd } from "./green.ts";
import { endGreen, standRed, takeUp } from "./rings.ts";
import { GREEN, IDLE, OVERLAP_RED, PENDING, RED_CLEAR, type RingState, YELLOW } from "./state.ts";
import type { Direction } from "./types.ts";
import { beginWalk, mayWalkAgain } from "./walk.ts";
import { lesser, ringAt, value, type Working } from "./working.ts";

export function obey(w: Working, direction: Direction): void {
  const { s } = w;
  s.crossing = false;
  w.demand = 0;
  w.pedAsked = 0;
  w.pedDemand = direction.walks & w.c.walkMask;
  for (let r = 0; r < s.rings.length; r++) turnTowards(w, r, ringAt(w, r), direction);
  for (let r = 0; r < s.rings.length; r++) {
    const ring = ringAt(w, r);
    const target = targetOf(w, r, direction);
    if (ring.interval !== IDLE || target < 0 || !everybodyAgrees(w, target)) continue;
    s.group = value(w.c.groupOf, target);
    takeUp(w, ring, target);
  }
}

function targetOf(w: Working, r: number, direction: Direction): number {
  for (const group of w.c.order[r] ?? []) {
    for (const phase of group) if ((direction.phases & (1 << phase)) !== 0) return phase;
  }
  return -1;
}

function turnTowards(w: Working, r: number, ring: RingState, direction: Direction): void {
  const wanted = (direction.phases & (1 << ring.phase)) !== 0;
  ring.leaving = false;
  switch (ring.interval) {
    case GREEN:
      if (wanted) dwell(w, ring, direction);
      else endForIt(w, r, ring, direction);
      return;
    case YELLOW:
    case RED_CLEAR:
      ring.next = -1;
      return;
    case PENDING:
      if (!wanted) standRed(ring);
      return;
    default:
      ring.place = -1;
  }
}

function dwell(w: Working, ring: RingState, { walks }: Direction): void {
  ring.contested = false;
  if (mayWalkAgain(ring) && (walks & w.c.walkMask & (1 << ring.phase)) !== 0) beginWalk(w, ring);
}

function endForIt(w: Working, r: number, ring: RingState, { min_green_ds }: Direction): void {
  ring.least = lesser(ring.least, min_green_ds);
  if (mayEnd(w, r, ring)) endGreen(w, ring, "other", -1);
}

/** Nothing is on or chosen, in any ring, that must not run with the phase. */
function everybodyAgrees({ c, s }: Working, phase: number): boolean {
  for (const ring of s.rings) {
    if (ring.interval !== IDLE && (value(c.apart, phase) & (1 << ring.phase)) !== 0) return false;
  }
  return true;
}

/** All rings stand red and every overlap has cleared. */
export function allRedAndClear({ s }: Working): boolean {
  return (
    s.rings.every((ring) => ring.interval === IDLE) && s.overlaps.every((overlap) => overlap.interval === OVERLAP_RED)
  );
}
