import { describe, expect, test } from "vitest";
import { calibrateGround } from "../../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../../core/geometry/ground-plane.ts";
import { directedLine } from "../../../core/geometry/segment.ts";
import { GroundTracks } from "../../../detectors/lane/ground-tracks.ts";
import { QueueWatch } from "../../../detectors/lane/queue-watch.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import { detectionsOf } from "../../support/drive.ts";
import { aCar, aMotorcycle, boxOf, sightingOf, type Vehicle } from "../../support/seen-vehicle.ts";
import { ordinaryCamera as camera, normals, roadMarks, seenBy, surveyed } from "../../support/street-camera.ts";

/** Stands at `y_m` of the road, or is somewhere else at each second. */
interface Waiting {
  readonly vehicle: Vehicle;
  readonly x_m?: number;
  readonly y_m: number | ((t: number) => number);
}

/** The stop line 14 m ahead of the camera; the lane comes towards it from the far end. */
const stop_m = 14;
const rate = 10;

function lineAt(y_m: number) {
  const [ax = 0, ay = 0] = seenBy(camera, -4, y_m) ?? [];
  const [bx = 0, by = 0] = seenBy(camera, 4, y_m) ?? [];
  return directedLine(ax, ay, bx, by);
}

/** Whole road of the picture in front of the line, as a person would draw it. */
function areaBeyond(y_m: number): Float64Array {
  const corners = [
    [-4, y_m],
    [4, y_m],
    [4, 60],
    [-4, 60],
  ] as const;
  return Float64Array.from(corners.flatMap(([x, y]) => seenBy(camera, x, y) ?? [0, 0]));
}

function queueOf(vehicles: readonly Waiting[], duration_s: number, how: { area?: boolean; calibrated?: boolean } = {}) {
  const { area = false, calibrated = true } = how;
  const chance = normals(11);
  const calibration = calibrateGround({ picture_px: [1920, 1080], points: surveyed(camera, roadMarks) });
  if (!calibration.ok) throw new Error("no calibration");
  const plane = calibrated ? new GroundPlane(calibration.value, camera.width, camera.height) : null;
  const ground = plane === null ? null : new GroundTracks(plane);
  // Drawn from left to right, down the picture is forward: towards the camera.
  const lane = { line: lineAt(stop_m), forward: 1, area: area ? areaBeyond(stop_m) : null, length_m: 60 };
  const watch = new QueueWatch([lane], plane);
  const tracker = new Tracker();
  let longest = 0;
  for (let frame = 0; frame < duration_s * rate; frame += 1) {
    const t = frame / rate;
    const seen = vehicles.flatMap(({ vehicle, x_m = 1, y_m }) => {
      const at = typeof y_m === "number" ? y_m : y_m(t);
      const box = boxOf(camera, vehicle, { x_m, y_m: at, heading: Math.PI / 2 });
      return box === null ? [] : [sightingOf(box, vehicle, 0.02, chance)];
    });
    tracker.update(detectionsOf(seen), camera.width, camera.height, t);
    ground?.observe(tracker, t);
    watch.observe(tracker, ground, t);
    longest = Math.max(longest, watch.vehicles[0] ?? 0);
  }
  return { kind: watch.kind(0), vehicles: watch.vehicles[0], back_m: watch.longest_m[0] ?? 0, longest };
}

const car = (y_m: Waiting["y_m"], x_m = 1): Waiting => ({ vehicle: aCar, x_m, y_m });

describe("the queue of a lane", () => {
  test("is the vehicles that stand upstream of the line, and reaches to the end of the last", () => {
    const { kind, vehicles, back_m } = queueOf([car(18), car(25), car(32)], 5);
    expect([kind, vehicles]).toEqual(["measured", 3]);
    // The last car's middle stands 18 m upstream: its end is half a car farther.
    expect(Math.abs(back_m - (32 - stop_m + 2.25))).toBeLessThan(1.5);
  });

  test("has motorcycles side by side, each one", () => {
    const row = [-2, -0.5, 1, 2.5].map((x_m) => ({ vehicle: aMotorcycle, x_m, y_m: 18 }));
    expect(queueOf(row, 5).vehicles).toBe(4);
  });

  test("has nobody who drives past", () => {
    expect(queueOf([car((t) => 45 - 8 * t)], 4).longest).toBe(0);
  });

  test("is joined by who stops, and left by who drives on", () => {
    const arrives = (t: number): number => Math.max(20, 45 - 8 * t) - Math.max(0, t - 8) * 5;
    const whole = queueOf([car(arrives)], 9);
    expect(whole.longest).toBe(1);
    expect(queueOf([car(arrives)], 9.4).vehicles).toBe(0);
  });

  test("ends before a parked car far behind", () => {
    const { vehicles, back_m } = queueOf([car(18), car(48)], 5);
    expect(vehicles).toBe(1);
    expect(back_m).toBeLessThan(10);
  });

  test("does not have who has stopped past the line, or beside the lane", () => {
    expect(queueOf([car(10.5), car(20, 6.5)], 5).vehicles).toBe(0);
  });

  test("is counted in an area of the picture, where that is all that is known", () => {
    const { kind, vehicles } = queueOf([car(18), car(25)], 5, { area: true, calibrated: false });
    expect([kind, vehicles]).toEqual(["counted", 2]);
  });

  test("is not known at all without an area and without the ground", () => {
    expect(queueOf([car(18)], 5, { calibrated: false }).kind).toBeUndefined();
  });
});
