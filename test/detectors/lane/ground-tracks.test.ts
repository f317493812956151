import { describe, expect, test } from "vitest";
import { calibrateGround } from "../../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../../core/geometry/ground-plane.ts";
import { directedLine } from "../../../core/geometry/segment.ts";
import { GroundTracks, type Speed } from "../../../detectors/lane/ground-tracks.ts";
import { LineCounter } from "../../../detectors/lane/line-counter.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import { detectionsOf } from "../../support/drive.ts";
import { aCar, aMotorcycle, boxOf, sightingOf, type Vehicle } from "../../support/seen-vehicle.ts";
import { ordinaryCamera as camera, normals, roadMarks, seenBy, surveyed } from "../../support/street-camera.ts";

interface Drive {
  readonly vehicle: Vehicle;
  /** Where its middle is at second t, along the road; towards the camera when `speed` is negative. */
  readonly y_m: (t: number) => number;
  readonly x_m?: (t: number) => number;
  readonly heading?: number;
  readonly rate: number;
  readonly duration_s: number;
  readonly wobble: number;
  readonly reading_px?: number;
}

interface Seen {
  readonly speed: Speed | null;
  readonly t_s: number;
  readonly way_m: number | null;
}

/** Drives over a line across the road 18 m from the camera, and says what was made of it. */
function drive(how: Drive, seed: number): readonly Seen[] {
  const chance = normals(seed);
  const slips = roadMarks.map(() => [(how.reading_px ?? 0) * chance(), (how.reading_px ?? 0) * chance()] as const);
  const calibration = calibrateGround({ picture_px: [1920, 1080], points: surveyed(camera, roadMarks, slips) });
  if (!calibration.ok) throw new Error("no calibration");
  const ground = new GroundTracks(new GroundPlane(calibration.value, camera.width, camera.height));
  const [lx = 0, ly = 0] = seenBy(camera, -6, 18) ?? [];
  const [rx = 0, ry = 0] = seenBy(camera, 6, 18) ?? [];
  const counter = new LineCounter([directedLine(lx, ly, rx, ry)]);
  const tracker = new Tracker();
  const seen: Seen[] = [];
  for (let frame = 0; frame < how.duration_s * how.rate; frame += 1) {
    const t = frame / how.rate;
    const pose = { x_m: how.x_m?.(t) ?? 1.5, y_m: how.y_m(t), heading: how.heading ?? Math.PI / 2 };
    const box = boxOf(camera, how.vehicle, pose);
    const sightings = box === null ? [] : [sightingOf(box, how.vehicle, how.wobble, chance)];
    tracker.update(detectionsOf(sightings), camera.width, camera.height, t);
    ground.observe(tracker, t);
    counter.observe(tracker, t, ({ slot, t_s }) => {
      seen.push({ speed: ground.speedAt(slot, t_s), t_s, way_m: ground.way_m(slot) });
    });
  }
  return seen;
}

/** Over many drives: mean and spread of the error, and its size in standard errors as told. */
function judged(how: Drive, speed_kmh: number) {
  const errors: number[] = [];
  let squares = 0;
  for (let seed = 1; seed <= 25; seed += 1) {
    const [seen, ...others] = drive(how, seed);
    expect(others).toEqual([]);
    if (seen === undefined || seen.speed === null) throw new Error(`drive ${seed} has no speed`);
    const error = seen.speed.speed_kmh - speed_kmh;
    errors.push(error);
    squares += (error / seen.speed.error_kmh) ** 2;
  }
  const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const worst = Math.max(...errors.map((error) => Math.abs(error)));
  return { bias, worst, told: Math.sqrt(squares / errors.length) };
}

const towards = (speed_kmh: number, from_m = 40): Pick<Drive, "y_m" | "duration_s"> => ({
  y_m: (t) => from_m - (speed_kmh / 3.6) * t,
  duration_s: (from_m - 10) / (speed_kmh / 3.6),
});

describe("the speed at which a vehicle crosses a line", () => {
  test.each([
    { vehicle: aCar, rate: 25, speed_kmh: 60 },
    { vehicle: aCar, rate: 10, speed_kmh: 50 },
    { vehicle: aCar, rate: 5, speed_kmh: 40 },
    { vehicle: aMotorcycle, rate: 25, speed_kmh: 35 },
    { vehicle: aMotorcycle, rate: 10, speed_kmh: 50 },
    { vehicle: aMotorcycle, rate: 5, speed_kmh: 20 },
  ])(
    "of $speed_kmh km/h is found at $rate pictures a second, and its error is told ($vehicle.class)",
    ({ vehicle, rate, speed_kmh }) => {
      const { bias, worst, told } = judged(
        { vehicle, rate, wobble: 0.03, reading_px: 2, ...towards(speed_kmh) },
        speed_kmh,
      );
      expect(Math.abs(bias)).toBeLessThan(1);
      expect(worst).toBeLessThan(5);
      expect(told).toBeGreaterThan(0.5);
      expect(told).toBeLessThan(1.5);
    },
  );

  test("is that at the line, while the driver brakes", () => {
    // From 54 km/h at 3 m/s².
    const y_m = (t: number): number => 40 - 15 * t + 1.5 * t * t;
    for (let seed = 1; seed <= 20; seed += 1) {
      const [seen] = drive({ vehicle: aCar, rate: 25, wobble: 0.02, duration_s: 4, y_m }, seed);
      const truth_kmh = (15 - 3 * (seen?.t_s ?? 0)) * 3.6;
      expect(Math.abs((seen?.speed?.speed_kmh ?? 0) - truth_kmh)).toBeLessThan(4);
    }
  });

  test("is not known of a track that is too young", () => {
    const seen = drive({ vehicle: aCar, rate: 4, wobble: 0, duration_s: 3, y_m: (t) => 21 - 14 * t }, 1);
    expect(seen.map(({ speed }) => speed)).toEqual([null]);
  });

  test("is wrong by as much as the marks were read wrong", () => {
    const { told } = judged({ vehicle: aCar, rate: 25, wobble: 0.01, reading_px: 4, ...towards(40) }, 40);
    expect(told).toBeLessThan(1.5);
  });
});

describe("the way a vehicle has come", () => {
  test("is its length on the ground, however it wobbles", () => {
    for (const wobble of [0, 0.03]) {
      const [seen] = drive({ vehicle: aCar, rate: 25, wobble, ...towards(36) }, 3);
      expect(seen?.way_m).toBeGreaterThan(20);
      expect(seen?.way_m).toBeLessThan(25);
    }
  });

  test("does not grow while it stands and trembles", () => {
    const y_m = (t: number): number => (t < 2 ? 30 - 5 * t : t < 22 ? 20 : 20 - 5 * (t - 22));
    const [seen] = drive({ vehicle: aCar, rate: 10, wobble: 0.03, duration_s: 24, y_m }, 5);
    expect(seen?.way_m).toBeGreaterThan(9);
    expect(seen?.way_m).toBeLessThan(16);
  });
});
