/** A staged act on a recorded film: a box that crosses the picture, and a red light. Nobody did anything. */
import type { Detection } from "../../core/cases/detection.ts";

const reply = "ab".repeat(32);

export interface StagedAct {
  readonly camera?: string;
  /** When the film's time 0 arrived. */
  readonly start_ms: number;
  /** Of the film. */
  readonly act_s: number;
  readonly track?: number;
  readonly change?: Partial<Detection>;
}

/** Followed ten times a second, from three seconds before the act to one after it. */
export function stagedAct({ camera = "north", start_ms, act_s, track = 7, change = {} }: StagedAct): Detection {
  const at_ms = start_ms + act_s * 1000;
  const points = Array.from({ length: 41 }, (_, n) => {
    const pts_s = act_s - 3 + n / 10;
    const box: [number, number, number, number] = [0.1 + n * 0.015, 0.3 + n * 0.005, 0.15, 0.2];
    return { at_ms: start_ms + pts_s * 1000, pts_s, box };
  });
  const samples = Array.from({ length: 60 }, (_, n) => {
    const seen_ms = at_ms - 9000 + n * 250;
    return {
      at_ms: seen_ms,
      state: seen_ms < at_ms - 2500 ? ("green" as const) : ("red" as const),
      reply_sha256: reply,
    };
  });
  return {
    camera,
    intersection: "bach-dang",
    lane: "eb-1",
    rule: { id: "red_light", place: "eastbound", version: 1, thresholds: { grace_s: 0.5 } },
    track,
    class: "motorcycle",
    at_ms,
    uncertainty_ms: 20,
    measured: { red_for_s: 2.5, gone_m: 12 },
    session_ms: start_ms,
    points,
    signal: { controller: "controller-bach-dang", phase: 2, samples },
    calibration: { id: "north-1", reprojection_error_px: 1.2 },
    clock: { source: "ntp", offset_ms: 1, uncertainty_ms: 5, checked_at_ms: start_ms },
    models: [{ name: "nanodet-g", sha256: reply }],
    staged: true,
    ...change,
  };
}
