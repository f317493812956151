/**
 * Local time under a pattern, and its correction. Only the coordinated greens give or take time: lengthening
 * holds local time just before their yield (at most 20 % of the cycle per cycle), shortening skips part of their
 * hold (at most 17 %, never under their minimum green or a pedestrian service). "Shortway" takes, of the two, the way
 * with fewer cycles; "add only" and "dwell" only lengthen (limits from the Signal Timing Manual, 2nd ed., offset transition).
 */
import { DONT_WALK, GREEN } from "./state.ts";
import type { Timetable } from "./timetable.ts";
import { ringAt, sinceYield, value, type Working } from "./working.ts";

const ADD_SHARE = 0.2;
/** Dwelling stays where it is: it may take a quarter of a cycle. */
const DWELL_SHARE = 0.25;
const SUBTRACT_SHARE = 0.17;

/** Where the master clock wants local time to be. */
export function desiredLocal(plan: Timetable, clock_ds: number): number {
  const raw = (clock_ds - plan.offset) % plan.cycle;
  return raw < 0 ? raw + plan.cycle : raw;
}

/** Moves local time on by one step and corrects it. Returns true at local zero. */
export function advanceLocal(w: Working, plan: Timetable): boolean {
  const { s } = w;
  const before = s.local;
  const desired = desiredLocal(plan, w.input.clock_ds);
  const next = before + 1 === plan.cycle ? 0 : before + 1;
  s.ahead = modulo(next - desired, plan.cycle);
  if (s.ahead !== 0 && dwells(w, plan)) {
    s.corrected += 1;
    s.ahead = modulo(before - desired, plan.cycle);
    return false;
  }
  s.local = next;
  if (sinceYield(plan, next, plan.dwellRing) === 0) s.corrected = 0;
  if (s.ahead !== 0) skipHold(w, plan);
  return next === 0;
}

const modulo = (n: number, cycle: number): number => (n < 0 ? n + cycle : n % cycle);

const addLimit = (plan: Timetable): number =>
  Math.floor(plan.cycle * (plan.correction === "dwell" ? DWELL_SHARE : ADD_SHARE));

const subtractLimit = (plan: Timetable): number => Math.min(Math.floor(plan.cycle * SUBTRACT_SHARE), plan.coordSlack);

function lengthens(plan: Timetable, ahead: number): boolean {
  if (plan.correction !== "shortway") return true;
  const subtract = subtractLimit(plan);
  if (subtract <= 0) return true;
  return Math.ceil(ahead / addLimit(plan)) <= Math.ceil((plan.cycle - ahead) / subtract);
}

function dwells(w: Working, plan: Timetable): boolean {
  const { s, c } = w;
  if (sinceYield(plan, s.local, plan.dwellRing) !== plan.cycle - 1) return false;
  if (!lengthens(plan, s.ahead) || s.corrected >= addLimit(plan)) return false;
  const ring = ringAt(w, plan.dwellRing);
  return ring.interval === GREEN && ring.phase === c.coord[plan.dwellRing];
}

/** Between local zero and the first yield, skips to, at most, that yield: nothing but the rest of the coordinated hold is given up. */
function skipHold(w: Working, plan: Timetable): void {
  const { s } = w;
  if (s.local >= value(plan.yieldAt, plan.dwellRing) || lengthens(plan, s.ahead)) return;
  let room = Math.min(plan.cycle - s.ahead, subtractLimit(plan) - s.corrected);
  for (const [r, ring] of s.rings.entries()) {
    const since = sinceYield(plan, s.local, r);
    if (!holds(w, r, since, plan) || ring.timer + 1 < ring.least || ring.walk !== DONT_WALK) return;
    room = Math.min(room, plan.cycle - since - 1);
  }
  if (room <= 0) return;
  s.local += room;
  s.corrected += room;
  s.ahead = modulo(s.ahead + room, plan.cycle);
}

function holds(w: Working, r: number, since: number, plan: Timetable): boolean {
  const ring = ringAt(w, r);
  return ring.interval === GREEN && ring.phase === w.c.coord[r] && since >= value(plan.holdAfter, r);
}
