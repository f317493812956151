/** A detection as a rule gives it: made up, and marked so. */
import { type Detection, detectionSchema } from "../../core/cases/detection.ts";

export function stagedDetection(changed: Partial<Detection> = {}): Detection {
  const at_ms = 1_800_000_000_000;
  const point = (off_ms: number) => ({
    at_ms: at_ms + off_ms,
    pts_s: 100 + off_ms / 1000,
    box: [0.4 + off_ms / 20_000, 0.5, 0.1, 0.2] as [number, number, number, number],
  });
  const signal = (off_ms: number) => ({ at_ms: at_ms + off_ms, state: "red" as const, reply_sha256: "0".repeat(64) });
  return detectionSchema.parse({
    camera: "camera_7",
    intersection: "bach-dang-le-loi",
    lane: "n-through",
    rule: { id: "red_light", place: "stop_line_east", version: 2, thresholds: { grace_s: 0.5 } },
    track: 7,
    class: "motorcycle",
    at_ms,
    uncertainty_ms: 40,
    measured: { red_for_s: 1.4, gone_m: 5 },
    session_ms: at_ms - 100_000,
    points: [point(-1000), point(0), point(1000)],
    signal: { controller: "cabinet", phase: 4, samples: [signal(-200), signal(0), signal(200)] },
    calibration: { id: "camera_7-0123456789abcdef", reprojection_error_px: 1.2 },
    clock: { source: "stated: a test", offset_ms: 0, uncertainty_ms: 10, checked_at_ms: at_ms - 1000 },
    models: [{ name: "nanodet-g-motorcycles", sha256: "1".repeat(64) }],
    staged: true,
    ...changed,
  });
}
