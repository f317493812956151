import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calibrateGround } from "../../../core/geometry/ground-calibration.ts";
import { type Homography, inverted, mappedX, mappedY } from "../../../core/geometry/homography.ts";
import { planesAbove } from "../../../core/geometry/raised-plane.ts";
import { ordinaryCamera, roadMarks, type StreetCamera, seenBy, surveyed } from "../../support/street-camera.ts";

const size = [ordinaryCamera.width, ordinaryCamera.height] as const;

function toPicture(camera: StreetCamera): Homography {
  const calibrated = calibrateGround({ picture_px: size, points: surveyed(camera, roadMarks) });
  if (!calibrated.ok) throw new Error("no calibration");
  return inverted(calibrated.value.toGround);
}

describe("what stands above the road", () => {
  test("is found in the picture from how the camera sees the road, however it is hung and however wide it looks", () => {
    fc.assert(
      fc.property(
        fc.record({
          height_m: fc.double({ min: 4, max: 12, noNaN: true }),
          down_deg: fc.double({ min: 15, max: 40, noNaN: true }),
          roll_deg: fc.double({ min: -5, max: 5, noNaN: true }),
          view_deg: fc.double({ min: 40, max: 90, noNaN: true }),
        }),
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: 10, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (hung, x_m, y_m, z_m) => {
          const camera = { ...ordinaryCamera, ...hung };
          const plane = planesAbove(toPicture(camera), size)?.(z_m);
          const [u = 0, v = 0] = seenBy(camera, x_m, y_m, z_m) ?? [];
          expect(plane).toBeDefined();
          expect(mappedX(plane ?? new Float64Array(9), x_m, y_m)).toBeCloseTo(u, 3);
          expect(mappedY(plane ?? new Float64Array(9), x_m, y_m)).toBeCloseTo(v, 3);
        },
      ),
    );
  });

  test("is found whatever factor the map bears, and its sign", () => {
    const map = toPicture(ordinaryCamera);
    const [u = 0] = seenBy(ordinaryCamera, 5, 20, 2) ?? [];
    for (const factor of [-1, -0.01, 7]) {
      const plane = planesAbove(
        map.map((value) => factor * value),
        size,
      )?.(2);
      expect(mappedX(plane ?? new Float64Array(9), 5, 20)).toBeCloseTo(u, 3);
    }
  });

  test("is not told by a camera that looks straight down, nor by a map that no lens makes", () => {
    // Pixels to the metre, upright: a plan.
    expect(planesAbove(Float64Array.of(50, 0, 960, 0, -50, 540, 0, 0, 1), size)).toBeNull();
    const map = toPicture(ordinaryCamera);
    const stretched = map.map((value, i) => (i % 3 === 1 ? 9 * value : value));
    expect(planesAbove(stretched, size)).toBeNull();
  });
});
