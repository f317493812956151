import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Discharged, saturationFromDischarge } from "../../../core/timing/discharge.ts";
import { pedestrianService, queueClearingGreen_s, walkingSpeed_ms } from "../../../core/timing/minimums.ts";
import {
  inMix,
  meanPcu,
  saturationByWidth_pcu_h,
  saturationFactors,
  saturationFlow_pcu_h,
} from "../../../core/timing/saturation.ts";

describe("saturation flow by factors", () => {
  test("an ideal lane has the base flow", () => {
    expect(saturationFlow_pcu_h({ lanes: 2 })).toBe(3800);
  });

  test("factors are those of exhibit 16-7", () => {
    const factors = saturationFactors({
      lanes: 2,
      lane_width_m: 3.3,
      grade_pct: 4,
      parking_h: 10,
      bus_stops_h: 20,
      central_business: true,
      right_share: 0.2,
      left_share: 0.1,
    });
    expect(factors.width).toBeCloseTo(0.9667, 4);
    expect(factors.grade).toBeCloseTo(0.98, 9);
    expect(factors.parking).toBeCloseTo((2 - 0.1 - 0.05) / 2, 9);
    expect(factors.buses).toBeCloseTo((2 - 0.08) / 2, 9);
    expect(factors.area).toBe(0.9);
    expect(factors.right).toBeCloseTo(0.97, 9);
    expect(factors.left).toBeCloseTo(1 / 1.005, 9);
  });

  test("four of five vehicles on two wheels let two and a half times as many vehicles through", () => {
    const mix = { motorcycle: 80, car: 20 };
    expect(meanPcu(mix)).toBeCloseTo(0.4, 12);
    expect(inMix(1900, mix)).toEqual({ veh_h: 4750, mcu_h: 7600 });
    expect(meanPcu({})).toBe(1);
    expect(saturationByWidth_pcu_h(7)).toBe(3675);
  });
});

describe("saturation flow from queues that leave", () => {
  const queue = (vehicles: number, lost_s: number, headway_s: number, pcu = 1): Discharged[] =>
    Array.from({ length: vehicles }, (_, i) => ({ at_s: lost_s + (i + 1) * headway_s * pcu, pcu }));

  test("an even discharge gives its headway and its lost time back", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 8, max: 40 }), { minLength: 1, maxLength: 10 }),
        fc.double({ min: 0, max: 4, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.constantFrom(1, 0.25),
        (lengths, lost_s, headway_s, pcu) => {
          const found = saturationFromDischarge(lengths.map((n) => queue(n, lost_s, headway_s, pcu)));
          expect(found?.headway_s).toBeCloseTo(headway_s, 6);
          expect(found?.startup_lost_s).toBeCloseTo(lost_s, 6);
          expect(found?.queues).toBe(lengths.length);
        },
      ),
    );
  });

  test("short queues tell nothing, and one queue has no error", () => {
    expect(saturationFromDischarge([queue(7, 2, 2)])).toBeNull();
    expect(saturationFromDischarge([])).toBeNull();
    expect(saturationFromDischarge([queue(9, 2, 2)])?.error_pcu_h).toBeNull();
    const two = saturationFromDischarge([queue(12, 2, 1.9), queue(12, 2, 2.1)]);
    expect(two?.saturation_pcu_h).toBeCloseTo(1800, 6);
    expect(two?.error_pcu_h).toBeCloseTo(90, 6);
  });
});

describe("minimums", () => {
  test("people at 1 m/s get their whole way, and a walk that satisfies the check from the button", () => {
    expect(pedestrianService(12)).toEqual({ walk_s: 7, ped_clear_s: 12 });
    expect(pedestrianService(30, walkingSpeed_ms.usual)).toEqual({ walk_s: 10, ped_clear_s: 25 });
  });

  test("a queue before a detector gets 3 s and 2 s a car", () => {
    expect(queueClearingGreen_s(15)).toBe(7);
    expect(queueClearingGreen_s(15.1)).toBe(9);
  });
});
