import { beforeAll, describe, expect, test } from "vitest";
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { SignalTrace } from "../../core/violations/signal-trace.ts";
import { calibrationSchema } from "../../detectors/calibration/schema.ts";
import { signal } from "../core/violations/staged.ts";
import { junctionVideo } from "../support/junction-camera.ts";
import { missing } from "../support/peers.ts";
import { stagedCalibration, stagedPictures_per_s } from "../support/staged-junction.ts";
import { judgeJunction } from "../support/staged-junction-rules.ts";
import { filmedSightings } from "../support/staged-sightings.ts";
import { stagedReading_s, stagedTruth } from "../support/staged-truth.ts";

const picture_s = 1 / stagedPictures_per_s;
/** The oncoming carriageway, and which way its traffic drives. */
const area = [
  [0.17, 0.9],
  [0.24, 0.45],
  [0.45, 0.45],
  [0.75, 0.9],
];
const [far, near] = [
  [0.35, 0.5],
  [0.42, 0.9],
];

/** Red from this second of the video on. */
const redFrom = (from_s: number): SignalTrace =>
  signal([
    [-20, "green"],
    [from_s - 3, "yellow"],
    [from_s, "red"],
  ]);

describe.skipIf(missing("ffmpeg", "shared data"))("real vehicles in staged scenes", () => {
  let film: readonly Sightings[] = [];

  beforeAll(async () => {
    const calibration = calibrationSchema.parse(stagedCalibration);
    const seen = {
      video: junctionVideo,
      calibration,
      per_s: stagedPictures_per_s,
      feed: "camera-junction",
      from_ms: 0,
    };
    film = await filmedSightings(seen);
  }, 120_000);

  const ranRed = (trace: SignalTrace): readonly number[] =>
    judgeJunction({ kind: "red_light", line: "stop-line", phase: 2 }, film, trace).told.map(
      ({ at_ms }) => at_ms / 1000,
    );
  const tellOf = (rule: Record<string, unknown>) => judgeJunction(rule, film, redFrom(-10));

  test("drive over the stop line on red when a front was seen to, and on green none does", () => {
    const all = ranRed(redFrom(-10));
    // Of eight that were read off the pictures one is believed too late; whoever is told was read.
    expect(all.length).toBeGreaterThanOrEqual(6);
    const offs_s = all.map((t_s) => Math.min(...stagedTruth.map((each) => Math.abs(each.t_s - t_s))));
    expect(offs_s.toSorted((a, b) => a - b)[all.length >> 1]).toBeLessThan(picture_s / 2);
    expect(Math.max(...offs_s)).toBeLessThan(picture_s + stagedReading_s);
    expect(ranRed(redFrom(60))).toEqual([]);
  });

  test("are judged by the moment at which red began, to some hundredths of a second", () => {
    const all = ranRed(redFrom(-10));
    expect(ranRed(redFrom(5))).toEqual(all.filter((t_s) => t_s > 5.5));
    for (const act_s of all.filter((t_s) => t_s > 2)) {
      // Half a second of grace; red is reported every tenth.
      expect(ranRed(redFrom(act_s - 0.65))).toContain(act_s);
      expect(ranRed(redFrom(act_s - 0.45))).not.toContain(act_s);
    }
  });

  test("drive against an arrow that points at them, and with one that points their way", () => {
    const rule = { kind: "wrong_way", area, for_m: 5, for_s: 1 };
    expect(tellOf({ ...rule, towards: { from: near, to: far } }).told.length).toBeGreaterThanOrEqual(8);
    expect(tellOf({ ...rule, towards: { from: far, to: near } }).told).toEqual([]);
  });

  test("are in a lane of others where it is for buses, and in their own where it is for all", () => {
    const rule = { kind: "lane_class", area, for_m: 10 };
    expect(tellOf({ ...rule, allowed: ["bus"] }).told.length).toBeGreaterThanOrEqual(7);
    expect(tellOf({ ...rule, allowed: ["car", "truck", "bus", "motorcycle", "bicycle"] }).told).toEqual([]);
  });

  test("neither stand where nobody may nor wait past the line: all of them drive", () => {
    expect(tellOf({ kind: "stopping", area, for_s: 5 }).told).toEqual([]);
    expect(tellOf({ kind: "stop_line", line: "stop-line", phase: 2 }).told).toEqual([]);
  });
});
