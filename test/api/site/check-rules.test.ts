import { describe, expect, it } from "vitest";
import { parseSite } from "../../../api/site/load.ts";
import { stagedSite } from "../../support/staged-junction.ts";

interface Loose {
  rules: Record<string, unknown>[];
  cameras: Record<string, unknown>[];
  controllers: unknown[];
  clock: Record<string, unknown>;
}

/** The staged site with something changed, and what the check says: code and place. */
function found(change: (site: Loose) => void): readonly string[] {
  const site = JSON.parse(stagedSite("rtsp://10.0.0.1/street")) as Loose;
  change(site);
  const parsed = parseSite(JSON.stringify(site, null, 1), "site.yaml");
  return parsed.ok ? [] : parsed.problems.map(({ code, at }) => `${code} ${at?.key}`);
}

const ruled = (rule: Record<string, unknown>) =>
  found((site) => {
    site.rules = [{ id: "one", camera: "camera-junction", ...rule }];
  });

const red = { kind: "red_light", line: "stop-line", phase: 4 };
const road = [
  [0.2, 0.9],
  [0.3, 0.5],
  [0.5, 0.5],
  [0.6, 0.9],
];
const sky = [
  [0.2, 0.9],
  [0.3, 0.05],
  [0.5, 0.05],
];

describe("a rule of the site file", () => {
  it.each<[string, Record<string, unknown>]>([
    ["red light", red],
    ["stop line", { ...red, kind: "stop_line", over_m: 0.5 }],
    ["solid line", { kind: "lane_line", solid: [{ from: [0.3, 0.9], to: [0.4, 0.5] }] }],
    ["lane of others", { kind: "lane_class", area: road, allowed: ["bus"], lane: "n-through" }],
    ["wrong way", { kind: "wrong_way", area: road, towards: { from: [0.4, 0.5], to: [0.4, 0.9] } }],
    ["no stopping", { kind: "stopping", area: road, for_s: 30 }],
  ])("may be a %s", (_, rule) => {
    expect(ruled(rule)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a camera that is not there", { ...red, camera: "camera-x" }, "UNKNOWN_CAMERA camera"],
    ["a line that the camera lacks", { ...red, line: "stop" }, "UNKNOWN_LINE line"],
    ["a phase that the intersection lacks", { ...red, phase: 9 }, "UNKNOWN_PHASE phase"],
    ["a lane of elsewhere", { ...red, lane: "x" }, "RULE_LANE_ELSEWHERE lane"],
    ["a zone in the sky", { kind: "stopping", area: sky }, "RULE_IN_THE_SKY 1"],
    ["hours that run backwards", { ...red, hours: [{ from: "22:00", to: "06:00" }] }, "RULE_HOURS_BACKWARD to"],
    ["an unknown kind", { kind: "red_ligth" }, "NOT_A_CHOICE_NEAR kind"],
    [
      "a section from a camera to itself",
      { ...section(), exit_camera: "camera-junction" },
      "RULE_SECTION_SAME_CAMERA exit_camera",
    ],
    ["a section to nowhere", section(), "UNKNOWN_CAMERA exit_camera"],
  ])("may not name %s", (_, rule, problem) => {
    expect(ruled(rule)).toEqual([problem]);
  });

  it("needs a calibrated camera, a way across its line, and somebody who knows the signal", () => {
    const uncalibrated = found(({ cameras }) => delete cameras[0]?.["calibration"]);
    expect(uncalibrated).toEqual(["RULE_CAMERA_UNCALIBRATED camera", "RULE_CAMERA_UNCALIBRATED camera"]);
    const undirected = found(({ cameras }) => {
      const lines = (cameras[0]?.["lines"] ?? []) as Record<string, unknown>[];
      for (const line of lines) delete line["direction"];
    });
    expect(undirected).toEqual(["RULE_NEEDS_DIRECTION direction", "RULE_NEEDS_DIRECTION direction"]);
    const uncontrolled = found((site) => {
      site.controllers = [];
    });
    expect(uncontrolled).toEqual(["RULE_WITHOUT_CONTROLLER phase", "RULE_WITHOUT_CONTROLLER phase"]);
  });

  it("has a name of its own", () => {
    const twice = found(({ rules }) => {
      for (const rule of rules) rule["id"] = "same";
    });
    expect(twice).toEqual(["DUPLICATE_ID id"]);
  });
});

describe("the clock of the site file", () => {
  const latency = { camera: "camera-junction", latency_ms: 180, latency_uncertainty_ms: 40 };

  it("names each camera that is there, once", () => {
    const clocked = (cameras: readonly unknown[]) => found(({ clock }) => Object.assign(clock, { cameras }));
    expect(clocked([latency])).toEqual([]);
    expect(clocked([latency, latency])).toEqual(["CLOCK_CAMERA_TWICE camera"]);
    expect(clocked([{ ...latency, camera: "camera-x" }])).toEqual(["UNKNOWN_CAMERA camera"]);
  });
});

function section(): Record<string, unknown> {
  const measured = { length_m: 800, length_uncertainty_m: 0.5, limit_kmh: 50 };
  return { kind: "section_speed", camera: "camera-junction", exit_camera: "camera-x", ...measured };
}
