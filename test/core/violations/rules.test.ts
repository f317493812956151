import { describe, expect, test } from "vitest";
import { LaneClassRule } from "../../../core/violations/lane-class.ts";
import { LaneLineRule } from "../../../core/violations/lane-line.ts";
import { sectionSpeed } from "../../../core/violations/section-speed.ts";
import { StopLineRule } from "../../../core/violations/stop-line.ts";
import { StoppingRule } from "../../../core/violations/stopping.ts";
import { WrongWayRule } from "../../../core/violations/wrong-way.ts";
import { drives, fit, judge, type Script, said, signal, stop, stopsAt } from "./staged.ts";

const uncalibrated = { ...fit, reprojection_error_m: null };

describe("stop line", () => {
  const cycle = signal([
    [0, "green"],
    [10, "yellow"],
    [13, "red"],
    [50, "green"],
  ]);
  const judged = (pose: Script["pose"], to_s = 60, fitness = fit) =>
    said(
      judge(new StopLineRule({ stop, over_m: 0.3, for_s: 2 }, cycle), [{ track: 1, from_s: 5, to_s, pose }], fitness),
    );

  test("a car that waits with its front past the line is told when red ends, or when it is gone", () => {
    expect(judged(stopsAt(1.5, 18, 12, 51))).toEqual(["1"]);
    expect(judged(stopsAt(1.5, 18, 12), 40)).toEqual(["1"]);
    expect(judged(stopsAt(1.5, 12.5, 12, 51))).toEqual(["1"]);
  });

  test("one that waits behind the line, or on it, is not", () => {
    expect(judged(stopsAt(-0.5, 18, 12, 51))).toEqual([]);
    expect(judged(stopsAt(0.1, 18, 12, 51))).toEqual([]);
  });

  test("one that stands there for less than the time is not", () => {
    expect(judged(stopsAt(1.5, 48.5, 12, 51))).toEqual([]);
  });

  test("one that goes on before green is the red-light rule's", () => {
    expect(judged(stopsAt(1.5, 18, 12, 30))).toEqual([]);
  });

  test("one that a queue caught past the line on green is not", () => {
    expect(judged(stopsAt(1.5, 9.5, 8, 51))).toEqual([]);
  });

  test("without calibration it refuses", () => {
    expect(judged(stopsAt(1.5, 18, 12, 51), 60, uncalibrated)).toEqual(["1 refused RULE_UNCALIBRATED"]);
  });
});

describe("solid line", () => {
  const solid = [{ from: { x_m: -50, y_m: 1.75 }, to: { x_m: 50, y_m: 1.75 } }];
  const judged = (y_m: (t_s: number) => number, more: Partial<Script> = {}, fitness = fit) => {
    const pose: Script["pose"] = (t_s) => ({ x_m: -40 + t_s * 10, y_m: y_m(t_s), heading_rad: 0 });
    const script = { track: 1, from_s: 0, to_s: 8, pose, ...more };
    return said(judge(new LaneLineRule({ solid, over_m: 0.3, for_s: 0.5 }), [script], fitness));
  };

  test("a car that drives on the line is told once", () => {
    expect(judged(() => 1.5)).toEqual(["1"]);
  });

  test("one that keeps its lane is not, nor one that touches the line", () => {
    expect(judged(() => 0)).toEqual([]);
    // Half of 1.8 m reaches 0.2 m over the line.
    expect(judged(() => 1.05, {}, fit)).toEqual([]);
  });

  test("a swerve shorter than the time is not", () => {
    expect(judged((t) => (t > 3 && t < 3.3 ? 1.5 : 0))).toEqual([]);
    expect(judged((t) => (t > 3 && t < 4 ? 1.5 : 0))).toEqual(["1"]);
  });

  test("a motorcycle is as wide as a motorcycle", () => {
    expect(judged(() => 1.2, { class: "motorcycle", length_m: 1.9 })).toEqual([]);
    expect(judged(() => 1.75, { class: "motorcycle", length_m: 1.9 })).toEqual(["1"]);
  });

  test("beyond the end of the line there is no line", () => {
    expect(judged(() => 1.5, { pose: (t) => ({ x_m: 60 + t * 10, y_m: 1.5, heading_rad: 0 }) })).toEqual([]);
  });

  test("a hidden vehicle proves nothing; without calibration it refuses", () => {
    expect(judged(() => 1.5, { occluded: () => true })).toEqual([]);
    expect(judged(() => 1.5, {}, uncalibrated)).toEqual(["1 refused RULE_UNCALIBRATED"]);
  });
});

describe("a lane of its own", () => {
  const lane = [
    { x_m: -100, y_m: -2 },
    { x_m: 100, y_m: -2 },
    { x_m: 100, y_m: 2 },
    { x_m: -100, y_m: 2 },
  ];
  const judged = (script: Partial<Script>, fitness = fit) => {
    const rule = new LaneClassRule({ lane, allowed: ["motorcycle", "bicycle"], for_m: 30 });
    return said(judge(rule, [{ track: 1, from_s: 0, to_s: 8, pose: drives(-40, 0, 10), ...script }], fitness));
  };

  test("a car in the motorcycles' lane is told, a motorcycle is not", () => {
    expect(judged({})).toEqual(["1"]);
    expect(judged({ class: "motorcycle", length_m: 1.9 })).toEqual([]);
  });

  test("a car that crosses it is not, nor one beside it", () => {
    expect(judged({ to_s: 2.9 })).toEqual([]);
    expect(judged({ pose: drives(-40, 0, 10, 4) })).toEqual([]);
  });

  test("without calibration it refuses", () => {
    expect(judged({}, uncalibrated)).toEqual(["1 refused RULE_UNCALIBRATED"]);
  });
});

