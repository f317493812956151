import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDocument as parseYaml } from "yaml";
import { loadLines, loadSite, parseSite } from "../../../api/site/load.ts";
import { positioned } from "../../../core/problems/problem.ts";
import { defaultPcu } from "../../../core/traffic/vehicle-class.ts";

const good = `version: 1
site: { id: town, name: Town, timezone: Asia/Ho_Chi_Minh }
intersections:
  - id: first
    name: First
    approaches:
      - id: west
        from: W
        lanes:
          - { id: first-west, phase: 2, turns: [through], detector_channel: 1 }
      - id: south
        from: S
        lanes:
          - { id: first-south, phase: 4, turns: [through], detector_channel: 2 }
    signal: &two_stages
      phases:
        - { number: 2, min_green_s: 10, max_green_s: 40 }
        - { number: 4, min_green_s: 10, max_green_s: 40 }
      rings: [[[2], [4]]]
      clearances:
        - { phase: 2, yellow_s: 3.3, red_clear_s: 2.3 }
        - { phase: 4, yellow_s: 3.3, red_clear_s: 2.3 }
      conflicts: [{ a: 2, b: 4 }]
      coord_phases: [2]
  - id: second
    name: Second
    approaches:
      - id: west
        from: W
        lanes:
          - { id: second-west, phase: 2, turns: [through], detector_channel: 1 }
      - id: south
        from: S
        lanes:
          - { id: second-south, phase: 4, turns: [through], detector_channel: 2 }
    signal: *two_stages
corridors:
  - id: street
    name: Street
    intersections:
      - { id: first, distance_m: 0, outbound_phase: 2, inbound_phase: 2 }
      - { id: second, distance_m: 300, outbound_phase: 2, inbound_phase: 2 }
volumes:
  - { lane: first-west, flow_veh_h: 900 }
  - { lane: first-south, flow_veh_h: 300 }
cameras:
  - id: eye
    intersection: first
    lines:
      - { id: line, lane: first-west, from: [0.1, 0.5], to: [0.9, 0.5] }
controllers:
  - { id: box, kind: virtual, intersection: first }
schedules:
  - { id: morning, corridor: street, days: [mon, tue], from: "06:00", to: "09:00", action: retime }
  - { id: later, corridor: street, days: [mon, tue], from: "09:00", to: "24:00", action: hold }
`;

