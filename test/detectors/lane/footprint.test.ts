import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calibrateGround } from "../../../core/geometry/ground-calibration.ts";
import { vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import { Footprint } from "../../../detectors/lane/footprint.ts";
import { boxOf, type Vehicle } from "../../support/seen-vehicle.ts";
import { ordinaryCamera as camera, roadMarks, surveyed } from "../../support/street-camera.ts";

function footprint(width = camera.width, height = camera.height): Footprint {
  const calibrated = calibrateGround({
    picture_px: [camera.width, camera.height],
    points: surveyed(camera, roadMarks),
  });
  if (!calibrated.ok) throw new Error("no calibration");
  return new Footprint(calibrated.value, width, height);
}

const bodies: readonly Vehicle[] = [
  { class: "car", length_m: 4.4, width_m: 1.8, height_m: 1.5 },
  { class: "motorcycle", length_m: 1.9, width_m: 0.15, height_m: 1.6 },
  { class: "truck", length_m: 7.5, width_m: 2.5, height_m: 2.5 },
];

/** How far the front that is found lies from the front that is there. */
function frontOff_m(vehicle: Vehicle, x_m: number, y_m: number, heading: number): number | null {
  const box = boxOf(camera, vehicle, { x_m, y_m, heading });
  if (box === null) return null;
  const [x, y, w, h] = box;
  const laid = footprint();
  if (!laid.lay(x + w / 2, y + h, heading, vehicleClasses.indexOf(vehicle.class))) return Number.POSITIVE_INFINITY;
  const [frontX, frontY] = [
    x_m + (Math.cos(heading) * vehicle.length_m) / 2,
    y_m + (Math.sin(heading) * vehicle.length_m) / 2,
  ];
  return Math.hypot(laid.frontX_m - frontX, laid.frontY_m - frontY);
}

describe("where a vehicle stands, from its box and the way it faces", () => {
  test.each(bodies)(
    "is right to a quarter of a metre for a $class of its class's size, whichever way it faces",
    (vehicle) => {
      fc.assert(
        fc.property(
          fc.double({ min: -5, max: 5, noNaN: true }),
          fc.double({ min: 9, max: 30, noNaN: true }),
          fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
          (x_m, y_m, heading) => {
            const off_m = frontOff_m(vehicle, x_m, y_m, heading);
            fc.pre(off_m !== null);
            expect(off_m).toBeLessThan(vehicle.height_m > 2 ? 0.6 : 0.25);
          },
        ),
      );
    },
  );

  test("is right to two centimetres sideways at the edge of the picture too, where what stands above the road leans outwards", () => {
    // As high as its outline is widest, or what is seen leans out further.
    const car: Vehicle = { class: "car", length_m: 4.4, width_m: 1.8, height_m: 0.9 };
    const laid = footprint();
    for (const x_m of [-9, -4, 0, 4, 9]) {
      const [x, y, w, h] = boxOf(camera, car, { x_m, y_m: 28, heading: -Math.PI / 2 }) ?? [0, 0, 0, 0];
      expect(laid.lay(x + w / 2, y + h, -Math.PI / 2, vehicleClasses.indexOf("car"))).toBe(true);
      expect(Math.abs(laid.frontX_m - x_m)).toBeLessThan(0.02);
    }
  });

  test("is the same in pictures of another size", () => {
    const [whole, half] = [footprint(), footprint(camera.width / 2, camera.height / 2)];
    expect(whole.lay(900, 700, 1.2, 2) && half.lay(450, 350, 1.2, 2)).toBe(true);
    expect([half.frontX_m, half.frontY_m]).toEqual([
      expect.closeTo(whole.frontX_m, 9),
      expect.closeTo(whole.frontY_m, 9),
    ]);
  });

  test("is nowhere for what is seen in the sky", () => {
    const level = { ...camera, down_deg: 8, roll_deg: 0 };
    const calibrated = calibrateGround({ picture_px: [1920, 1080], points: surveyed(level, roadMarks) });
    if (!calibrated.ok) throw new Error("no calibration");
    expect(new Footprint(calibrated.value, 1920, 1080).lay(960, 100, 0, 2)).toBe(false);
  });
});
