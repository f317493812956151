import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CalibrationPoint } from "../../../core/geometry/calibration-points.ts";
import { calibrateGround, type GroundCalibration } from "../../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../../core/geometry/ground-plane.ts";
import {
  normals,
  ordinaryCamera,
  roadMarks,
  type StreetCamera,
  seenBy,
  surveyed,
} from "../../support/street-camera.ts";

const picture_px = [ordinaryCamera.width, ordinaryCamera.height] as const;

function calibrated(points: readonly CalibrationPoint[]): GroundCalibration {
  const result = calibrateGround({ picture_px, points });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

const codes = (points: readonly CalibrationPoint[]): readonly string[] => {
  const result = calibrateGround({ picture_px, points });
  return result.ok ? [] : result.problems.map(({ code }) => code);
};

const planeOf = (calibration: GroundCalibration): GroundPlane => new GroundPlane(calibration, ...picture_px);

const camera: fc.Arbitrary<StreetCamera> = fc.record({
  width: fc.constant(1920),
  height: fc.constant(1080),
  height_m: fc.double({ min: 3, max: 15, noNaN: true }),
  down_deg: fc.double({ min: 8, max: 60, noNaN: true }),
  roll_deg: fc.double({ min: -8, max: 8, noNaN: true }),
  view_deg: fc.double({ min: 30, max: 100, noNaN: true }),
});
const place = fc.tuple(fc.double({ min: -8, max: 8, noNaN: true }), fc.double({ min: 8, max: 50, noNaN: true }));
const slip = fc.tuple(fc.double({ min: -6, max: 6, noNaN: true }), fc.double({ min: -6, max: 6, noNaN: true }));

describe("a ground calibration", () => {
  test("from four exact points knows the whole road, whatever the camera", () => {
    fc.assert(
      fc.property(camera, place, (eye, [x, y]) => {
        const plane = planeOf(calibrated(surveyed(eye, roadMarks.slice(0, 4))));
        const [u, v] = seenBy(eye, x, y) ?? [0, 0];
        expect(plane.isGround(u, v)).toBe(true);
        expect(Math.hypot(plane.x_m(u, v) - x, plane.y_m(u, v) - y)).toBeLessThan(1e-6);
      }),
    );
  });

  test("does not mind in which order the points come, nor where and how turned the ground's axes are", () => {
    const turn = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
    const order = fc.shuffledSubarray([...roadMarks.keys()], { minLength: roadMarks.length });
    fc.assert(
      fc.property(camera, turn, order, (eye, angle, indices) => {
        const turned = surveyed(eye, roadMarks).map(({ picture, ground_m: [x, y] }) => ({
          picture,
          ground_m: [
            500_000 + x * Math.cos(angle) - y * Math.sin(angle),
            1_200_000 + x * Math.sin(angle) + y * Math.cos(angle),
          ] as const,
        }));
        const plane = planeOf(calibrated(indices.flatMap((index) => turned[index] ?? [])));
        const [au, av] = seenBy(eye, -2, 15) ?? [0, 0];
        const [bu, bv] = seenBy(eye, 3, 25) ?? [0, 0];
        const distance = Math.hypot(plane.x_m(bu, bv) - plane.x_m(au, av), plane.y_m(bu, bv) - plane.y_m(au, av));
        expect(distance).toBeCloseTo(Math.hypot(5, 10), 4);
      }),
    );
  });

  test("fits exact points without error, and each of them when it is left out", () => {
    const { errors } = calibrated(surveyed(ordinaryCamera, roadMarks));
    for (const { error_px, error_m, left_out_px, left_out_m } of errors) {
      for (const error of [error_px, error_m, left_out_px, left_out_m]) expect(error).toBeLessThan(1e-6);
    }
  });

  test("has nothing to be tested against with four points", () => {
    const { errors } = calibrated(surveyed(ordinaryCamera, roadMarks.slice(0, 4), [[9, -4]]));
    expect(errors.map(({ left_out_px }) => left_out_px)).toEqual([null, null, null, null]);
    expect(Math.max(...errors.map(({ error_px }) => error_px))).toBeLessThan(1e-6);
  });

  test("leaves less error in the picture than the readings had, for it seeks the least", () => {
    fc.assert(
      fc.property(camera, fc.array(slip, { minLength: 8, maxLength: 8 }), (eye, slips) => {
        const { errors } = calibrated(surveyed(eye, roadMarks, slips));
        const left = errors.reduce((sum, { error_px }) => sum + error_px ** 2, 0);
        expect(left).toBeLessThanOrEqual(slips.reduce((sum, [dx, dy]) => sum + dx * dx + dy * dy, 0) + 1e-6);
      }),
    );
  });

  test("tells how large its errors are: distances are wrong by as much as it says, over many readings", () => {
    const [au, av] = seenBy(ordinaryCamera, -1, 16) ?? [0, 0];
    const [bu, bv] = seenBy(ordinaryCamera, -1, 26) ?? [0, 0];
    const chance = normals(7);
    let squares = 0;
    const rounds = 500;
    for (let round = 0; round < rounds; round += 1) {
      const slips = roadMarks.map(() => [2 * chance(), 2 * chance()] as const);
      const plane = planeOf(calibrated(surveyed(ordinaryCamera, roadMarks, slips)));
      const distance = Math.hypot(plane.x_m(bu, bv) - plane.x_m(au, av), plane.y_m(bu, bv) - plane.y_m(au, av));
      squares += ((distance - 10) / plane.distanceError_m(au, av, bu, bv)) ** 2;
    }
    expect(Math.sqrt(squares / rounds)).toBeGreaterThan(0.85);
    expect(Math.sqrt(squares / rounds)).toBeLessThan(1.15);
  });

  test("answers for pictures of any size", () => {
    const calibration = calibrated(surveyed(ordinaryCamera, roadMarks));
    const small = new GroundPlane(calibration, 640, 360);
    const [u, v] = seenBy(ordinaryCamera, 2, 21) ?? [0, 0];
    expect(small.x_m(u / 3, v / 3)).toBeCloseTo(2, 6);
    expect(small.y_m(u / 3, v / 3)).toBeCloseTo(21, 6);
    expect(small.coarseness_m(u / 3, v / 3)).toBeCloseTo(3 * planeOf(calibration).coarseness_m(u, v), 6);
  });

  test("knows how many pixels a metre takes, and which way is away", () => {
    const plane = planeOf(calibrated(surveyed({ ...ordinaryCamera, roll_deg: 0 }, roadMarks)));
    const [u, v] = seenBy({ ...ordinaryCamera, roll_deg: 0 }, 0, 20) ?? [0, 0];
    const [right = 0] = seenBy({ ...ordinaryCamera, roll_deg: 0 }, 0.01, 20) ?? [0, 0];
    const [, ahead = 0] = seenBy({ ...ordinaryCamera, roll_deg: 0 }, 0, 20.01) ?? [0, 0];
    const { most, least } = plane.metre_px(u, v);
    expect(most).toBeCloseTo((right - u) * 100, 1);
    expect(least).toBeCloseTo((v - ahead) * 100, 0);
    expect(plane.awayX(u, v)).toBeCloseTo(0, 6);
    expect(plane.awayY(u, v)).toBeCloseTo(1, 6);
  });

  test("sees no ground in the sky", () => {
    const level: StreetCamera = { ...ordinaryCamera, down_deg: 12 };
    expect(planeOf(calibrated(surveyed(level, roadMarks))).isGround(960, 1)).toBe(false);
  });
});

describe("points that cannot calibrate", () => {
  const four = surveyed(ordinaryCamera, roadMarks.slice(0, 4));

  test("are refused when two are at one place, which names the second of them", () => {
    const [a, b, c, d] = four as [CalibrationPoint, CalibrationPoint, CalibrationPoint, CalibrationPoint];
    const result = calibrateGround({ picture_px, points: [a, b, c, { ...d, ground_m: b.ground_m }] });
    if (result.ok) throw new Error("accepted");
    expect(result.problems.map(({ at, words }) => [at?.path, words["other"]])).toEqual([["points.3.ground_m", 2]]);
  });

  test("are refused when any three of four, or all but one of many, lie on one line", () => {
    const across = fc.double({ min: -6, max: 6, noNaN: true });
    fc.assert(
      fc.property(camera, across, fc.integer({ min: 3, max: 6 }), (eye, slope, count) => {
        const row = Array.from({ length: count }, (_, i) => [slope * (i / 6), 12 + 3 * i] as const);
        expect(codes(surveyed(eye, [...row, [slope > 0 ? -7 : 7, 15]]))).toEqual(["CALIBRATION_COLLINEAR"]);
      }),
    );
  });

  test("are refused when two are exchanged, so that the figure crosses itself", () => {
    fc.assert(
      fc.property(camera, (eye) => {
        const points = surveyed(eye, roadMarks.slice(0, 4));
        const crossed = points.map(({ picture }, i) => ({
          picture,
          ground_m: points[[1, 0, 2, 3][i] ?? i]?.ground_m ?? ([0, 0] as const),
        }));
        expect(codes(crossed)).toEqual(["CALIBRATION_HORIZON"]);
      }),
    );
  });

  test("are refused when they show the ground as in a mirror", () => {
    fc.assert(
      fc.property(camera, (eye) => {
        const mirrored = surveyed(eye, roadMarks).map(({ picture, ground_m: [x, y] }) => ({
          picture,
          ground_m: [x, -y] as const,
        }));
        expect(codes(mirrored)).toEqual(["CALIBRATION_MIRRORED"]);
      }),
    );
  });

  test("are refused with the name of the one that tears the road apart, if it is one of eight", () => {
    for (const [index, ground_m] of [
      [2, [9, 33]],
      [3, [-30, 2]],
    ] as const) {
      const torn = surveyed(ordinaryCamera, roadMarks).map((point, i) =>
        i === index ? { ...point, ground_m } : point,
      );
      const result = calibrateGround({ picture_px, points: torn });
      expect(result.ok ? [] : result.problems.map(({ at }) => at?.path)).toEqual([`points.${index}`]);
    }
  });

  test("are refused when one of eight is far off, and that one is named", () => {
    for (const index of roadMarks.keys()) {
      const slips = roadMarks.map((_, i) => (i === index ? ([100, 75] as const) : ([0, 0] as const)));
      const result = calibrateGround({ picture_px, points: surveyed(ordinaryCamera, roadMarks, slips) });
      if (result.ok) throw new Error(`accepted with point ${index + 1} off`);
      expect(result.problems[0]).toMatchObject({ code: "CALIBRATION_INEXACT", at: { path: `points.${index}` } });
    }
  });
});
