/** Yellow change and red clearance a phase must have. */

const REACTION_S = 1;
/** 10 ft/s², a comfortable deceleration. */
const DECELERATION_MS2 = 3.05;
const GRAVITY_MS2 = 9.81;
const YELLOW_FLOOR_S = 3;
const YELLOW_CEILING_S = 6;

/** Our floor; the full formula needs the width of the conflict area, which the site file does not state. */
export const RED_CLEAR_FLOOR_S = 1;

/** Up to the next tenth; the small allowance keeps 3.3000000000000003 from becoming 3.4. */
const upToTenth = (seconds: number): number => Math.ceil(seconds * 10 - 1e-9) / 10;

/**
 * ITE kinematic yellow, Y = t + v / (2a + 2gG), as confirmed by NCHRP Report 731 (2012); `grade_pct` is positive
 * uphill. Kept within the 3 to 6 s of the MUTCD and rounded up to a tenth.
 */
export function yellowNeeded_s(speed_kmh: number, grade_pct: number): number {
  const braking = 2 * DECELERATION_MS2 + 2 * GRAVITY_MS2 * (grade_pct / 100);
  const yellow = REACTION_S + speed_kmh / 3.6 / braking;
  return upToTenth(Math.min(YELLOW_CEILING_S, Math.max(YELLOW_FLOOR_S, yellow)));
}

/** Red clearance R = (W + L) / v, rounded up to a tenth and never below the floor. */
export function redClearNeeded_s(width_m: number, vehicle_length_m: number, speed_kmh: number): number {
  return Math.max(RED_CLEAR_FLOOR_S, upToTenth((width_m + vehicle_length_m) / (speed_kmh / 3.6)));
}
