/** What people on foot and a queue before a detector need. */
import { queueClearingGreen_s } from "../../timing/minimums.ts";
import { type Derived, upToSecond } from "./derived.ts";

/** 3.5 ft/s (MUTCD 4E.06); 1.0 near schools, hospitals and markets, 0.9 where many are old. */
const WALKING_MS = 1.07;
/** Of yellow and red clearance, in which nobody else starts: the buffer that MUTCD asks for. */
const BUFFER_S = 3;
/** The second check of MUTCD: the whole service from the button, 1.8 m behind the kerb, at 3 ft/s. */
const BUTTON_M = 1.8;
const SLOW_WALKING_MS = 0.91;

export function derivePedClear(crossing_m: number, walk_s: number, walking_speed_ms = WALKING_MS): Derived {
  const crossing_s = Math.max(crossing_m / walking_speed_ms, (crossing_m + BUTTON_M) / SLOW_WALKING_MS - walk_s);
  const value_s = Math.max(1, upToSecond(crossing_s - BUFFER_S));
  return { value_s, formula: "ped_clear", inputs: { crossing_m, walk_s, walking_speed_ms } };
}

/** Cars that stand between the stop line and the detector are not seen, and must be gone before a gap is believed. */
export function deriveMinGreen(detector_setback_m: number): Derived {
  return {
    value_s: queueClearingGreen_s(detector_setback_m),
    formula: "min_green",
    inputs: { detector_setback_m },
  };
}
