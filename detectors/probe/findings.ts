/** From measures to advice: what is fine, what could be better and what has to change before a camera is mounted. */
import type { ProblemCode } from "../../core/problems/catalogue.ts";
import { type ProblemWords, problem, sentence } from "../../core/problems/problem.ts";
import type { Finding, FindingLevel, ProbeMeasures } from "./report.ts";

/** Limits beyond which a finding is written down. */
const limits = {
  keyframe_gap_s: 4,
  rate_fps: 5,
  width_px: 640,
  /** 95th percentile of the time between pictures over its median. */
  unevenness: 1.5,
  jitter_ms: 100,
  /** Per picture second; below, damage is a warning. */
  damagesPer_s: 1,
  /** As a share of the time observed, which must be long enough to tell drift from jitter. */
  drift: 0.01,
  driftObserved_s: 5,
  core_share: 0.5,
  /** A live stream that gave less of the wanted duration broke off. */
  complete: 0.8,
} as const;

type Found = (code: ProblemCode, level: FindingLevel, words?: ProblemWords) => void;

function pictures({ video }: ProbeMeasures, found: Found): void {
  const { codec, width_px, height_px, b_frames, keyframes, measured_rate_fps, frame_interval_ms } = video;
  if (codec === "hevc") found("PROBE_H265", "warn");
  else if (codec !== "h264") found("PROBE_CODEC_UNUSUAL", "warn", { codec });
  if (width_px < limits.width_px) found("PROBE_SMALL", "bad", { width_px, height_px });
  if (b_frames?.present === true) found("PROBE_B_FRAMES", "warn", { percent: Math.round(b_frames.share * 100) });
  const gap_s = keyframes.gap_at_least_s;
  if (gap_s > limits.keyframe_gap_s) found("PROBE_KEYFRAMES_FAR", "warn", { gap_s: Math.round(gap_s * 10) / 10 });
  if (measured_rate_fps !== null && measured_rate_fps < limits.rate_fps)
    found("PROBE_RATE_LOW", "bad", { rate_fps: measured_rate_fps });
  if (frame_interval_ms !== null && frame_interval_ms.p95 > frame_interval_ms.median * limits.unevenness)
    found("PROBE_RATE_UNSTABLE", "warn", { median_ms: frame_interval_ms.median, p95_ms: frame_interval_ms.p95 });
}

function delivery({ arrival, clock, damage, sampled_s }: ProbeMeasures, found: Found): void {
  if (arrival !== null && arrival.jitter_p95_ms > limits.jitter_ms)
    found("PROBE_ARRIVAL_UNEVEN", "warn", { jitter_ms: arrival.jitter_p95_ms });
  if (damage.total > 0) {
    const level = damage.total > sampled_s * limits.damagesPer_s ? "bad" : "warn";
    found("PROBE_DAMAGED", level, { lines: damage.total, sampled_s });
  }
  const { drift_ms, observed_s } = clock;
  if (drift_ms === null || observed_s === null || observed_s < limits.driftObserved_s) return;
  if (Math.abs(drift_ms) > observed_s * 1000 * limits.drift)
    found("PROBE_CLOCK_DRIFT", "warn", { drift_ms, observed_s });
}

/** At least one: that all is fine, when nothing else is to be said. */
export function findingsOf(measures: ProbeMeasures, duration_s: number): readonly Finding[] {
  const findings: Finding[] = [];
  const found: Found = (code, level, words = {}) => {
    findings.push({ code, level, message: sentence(problem(code, words)) });
  };
  const { kind, sampled_s, decoding, audio } = measures;
  if (decoding === null) found("PROBE_UNDECODABLE", "bad");
  if (kind === "live" && sampled_s < duration_s * limits.complete)
    found("PROBE_BROKE_OFF", "bad", { sampled_s, duration_s });
  pictures(measures, found);
  delivery(measures, found);
  if (decoding !== null && decoding.core_share > limits.core_share)
    found("PROBE_DECODING_DEAR", "warn", { percent: Math.round(decoding.core_share * 100) });
  if (audio.length > 0) found("PROBE_SOUND", "warn");
  if (findings.length === 0) found("PROBE_FINE", "ok");
  return findings;
}