describe("wrong way", () => {
  const zone = [
    { x_m: -100, y_m: -4 },
    { x_m: 100, y_m: -4 },
    { x_m: 100, y_m: 4 },
    { x_m: -100, y_m: 4 },
  ];
  const settings = { zone, bearing_rad: 0, against_rad: (135 / 180) * Math.PI, for_m: 15, for_s: 2 };
  const judged = (script: Partial<Script>, fitness = fit) =>
    said(
      judge(
        new WrongWayRule(settings),
        [{ track: 1, from_s: 0, to_s: 6, pose: drives(40, 0, -8), ...script }],
        fitness,
      ),
    );

  test("a vehicle that drives against the lane is told", () => {
    expect(judged({})).toEqual(["1"]);
    expect(judged({ class: "motorcycle", length_m: 1.9, pose: drives(30, 0, -5) })).toEqual(["1"]);
  });

  test("one that drives with it, or beside it, is not", () => {
    expect(judged({ pose: drives(-40, 0, 8) })).toEqual([]);
    expect(judged({ pose: drives(40, 0, -8, 7) })).toEqual([]);
  });

  test("one that is against it for a short way or a short time is not", () => {
    expect(judged({ to_s: 1.7 })).toEqual([]);
    expect(judged({ pose: drives(40, 0, -2) })).toEqual([]);
  });

  test("one that reverses with its face to the traffic's way is not", () => {
    expect(judged({ pose: (t) => ({ x_m: 40 - t * 6, y_m: 0, heading_rad: 0 }) })).toEqual([]);
  });

  test("one that crosses the street is not", () => {
    expect(judged({ pose: (t) => ({ x_m: 0, y_m: -20 + t * 8, heading_rad: Math.PI / 2 }) })).toEqual([]);
  });

  test("time stood before the way against it began does not count", () => {
    const waits = (t: number) => ({ x_m: 40 - Math.max(0, t - 20) * 9, y_m: 0, heading_rad: Math.PI });
    expect(judged({ to_s: 21.8, pose: waits })).toEqual([]);
    expect(judged({ to_s: 23, pose: waits })).toEqual(["1"]);
  });

  test("one that stands and jitters is not", () => {
    expect(judged({ to_s: 60, pose: () => ({ x_m: 0, y_m: 0, heading_rad: Math.PI }) })).toEqual([]);
  });

  test("without calibration it refuses", () => {
    expect(judged({}, uncalibrated)).toEqual(["1 refused RULE_UNCALIBRATED"]);
  });
});

describe("no stopping", () => {
  const zone = [
    { x_m: -60, y_m: -2 },
    { x_m: 60, y_m: -2 },
    { x_m: 60, y_m: 2 },
    { x_m: -60, y_m: 2 },
  ];
  const judged = (scripts: readonly Script[], fitness = fit) =>
    said(judge(new StoppingRule({ zone, for_s: 20 }), scripts, fitness));
  const parked: Script = { track: 1, from_s: 0, to_s: 40, pose: stopsAt(0, 5, 8) };
  const standsAhead = (track: number, x_m: number): Script => ({
    track,
    from_s: 0,
    to_s: 40,
    pose: stopsAt(x_m, 4, 8),
  });

  test("a car that stands alone is told", () => {
    expect(judged([parked])).toEqual(["1"]);
  });

  test("one that goes on in time is not, nor one beside the zone", () => {
    expect(judged([{ ...parked, pose: stopsAt(0, 5, 8, 24) }])).toEqual([]);
    expect(judged([{ ...parked, pose: stopsAt(0, 5, 8, 90, 4) }])).toEqual([]);
  });

  test("a queue is not: each waits for the one ahead, and the first stands outside the zone", () => {
    expect(
      judged([parked, standsAhead(2, 8), { ...standsAhead(3, 16), pose: stopsAt(16, 4, 8, 90, 3) }]),
    ).not.toContain("1");
  });

  test("standing behind another parked car while the street flows past is", () => {
    const passing = [1, 2, 3, 4, 5, 6, 7, 8].map(
      (each): Script => ({ track: 10 + each, from_s: each * 4, to_s: each * 4 + 8, pose: drives(-30, each * 4, 8, 6) }),
    );
    expect(judged([parked, standsAhead(2, 8), ...passing])).toContain("1");
  });

  test("without calibration it refuses", () => {
    expect(judged([parked], uncalibrated)).toEqual(["1 refused RULE_UNCALIBRATED"]);
  });
});

describe("section speed", () => {
  const section = { length_m: 1000, length_uncertainty_m: 0.5, limit_kmh: 60, tolerance_kmh: 5 };
  const passage = (at_ms: number) => ({ at_ms, uncertainty_ms: 20 });

  test("is the way over the time, with its uncertainty", () => {
    const speed = sectionSpeed(passage(0), passage(45_000), section);
    expect(speed?.speed_kmh).toBeCloseTo(80, 9);
    // By hand: 80 km/h x sqrt((0.5/1000)^2 + (28.28/45000)^2) = 80 x 8.03e-4.
    expect(speed?.uncertainty_kmh).toBeCloseTo(0.0642, 3);
    expect(speed?.too_fast).toBe(true);
  });

  test("is never too fast by less than the tolerance and two standard deviations", () => {
    expect(sectionSpeed(passage(0), passage(55_400), section)?.too_fast).toBe(false);
    const blurred = { at_ms: 45_000, uncertainty_ms: 9000 };
    expect(sectionSpeed(passage(0), blurred, section)?.too_fast).toBe(false);
  });

  test("is none for a vehicle that arrived before it left", () => {
    expect(sectionSpeed(passage(10), passage(10), section)).toBeNull();
  });
});
