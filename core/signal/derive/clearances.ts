/** Yellow change and red clearance a phase must have, and what a yellow too short leaves its drivers. */
import { type Derived, upToTenth } from "./derived.ts";

const REACTION_S = 1;
/** 10 ft/s², a comfortable deceleration. */
const DECELERATION_MS2 = 3.05;
const GRAVITY_MS2 = 9.81;
/** MUTCD: 3 to 6 s. */
const YELLOW_FLOOR_S = 3;
export const LONGEST_YELLOW_S = 6;
export const LONGEST_RED_CLEAR_S = 6;

/** Our floor, whatever the width. */
export const RED_CLEAR_FLOOR_S = 1;
const CAR_M = 6.1;
const MOTORCYCLE_M = 2;
/** A slow rider: in mixed traffic the last to leave is not the fastest. */
const SLOW_RIDER_MS = 8;
/** What the next queue needs to start (NCHRP 731). */
const START_UP_S = 1;

export interface Approaching {
  readonly speed_kmh: number;
  readonly grade_pct: number;
}

const braking_ms2 = (grade_pct: number): number => DECELERATION_MS2 + GRAVITY_MS2 * (grade_pct / 100);

/**
 * ITE kinematic yellow, Y = t + v / (2a + 2gG); `grade_pct` is positive uphill. With `entry_speed_kmh`, of a phase that
 * turns, the extended form Y = t + (v - vE / 2) / (a + gG), which is the same where vE = v. Never under 3 s.
 */
export function deriveYellow({ speed_kmh, grade_pct }: Approaching, entry_speed_kmh?: number): Derived {
  const a = braking_ms2(grade_pct);
  const v = speed_kmh / 3.6;
  // Nobody enters a turn faster than he came.
  const entry_kmh = Math.min(entry_speed_kmh ?? speed_kmh, speed_kmh);
  const yellow_s = REACTION_S + (v - entry_kmh / 3.6 / 2) / a;
  const value_s = upToTenth(Math.max(YELLOW_FLOOR_S, yellow_s));
  if (entry_speed_kmh === undefined) return { value_s, formula: "yellow", inputs: { speed_kmh, grade_pct } };
  return { value_s, formula: "yellow_turning", inputs: { speed_kmh, grade_pct, entry_speed_kmh } };
}

/** R = (W + L) / v less what the next queue needs to start; of a car at its speed and a slow rider, the longer. */
export function deriveRedClear(conflict_width_m: number, speed_kmh: number): Derived {
  const car_s = (conflict_width_m + CAR_M) / (speed_kmh / 3.6);
  const rider_s = (conflict_width_m + MOTORCYCLE_M) / SLOW_RIDER_MS;
  const value_s = Math.max(RED_CLEAR_FLOOR_S, upToTenth(Math.max(car_s, rider_s) - START_UP_S));
  return { value_s, formula: "red_clear", inputs: { conflict_width_m, speed_kmh } };
}

/**
 * Length of the road, before the stop line, from which a driver can neither stop (v t + v² / 2(a + gG)) nor reach the
 * line on yellow (v Y): the type I dilemma zone. 0 whenever the yellow is at least `deriveYellow`.
 */
export function dilemma_m({ speed_kmh, grade_pct }: Approaching, yellow_s: number): number {
  const v = speed_kmh / 3.6;
  const stopping_m = v * REACTION_S + (v * v) / (2 * braking_ms2(grade_pct));
  return Math.max(0, stopping_m - v * yellow_s);
}
