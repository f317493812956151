/** Conflict-specific intergreen of one ordered pair (RiLSA): end of green of one to start of green of the other. */
import { type Derived, upToSecond } from "./derived.ts";

/** Vehicles go on for as long as most yellows last; the turning ones less. */
const OVERRUN_S = 3;
const OVERRUN_TURNING_S = 2;
const VEHICLE_M = 6;
const CLEARING_MS = 10;
const CLEARING_TURNING_MS = 7;
/** A motorcycle leaves slower than a car (8 m/s against 10) and is shorter. */
const RIDER_MS = 8;
const RIDER_M = 2;
/** 40 km/h: the first to enter has not stopped. */
const ENTERING_MS = 40 / 3.6;

export interface Crossing {
  /** From the stop line of the phase that ends to where the paths cross. */
  readonly path_from_m: number;
  readonly path_to_m: number;
  /** The phase that ends only turns. */
  readonly turning: boolean;
}

/** t_z = t_u + (s_0 + l) / v_r - s_e / v_e, up to the next second, never under 0. */
export function deriveIntergreen({ path_from_m, path_to_m, turning }: Crossing): Derived {
  const overrun_s = turning ? OVERRUN_TURNING_S : OVERRUN_S;
  const car_s = (path_from_m + VEHICLE_M) / (turning ? CLEARING_TURNING_MS : CLEARING_MS);
  const rider_s = (path_from_m + RIDER_M) / (turning ? CLEARING_TURNING_MS : RIDER_MS);
  const intergreen_s = overrun_s + Math.max(car_s, rider_s) - path_to_m / ENTERING_MS;
  const inputs = { path_from_m, path_to_m, turning: turning ? 1 : 0 };
  return { value_s: Math.max(0, upToSecond(intergreen_s)), formula: "intergreen", inputs };
}
