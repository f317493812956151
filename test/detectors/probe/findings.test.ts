import { describe, expect, it } from "vitest";
import { templates } from "../../../core/problems/catalogue.ts";
import { DamageCount } from "../../../detectors/decode/damage.ts";
import { lineCutter } from "../../../detectors/decode/line-cutter.ts";
import { findingsOf } from "../../../detectors/probe/findings.ts";
import type { ProbeMeasures } from "../../../detectors/probe/report.ts";

const fine: ProbeMeasures = {
  source: "rtsp://***@camera/1",
  kind: "live",
  sampled_s: 10,
  video: {
    codec: "h264",
    profile: "Main",
    width_px: 1920,
    height_px: 1080,
    pixel_format: "yuv420p",
    nominal_rate_fps: 15,
    measured_rate_fps: 15,
    frame_interval_ms: { median: 66.7, p95: 67, max: 70 },
    bitrate_kbps: 2000,
    b_frames: { present: false, share: 0 },
    keyframes: { count: 10, gap_mean_s: 1, gap_max_s: 1, gap_at_least_s: 1 },
  },
  audio: [],
  arrival: { jitter_p95_ms: 4, longest_silence_ms: 80 },
  clock: {
    drift_ms: 0.3,
    observed_s: 9,
    ntp_offset_ms: null,
    ntp_offset_reason: "ffmpeg does not hand on RTCP sender reports",
  },
  damage: { total: 0, by_kind: { lost_packets: 0, missing_references: 0, concealed: 0, broken: 0 } },
  lines: null,
  decoding: { cpu_s_per_video_s: 0.1, core_share: 0.1 },
};

const video = (change: Partial<ProbeMeasures["video"]>): ProbeMeasures => ({
  ...fine,
  video: { ...fine.video, ...change },
});

describe("what a probe finds", () => {
  it("is nothing in a good camera", () => {
    expect(findingsOf(fine, 10)).toMatchObject([{ code: "PROBE_FINE", level: "ok" }]);
  });

  it.each<[string, string, ProbeMeasures]>([
    ["PROBE_H265", "warn", video({ codec: "hevc" })],
    ["PROBE_CODEC_UNUSUAL", "warn", video({ codec: "mjpeg" })],
    ["PROBE_B_FRAMES", "warn", video({ b_frames: { present: true, share: 0.5 } })],
    [
      "PROBE_KEYFRAMES_FAR",
      "warn",
      video({ keyframes: { count: 1, gap_mean_s: null, gap_max_s: null, gap_at_least_s: 4.1 } }),
    ],
    ["PROBE_RATE_LOW", "bad", video({ measured_rate_fps: 4.9 })],
    ["PROBE_RATE_UNSTABLE", "warn", video({ frame_interval_ms: { median: 40, p95: 61, max: 100 } })],
    ["PROBE_SMALL", "bad", video({ width_px: 639 })],
    ["PROBE_ARRIVAL_UNEVEN", "warn", { ...fine, arrival: { jitter_p95_ms: 101, longest_silence_ms: 200 } }],
    ["PROBE_DAMAGED", "warn", { ...fine, damage: { ...fine.damage, total: 10 } }],
    ["PROBE_DAMAGED", "bad", { ...fine, damage: { ...fine.damage, total: 11 } }],
    ["PROBE_CLOCK_DRIFT", "warn", { ...fine, clock: { ...fine.clock, drift_ms: -91 } }],
    ["PROBE_DECODING_DEAR", "warn", { ...fine, decoding: { cpu_s_per_video_s: 0.6, core_share: 0.6 } }],
    ["PROBE_UNDECODABLE", "bad", { ...fine, decoding: null }],
    ["PROBE_SOUND", "warn", { ...fine, audio: [{ codec: "aac", sample_rate_hz: 8000 }] }],
    ["PROBE_BROKE_OFF", "bad", { ...fine, sampled_s: 7.9 }],
  ])("is %s (%s), and only that, with every word filled in", (code, level, measures) => {
    const findings = findingsOf(measures, 10);
    expect(findings).toMatchObject([{ code, level }]);
    expect(findings[0]?.message).not.toMatch(/[{}]/);
  });

  it("is no drift when too little was seen to tell it from jitter", () => {
    const short = { ...fine, clock: { ...fine.clock, drift_ms: 80, observed_s: 2 } };
    expect(findingsOf(short, 10)).toMatchObject([{ code: "PROBE_FINE" }]);
  });

  it("can be said in both languages with the same words", () => {
    const words = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, word]) => word).toSorted();
    const probes = Object.entries(templates).filter(([code]) => code.startsWith("PROBE_"));
    expect(probes.length).toBeGreaterThan(10);
    for (const [code, { en, vi }] of probes) expect([code, words(vi)]).toEqual([code, words(en)]);
  });
});

describe("ffmpeg's complaints", () => {
  it("are counted by kind, and those about our own sample are not", () => {
    const damage = new DamageCount();
    for (const line of [
      "[rtsp @ 0x55] [warning] RTP: missed 3 packets",
      "[h264 @ 0x55] [error] non-existing PPS 0 referenced",
      "[h264 @ 0x55] [error] error while decoding MB 12 5, bytestream -7",
      "[h264 @ 0x55] [warning] concealing 1200 DC, 1200 AC, 1200 MV errors in P frame",
      "[error] something nobody has heard of",
      "[nut @ 0x55] [error] Application provided invalid, non monotonically increasing dts to muxer in stream 0: 1 >= 1",
      "[info] Stream mapping:",
    ]) {
      damage.heard(line);
    }
    expect(damage.counts).toEqual({ lost_packets: 1, missing_references: 1, concealed: 1, broken: 2 });
  });

  it("are read as whole lines however they come", () => {
    const lines: string[] = [];
    const cut = lineCutter((line) => lines.push(line));
    for (const piece of ["a", "b\nc", "", "d\n\ne\n", "left over"]) cut(piece);
    expect(lines).toEqual(["ab", "cd", "", "e"]);
  });
});
