/** An act as a rule saw it, for tests: a car over the line at red, unless the test says otherwise. */
import type { Detection } from "../../core/cases/detection.ts";

export const act_ms = Date.UTC(2026, 10, 22, 7, 0, 1);

export function detection(change: Partial<Detection> = {}): Detection {
  return {
    camera: "cam-1",
    intersection: "ham-nghi",
    lane: "hn-eb-1",
    rule: { id: "red_light", place: "eastbound", version: 1, thresholds: { grace_s: 0.5 } },
    track: 7,
    class: "car",
    at_ms: act_ms + 0.25,
    uncertainty_ms: 20,
    measured: { red_s: 2.4, speed_kmh: 31.5 },
    session_ms: act_ms - 600_000,
    points: [
      { at_ms: act_ms - 100, pts_s: 59.9, box: [0.4, 0.5, 0.1, 0.1] },
      { at_ms: act_ms, pts_s: 60, box: [0.41, 0.5, 0.1, 0.1] },
    ],
    signal: {
      controller: "controller-ham-nghi",
      phase: 2,
      samples: [{ at_ms: act_ms - 2400, state: "red", reply_sha256: "a".repeat(64) }],
    },
    calibration: { id: "cam-1-2026-11", reprojection_error_px: 0.8 },
    clock: { source: "ntp", offset_ms: 2, uncertainty_ms: 5, checked_at_ms: act_ms - 60_000 },
    models: [{ name: "yolo", sha256: "b".repeat(64) }],
    staged: false,
    ...change,
  };
}