/** The good site with one part written differently. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const document = parseYaml(good);
  if (path[0] === "intersections" && path.includes("signal")) {
    // What is shared must be written out before one of the two can differ.
    const own = parseYaml(good).toJS();
    own.intersections[1].signal = structuredClone(own.intersections[0].signal);
    const separate = parseYaml(JSON.stringify(own));
    separate.setIn(path, value);
    return String(separate);
  }
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return String(document);
}

const codesOf = (text: string): readonly string[] => {
  const site = parseSite(text, "site.yaml");
  return site.ok ? [] : site.problems.map((p) => `${p.code} ${p.at?.path}`);
};

describe("a site file", () => {
  it("without a mistake is taken", () => {
    expect(codesOf(good)).toEqual([]);
  });

  it("counts a class by its own factor, and every other as Viet Nam does", () => {
    const site = parseSite(changed(["pcu"], { motorcycle: 0.3 }), "site.yaml");
    expect(site.ok && site.value.pcu).toEqual({ ...defaultPcu, motorcycle: 0.3 });
  });

  it("may leave an intersection without a controller", () => {
    expect(codesOf(changed(["controllers"], []))).toEqual([]);
  });

  const wrong: readonly (readonly [string, readonly (string | number)[], unknown, readonly string[]])[] = [
    [
      "two intersections of one id",
      ["intersections", 1, "id"],
      "first",
      ["DUPLICATE_ID intersections.1.id", "UNKNOWN_INTERSECTION corridors.0.intersections.1.id"],
    ],
    [
      "two lanes of one id",
      ["intersections", 1, "approaches", 1, "lanes", 0, "id"],
      "second-west",
      ["DUPLICATE_ID intersections.1.approaches.1.lanes.0.id"],
    ],
    [
      "two approaches of one id",
      ["intersections", 1, "approaches", 1, "id"],
      "west",
      ["DUPLICATE_ID intersections.1.approaches.1.id"],
    ],
    ["a camera named as the simulated feed", ["cameras", 0, "id"], "simulated", ["RESERVED_ID cameras.0.id"]],
    [
      "a corridor through an unknown intersection",
      ["corridors", 0, "intersections", 1, "id"],
      "secnd",
      ["UNKNOWN_INTERSECTION corridors.0.intersections.1.id"],
    ],
    [
      "a corridor phase that is not there",
      ["corridors", 0, "intersections", 1, "inbound_phase"],
      6,
      ["UNKNOWN_PHASE corridors.0.intersections.1.inbound_phase"],
    ],
    [
      "a corridor that visits twice",
      ["corridors", 0, "intersections", 1, "id"],
      "first",
      ["CORRIDOR_REPEATS corridors.0.intersections.1.id"],
    ],
    [
      "a corridor that starts late",
      ["corridors", 0, "intersections", 0, "distance_m"],
      10,
      ["CORRIDOR_START corridors.0.intersections.0.distance_m"],
    ],
    [
      "a corridor that stands still",
      ["corridors", 0, "intersections", 1, "distance_m"],
      0,
      ["CORRIDOR_STEP corridors.0.intersections.1.distance_m"],
    ],
    ["a volume for an unknown lane", ["volumes", 0, "lane"], "first-wset", ["UNKNOWN_LANE volumes.0.lane"]],
    ["two volumes for one lane", ["volumes", 1, "lane"], "first-west", ["VOLUME_TWICE volumes.1.lane"]],
    [
      "a camera at an unknown intersection",
      ["cameras", 0, "intersection"],
      "third",
      ["UNKNOWN_INTERSECTION cameras.0.intersection"],
    ],
    [
      "a camera line for another intersection's lane",
      ["cameras", 0, "lines", 0, "lane"],
      "second-west",
      ["LANE_ELSEWHERE cameras.0.lines.0.lane"],
    ],
    [
      "a model both named and brought",
      ["cameras", 0, "model"],
      { use: "nanodet-g", file: "own.onnx" },
      ["MODEL_TWICE cameras.0.model.file"],
    ],
    ["a head without its file", ["model"], { head: "yolox" }, ["MODEL_NEEDS_FILE model.head"]],
    ["a head that nobody knows", ["model"], { file: "own.onnx", head: "yolov9" }, ["NOT_A_CHOICE_NEAR model.head"]],
    ["an input that no network takes", ["model"], { input_px: 417 }, ["NUMBER_STEP model.input_px"]],
    ["a factor below nothing", ["pcu"], { motorcycle: -1 }, ["NUMBER_TOO_SMALL pcu.motorcycle"]],
    ["a line without length", ["cameras", 0, "lines", 0, "to"], [0.1, 0.5], ["ZERO_LENGTH_LINE cameras.0.lines.0.to"]],
    [
      "a line outside the picture",
      ["cameras", 0, "lines", 0, "to"],
      [1.1, 0.5],
      ["OUTSIDE_PICTURE cameras.0.lines.0.to.0"],
    ],
    [
      "a password in the file",
      ["cameras", 0, "source"],
      "rtsp://admin:pass@10.0.0.9/1",
      ["CREDENTIALS_IN_FILE cameras.0.source"],
    ],
    [
      "a controller at an unknown intersection",
      ["controllers", 0, "intersection"],
      "frist",
      ["UNKNOWN_INTERSECTION controllers.0.intersection"],
    ],
    [
      "a schedule for an unknown corridor",
      ["schedules", 1, "corridor"],
      "avenue",
      ["UNKNOWN_CORRIDOR schedules.1.corridor"],
    ],
    ["overlapping schedules", ["schedules", 1, "from"], "08:59", ["SCHEDULE_OVERLAP schedules.1.from"]],
    ["a schedule that ends before it starts", ["schedules", 0, "to"], "05:00", ["SCHEDULE_BACKWARD schedules.0.to"]],
    ["an unknown time zone", ["site", "timezone"], "Asia/Da_Nang", ["UNKNOWN_TIMEZONE site.timezone"]],
    ["half a position", ["intersections", 0, "latitude"], 16, ["HALF_POSITION intersections.0"]],
    [
      "one channel for two lanes",
      ["intersections", 0, "approaches", 1, "lanes", 0, "detector_channel"],
      1,
      ["CHANNEL_TAKEN intersections.0.approaches.1.lanes.0.detector_channel"],
    ],
    [
      "a lane that waits for no phase",
      ["intersections", 0, "approaches", 1, "lanes", 0, "phase"],
      8,
      ["PHASE_UNKNOWN intersections.0.approaches.1.lanes.0.phase"],
    ],
    [
      "a cycle with its bounds crossed",
      ["intersections", 1, "signal", "cycle_min_s"],
      200,
      ["CYCLE_BOUNDS_CROSSED intersections.1.signal.cycle_min_s"],
    ],
    [
      "a yellow too short for the speed",
      ["intersections", 1, "signal", "clearances", 0, "yellow_s"],
      3,
      ["YELLOW_SHORT intersections.1.signal.clearances.0.yellow_s"],
    ],
  ];

  it.each(wrong)("with %s is refused at that place", (_, path, value, expected) => {
    expect(codesOf(changed(path, value))).toEqual(expected);
  });

  it("with two controllers at one intersection is refused at the second", () => {
    const second = { id: "spare", kind: "virtual", intersection: "first" };
    expect(codesOf(changed(["controllers", 1], second))).toEqual(["SECOND_CONTROLLER controllers.1.intersection"]);
  });

  it("with a lane counted at two lines is refused at the second", () => {
    const second = { id: "again", lane: "first-west", from: [0, 0], to: [1, 1] };
    expect(codesOf(changed(["cameras", 0, "lines", 1], second))).toEqual(["LANE_COUNTED_TWICE cameras.0.lines.1.lane"]);
  });

  it("with a source and a source_env is refused", () => {
    const text = good.replace(
      "    intersection: first\n    lines",
      "    intersection: first\n    source: a.mp4\n    source_env: A\n    lines",
    );
    expect(codesOf(text)).toEqual(["TWO_SOURCES cameras.0.source"]);
  });

  it("never repeats a password it found", () => {
    const site = parseSite(changed(["cameras", 0, "source"], "rtsp://admin:pass@10.0.0.9/1"), "site.yaml");
    expect(site.ok ? "" : site.problems.map((p) => positioned(p)).join()).not.toMatch(/pass@|admin/);
  });

  it("with a misspelt key still has its references checked, and nothing that is only misspelt is called missing", () => {
    const text = good.replace("turns: [through], detector_channel: 1 }", "trns: [through], detector_channel: 1 }");
    expect(codesOf(text.replace("lane: first-south", "lane: nowhere"))).toEqual([
      "UNKNOWN_KEY_NEAR intersections.0.approaches.0.lanes.0.trns",
      "UNKNOWN_LANE volumes.1.lane",
    ]);
  });

  it("with a broken intersection still counts its lanes as declared", () => {
    expect(codesOf(good.replace("from: W", "from: Q"))).toEqual(["NOT_A_CHOICE intersections.0.approaches.0.from"]);
  });

  it("names line and column of both places of a clash", () => {
    const site = parseSite(good.replace("lane: first-south", "lane: first-west"), "site.yaml");
    const lines = good.split("\n");
    const first = lines.findIndex((line) => line.includes("lane: first-west, flow")) + 1;
    expect(site.ok ? [] : site.problems.map((p) => positioned(p))).toEqual([
      `site.yaml:${first + 1}:13  lane  lane "first-west" already has a volume at line ${first}; keep one`,
    ]);
  });
});

describe("a file on disk", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "greenwave-site-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const written = (name: string, content: string | Uint8Array): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  it("is loaded with its text and its name", async () => {
    const file = written("site.yaml", good);
    const loaded = await loadSite(file);
    expect(loaded).toMatchObject({ ok: true, value: { file, text: good, site: { site: { id: "town" } } } });
  });

  it.each([
    ["is not there", "absent.yaml", null, "FILE_MISSING"],
    ["is not text", "picture.yaml", Uint8Array.of(0xff, 0xd8, 0xff), "FILE_NOT_TEXT"],
    ["is empty", "empty.yaml", "", "FILE_EMPTY"],
  ])("that %s is one problem", async (_, name, content, code) => {
    const file = content === null ? join(folder, name) : written(name, content);
    const loaded = await loadSite(file);
    expect(loaded.ok ? [] : loaded.problems.map((p) => p.code)).toEqual([code]);
  });

  it("that is a folder cannot be read", async () => {
    const loaded = await loadSite(folder);
    expect(loaded.ok ? [] : loaded.problems.map((p) => p.code)).toEqual(["FILE_UNREADABLE"]);
  });

  it("of lines may be YAML or JSON", async () => {
    const lines = [{ id: "a", from: [0, 0.5], to: [1, 0.5] }];
    for (const file of [
      written("lines.json", JSON.stringify({ lines })),
      written("l.yaml", "lines:\n  - { id: a, from: [0, 0.5], to: [1, 0.5] }\n"),
    ]) {
      expect(await loadLines(file)).toEqual({ ok: true, value: { lines } });
    }
  });

  it("of lines is refused with every mistake at once", async () => {
    const file = written(
      "bad.yaml",
      "lines:\n  - { id: a, from: [0, 0], to: [0, 0] }\n  - { id: a, from: [0, 0], to: [1, 1] }\n",
    );
    const loaded = await loadLines(file);
    expect(loaded.ok ? [] : loaded.problems.map((p) => [p.code, p.at?.line])).toEqual([
      ["ZERO_LENGTH_LINE", 2],
      ["DUPLICATE_ID", 3],
    ]);
  });
});
