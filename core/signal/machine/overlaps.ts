/** Overlaps follow their phases: green with them and from one included phase to the next, then a clearance of their own. */
import type { CompiledOverlap } from "./compile.ts";
import {
  GREEN,
  IDLE,
  OVERLAP_GREEN,
  OVERLAP_RED,
  OVERLAP_RED_CLEAR,
  OVERLAP_TRAIL,
  OVERLAP_YELLOW,
  type OverlapState,
  PENDING,
} from "./state.ts";
import { emit, value, type Working } from "./working.ts";

/** Moves clearances and trailing greens on by one decisecond; before any phase may turn green. */
export function timeOverlaps(w: Working): void {
  for (let i = 0; i < w.c.overlaps.length; i++) {
    const overlap = w.c.overlaps[i] as CompiledOverlap;
    const state = w.s.overlaps[i] as OverlapState;
    if (state.interval === OVERLAP_RED || state.interval === OVERLAP_GREEN) continue;
    state.timer += 1;
    if (state.interval === OVERLAP_TRAIL && state.timer >= overlap.trailGreen) clear(w, overlap, state);
    if (state.interval === OVERLAP_YELLOW && state.timer >= state.yellow) show(w, overlap, state, OVERLAP_RED_CLEAR);
    if (state.interval === OVERLAP_RED_CLEAR && state.timer >= state.redClear) show(w, overlap, state, OVERLAP_RED);
  }
}

/** After the phases have changed: begins and ends the greens of overlaps. */
export function followPhases(w: Working): void {
  const count = w.c.overlaps.length;
  if (count === 0) return;
  let [green, on, coming] = [0, 0, 0];
  for (const ring of w.s.rings) {
    if (ring.next >= 0) coming |= 1 << ring.next;
    if (ring.interval === IDLE) continue;
    if (ring.interval === PENDING) coming |= 1 << ring.phase;
    else on |= 1 << ring.phase;
    if (ring.interval === GREEN) green |= 1 << ring.phase;
  }
  for (let i = 0; i < count; i++) {
    const overlap = w.c.overlaps[i] as CompiledOverlap;
    const dark = ((w.direction?.dark_overlaps ?? 0) & (1 << (overlap.number - 1))) !== 0;
    const barred = dark || (overlap.modifiers & (on | coming)) !== 0;
    follow(w, overlap, w.s.overlaps[i] as OverlapState, barred, overlap.included & green, overlap.included & coming);
  }
}

function follow(
  w: Working,
  overlap: CompiledOverlap,
  state: OverlapState,
  barred: boolean,
  green: number,
  coming: number,
): void {
  const { interval } = state;
  if (interval === OVERLAP_YELLOW || interval === OVERLAP_RED_CLEAR) return;
  if (!barred && green !== 0) {
    state.parents = green;
    if (interval !== OVERLAP_GREEN) show(w, overlap, state, OVERLAP_GREEN);
  } else if (interval === OVERLAP_TRAIL) {
    if (barred) clear(w, overlap, state);
  } else if (interval === OVERLAP_GREEN) {
    if (barred) clear(w, overlap, state);
    else if (!joined(w, state.parents, coming)) endWithPhases(w, overlap, state);
  }
}

function endWithPhases(w: Working, overlap: CompiledOverlap, state: OverlapState): void {
  if (overlap.trailGreen > 0) show(w, overlap, state, OVERLAP_TRAIL);
  else clear(w, overlap, state);
}

/** The phase that is to come follows, in its ring, one that the overlap has just run with. */
function joined(w: Working, parents: number, coming: number): boolean {
  for (const ring of w.s.rings) {
    if (ring.next >= 0 && (coming & (1 << ring.next)) !== 0 && (parents & (1 << ring.phase)) !== 0) return true;
    if (ring.interval === PENDING && (coming & (1 << ring.phase)) !== 0) return true;
  }
  return false;
}

/** Its own clearance where it trails and has one, otherwise the longest of the phases it ran with. */
function clear(w: Working, overlap: CompiledOverlap, state: OverlapState): void {
  let [yellow, red] = [0, 0];
  for (const phase of w.c.phases) {
    if ((state.parents & (1 << phase)) === 0) continue;
    yellow = Math.max(yellow, value(w.c.yellow, phase));
    red = Math.max(red, value(w.c.redClear, phase));
  }
  const trails = overlap.trailGreen > 0;
  state.yellow = trails && overlap.trailYellow > 0 ? overlap.trailYellow : yellow;
  state.redClear = trails && overlap.trailRed > 0 ? overlap.trailRed : red;
  show(w, overlap, state, OVERLAP_YELLOW);
}

const kinds = ["overlap_off", "overlap_green", "overlap_trail_green", "overlap_yellow", "overlap_red_clear"] as const;

function show(w: Working, overlap: CompiledOverlap, state: OverlapState, interval: number): void {
  state.interval = interval;
  state.timer = 0;
  emit(w, overlap.number - 1, kinds[interval] ?? "overlap_off");
}

/** True when no overlap that must not run with the phase shows anything but red, clearance included. */
export function overlapsClearFor({ c, s }: Working, phase: number): boolean {
  const bit = 1 << phase;
  for (let i = 0; i < c.overlaps.length; i++) {
    const overlap = c.overlaps[i] as CompiledOverlap;
    const state = s.overlaps[i] as OverlapState;
    if (state.interval === OVERLAP_RED) continue;
    if ((overlap.modifiers & bit) !== 0) return false;
    if ((overlap.included & bit) === 0 && (value(c.apart, phase) & state.parents) !== 0) return false;
  }
  return true;
}
