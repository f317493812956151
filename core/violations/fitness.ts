/** What every rule needs before it may say anything of anybody. */
import { type Problem, problem } from "../problems/problem.ts";
import type { SignalMoment } from "./signal-trace.ts";

/** What is known of the camera and its clock. */
export interface Fitness {
  readonly camera: string;
  /** Null for a camera without calibration. */
  readonly reprojection_error_m: number | null;
  /** How far this machine's clock, which dates the pictures, may be off; null where it is not known. */
  readonly clock_offset_ms: number | null;
  /** How wrong a picture's time may be beside the signal's: what is not known of the camera's delay. */
  readonly delay_uncertainty_ms: number;
}

const fitnessLimits = {
  /** docs/reference/violations.md gives the source of each. */
  reprojection_error_m: 0.3,
  clock_offset_ms: 100,
  signal_age_ms: 300,
} as const;

/** Null when the camera is fit to judge by. */
export function unfit({ camera, reprojection_error_m, clock_offset_ms }: Fitness): Problem | null {
  if (reprojection_error_m === null) return problem("RULE_UNCALIBRATED", { camera });
  if (reprojection_error_m > fitnessLimits.reprojection_error_m) {
    const [error_m, limit_m] = [reprojection_error_m.toFixed(2), fitnessLimits.reprojection_error_m];
    return problem("RULE_CALIBRATION_COARSE", { camera, error_m, limit_m });
  }
  if (clock_offset_ms === null) return problem("RULE_CLOCK_UNKNOWN", { camera });
  if (Math.abs(clock_offset_ms) <= fitnessLimits.clock_offset_ms) return null;
  const [offset_ms, limit_ms] = [Math.round(clock_offset_ms), fitnessLimits.clock_offset_ms];
  return problem("RULE_CLOCK_DRIFTED", { camera, offset_ms, limit_ms });
}

/** Null when what the controller said is fresh enough to judge by. */
export function stale(camera: string, signal: SignalMoment | null): Problem | null {
  if (signal === null) return problem("RULE_SIGNAL_UNKNOWN", { camera });
  if (signal.manual) return problem("RULE_SIGNAL_MANUAL", { camera });
  const { age_ms } = signal;
  if (age_ms <= fitnessLimits.signal_age_ms) return null;
  return problem("RULE_SIGNAL_STALE", { camera, age_ms: Math.round(age_ms), limit_ms: fitnessLimits.signal_age_ms });
}
