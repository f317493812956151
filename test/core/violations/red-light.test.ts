import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RedLightRule, type RedLightSettings } from "../../../core/violations/red-light.ts";
import { drives, fit, frame_ms, judge, type Pose, type Script, said, signal, stop, stopsAt } from "./staged.ts";

const settings: RedLightSettings = { stop, grace_s: 0.5, allowed_turns: [] };
/** Green, yellow from 10 s, red from 13 s, green again from 50 s. */
const cycle = signal([
  [0, "green"],
  [10, "yellow"],
  [13, "red"],
  [50, "green"],
]);
const judged = (scripts: readonly Script[], changed: Partial<RedLightSettings> = {}, fitness = fit) =>
  judge(new RedLightRule({ ...settings, ...changed }, cycle), scripts, fitness);
const crosses = (at_s: number, speed_mps = 10): Script => ({
  track: 1,
  from_s: at_s - 3,
  to_s: at_s + 4,
  pose: drives(0, at_s, speed_mps),
});

describe("red light", () => {
  test.each([14, 20, 30, 49])(
    "a car that crosses at %d s, on red, is told, at the moment its front was on the line",
    (at_s) => {
      const rulings = judged([crosses(at_s)]);
      expect(said(rulings)).toEqual(["1"]);
      const [first] = rulings;
      if (first === undefined || !("violation" in first)) throw new Error("no violation");
      expect(Math.abs(first.violation.at_ms - at_s * 1000)).toBeLessThan(frame_ms);
      expect(first.violation.measured["red_for_s"]).toBeCloseTo(at_s - 13, 1);
    },
  );

  test.each([5, 10.5, 12.9, 13.2, 13.5, 50.5])("one that crosses at %d s is not", (at_s) => {
    expect(judged([crosses(at_s)])).toEqual([]);
  });

  test("nothing is told within the grace time and the clocks' uncertainty, everything after", () => {
    fc.assert(
      fc.property(fc.double({ min: 13, max: 15, noNaN: true }), (at_s) => {
        const told = judged([crosses(at_s)]).length === 1;
        const red_s = at_s - 13;
        if (red_s < 0.53) expect(told).toBe(false);
        if (red_s > 0.57) expect(told).toBe(true);
      }),
    );
  });

  test.each([3, 8, 14, 20])("at %d m/s the moment is right to less than a picture", (speed_mps) => {
    const rulings = judged([crosses(20, speed_mps)]);
    const [first] = rulings;
    if (first === undefined || !("violation" in first)) throw new Error("no violation");
    expect(Math.abs(first.violation.at_ms - 20_000)).toBeLessThan(frame_ms);
  });

  test("a car that stops at the line, or a little past it, does not run it", () => {
    expect(judged([{ track: 1, from_s: 12, to_s: 60, pose: stopsAt(-1, 18, 12, 51) }])).toEqual([]);
    expect(judged([{ track: 1, from_s: 12, to_s: 49, pose: stopsAt(1.5, 18, 12) }])).toEqual([]);
  });

  test("a car that stops past the line on red and goes on before green runs it", () => {
    expect(said(judged([{ track: 1, from_s: 12, to_s: 40, pose: stopsAt(1.5, 18, 12, 30) }]))).toEqual(["1"]);
  });

  test("a car that waited past the line until green does not", () => {
    // It came over the line on green and was caught by a queue in front of it.
    expect(judged([{ track: 1, from_s: 5, to_s: 60, pose: stopsAt(1.5, 9.9, 8, 51) }])).toEqual([]);
  });

  test("a car first seen past the line was never seen before it", () => {
    expect(judged([{ track: 1, from_s: 20, to_s: 26, pose: drives(1, 20, 8) }])).toEqual([]);
  });

  test("a car on the other side of the street crosses no line of ours", () => {
    expect(judged([{ track: 1, from_s: 20, to_s: 26, pose: drives(0, 22, 8, 9) }])).toEqual([]);
    expect(judged([{ track: 1, from_s: 20, to_s: 26, pose: drives(0, 22, -8) }])).toEqual([]);
  });

  const right: Script = {
    track: 1,
    from_s: 16,
    to_s: 26,
    // A quarter circle of 8 m to the right, from the line on.
    pose: (t_s): Pose => {
      const driven = (t_s - 20) * 5;
      if (driven < 0) return { x_m: driven, y_m: -3, heading_rad: 0 };
      const angle = Math.min(driven / 8, Math.PI / 2);
      const beyond = Math.max(0, driven - 4 * Math.PI);
      return { x_m: 8 * Math.sin(angle), y_m: -3 - 8 * (1 - Math.cos(angle)) - beyond, heading_rad: -angle };
    },
  };

  test("a right turn is told, unless a sign allows it", () => {
    expect(said(judged([right]))).toEqual(["1"]);
    expect(judged([right], { allowed_turns: ["right"] })).toEqual([]);
    expect(said(judged([right], { allowed_turns: ["left"] }))).toEqual(["1"]);
    expect(said(judged([crosses(20)], { allowed_turns: ["right"] }))).toEqual(["1"]);
  });

  test("motorcycles abreast are told each for itself", () => {
    const rider = (track: number, at_s: number, y_m: number): Script => ({
      track,
      class: "motorcycle",
      length_m: 1.9,
      from_s: at_s - 3,
      to_s: at_s + 4,
      pose: drives(0, at_s, 7, y_m),
    });
    const rulings = judged([rider(1, 20, -1), rider(2, 20.1, 0), rider(3, 12, 1)]);
    expect([...said(rulings)].sort()).toEqual(["1", "2"]);
  });

  test("what it lacks, it says", () => {
    const scripts = [crosses(20)];
    expect(said(judged(scripts, {}, { ...fit, reprojection_error_m: null }))).toEqual(["1 refused RULE_UNCALIBRATED"]);
    expect(said(judged(scripts, {}, { ...fit, reprojection_error_m: 0.9 }))).toEqual([
      "1 refused RULE_CALIBRATION_COARSE",
    ]);
    expect(said(judged(scripts, {}, { ...fit, clock_offset_ms: null }))).toEqual(["1 refused RULE_CLOCK_UNKNOWN"]);
    expect(said(judged(scripts, {}, { ...fit, clock_offset_ms: -250 }))).toEqual(["1 refused RULE_CLOCK_DRIFTED"]);
    expect(said(judged([{ ...crosses(20), occluded: (t) => t > 19.5 && t < 20.5 }]))).toEqual([
      "1 refused RULE_OCCLUDED",
    ]);
    expect(said(judged([{ ...crosses(20), from_s: 19.6 }]))).toEqual(["1 refused RULE_TRACK_SHORT"]);
    expect(said(judged([{ ...crosses(20), to_s: 20.7 }]))).toEqual(["1 refused RULE_TRACK_SHORT"]);
    const old = signal(
      [
        [0, "green"],
        [13, "red"],
      ],
      18,
    );
    expect(said(judge(new RedLightRule(settings, old), scripts))).toEqual(["1 refused RULE_SIGNAL_STALE"]);
  });
});
