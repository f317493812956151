/** The ground of a camera, from what the site file says of it. */
import { calibrateGround, type GroundCalibration } from "../../core/geometry/ground-calibration.ts";
import type { Calibration } from "../calibration/schema.ts";

/** Without a calibration, or with one that the check of the file would refuse, nothing is known of the ground. */
export function calibratedGround(calibration: Calibration | undefined): GroundCalibration | null {
  if (calibration === undefined) return null;
  const calibrated = calibrateGround(calibration);
  return calibrated.ok ? calibrated.value : null;
}
