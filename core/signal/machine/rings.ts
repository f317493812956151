/** What one ring does in a step: times its interval, takes up a phase, turns it green and ends it. */
import { leastGreen, moveMaximum, type Reason } from "./green.ts";
import { overlapsClearFor } from "./overlaps.ts";
import { GREEN, IDLE, PENDING, RED_CLEAR, type RingState, YELLOW } from "./state.ts";
import { beginWalk, timeWalk, walkFits } from "./walk.ts";
import { emit, value, type Working } from "./working.ts";

/** Moves the ring's running interval on by one decisecond. */
export function timeInterval(w: Working, r: number, ring: RingState): void {
  if ((w.orders.stop_time & (1 << r)) !== 0) return;
  if (ring.interval === GREEN) {
    ring.timer += 1;
    if (ring.timer === ring.least) emit(w, ring.phase, "min_green_over");
    ring.gap = (w.input.occupied & (1 << ring.phase)) !== 0 ? 0 : ring.gap + 1;
    timeWalk(w, r, ring);
    return;
  }
  if (ring.interval === YELLOW) {
    ring.timer += 1;
    if (ring.timer >= ring.yellow) endYellow(w, ring);
  } else if (ring.interval === RED_CLEAR) {
    ring.timer += 1;
  }
  if (ring.interval === RED_CLEAR && ring.timer >= ring.redClear) endRedClear(w, ring);
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
    standRed(ring);
    return;
  }
  takeUp(w, ring, ring.next);
}

/** The ring has nothing to do until somebody gives it a phase. */
export function standRed(ring: RingState): void {
  ring.interval = IDLE;
  ring.phase = -1;
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

export function beginGreenWhenClear(w: Working, r: number, ring: RingState): void {
  if (ring.interval !== PENDING || (w.orders.stop_time & (1 << r)) !== 0 || !isClear(w, ring.phase)) return;
  ring.interval = GREEN;
  ring.timer = 0;
  ring.least = leastGreen(w, r, ring.phase);
  ring.gap = 0;
  ring.reducing = 0;
  ring.gapped = false;
  ring.owed = 0;
  ring.contested = false;
  ring.opposed = 0;
  ring.walkTimer = 0;
  emit(w, ring.phase, "phase_on");
  emit(w, ring.phase, "begin_green");
  if ((w.pedDemand & (1 << ring.phase)) !== 0 && walkFits(w, ring.phase)) beginWalk(w, ring);
}

function isClear(w: Working, phase: number): boolean {
  const { s, c } = w;
  if (s.step - value(s.yellowEnd, phase) < value(c.redRevert, phase)) return false;
  for (const { other, ds } of c.intergreensTo[phase] ?? []) {
    const ring = s.rings[value(c.ringOf, other)];
    if (ring?.phase === other && ring.interval === GREEN) return false;
    if (s.step - value(s.greenEnd, other) < ds) return false;
  }
  return overlapsClearFor(w, phase);
}

/** The clearances that run from here on are the phase's own, whatever is written into the configuration meanwhile. */
export function endGreen(w: Working, ring: RingState, reason: Reason, next: number): void {
  const { phase } = ring;
  ring.interval = YELLOW;
  ring.timer = 0;
  ring.yellow = value(w.c.yellow, phase);
  ring.redClear = value(w.c.redClear, phase);
  ring.next = next;
  ring.leaving = false;
  w.s.greenEnd[phase] = w.s.step;
  moveMaximum(w, phase, reason);
  if (reason !== "other") emit(w, phase, reason);
  emit(w, phase, "begin_yellow");
}
