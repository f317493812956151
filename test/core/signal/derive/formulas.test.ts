import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deriveRedClear, deriveYellow, dilemma_m } from "../../../../core/signal/derive/clearances.ts";
import { deriveMinGreen, derivePedClear } from "../../../../core/signal/derive/greens.ts";
import { deriveIntergreen } from "../../../../core/signal/derive/intergreen.ts";

const speed = fc.integer({ min: 10, max: 120 });
const grade = fc.integer({ min: -12, max: 12 });

describe("yellow change", () => {
  test("is 3.3 s at 50 km/h on the level, 3 s at least, and longer downhill", () => {
    const level = deriveYellow({ speed_kmh: 50, grade_pct: 0 });
    expect(level).toEqual({ value_s: 3.3, formula: "yellow", inputs: { speed_kmh: 50, grade_pct: 0 } });
    expect(deriveYellow({ speed_kmh: 20, grade_pct: 0 }).value_s).toBe(3);
    expect(deriveYellow({ speed_kmh: 80, grade_pct: 6 }).value_s).toBe(4.1);
    expect(deriveYellow({ speed_kmh: 80, grade_pct: -6 }).value_s).toBe(5.6);
  });

  test("of a turn entered at 30 km/h from 50 km/h is 4.2 s: 1 + (13.89 - 4.17) / 3.05", () => {
    expect(deriveYellow({ speed_kmh: 50, grade_pct: 0 }, 30).value_s).toBe(4.2);
  });

  test("of a turn entered at the speed of approach is that of going straight", () => {
    fc.assert(
      fc.property(speed, grade, (speed_kmh, grade_pct) => {
        const at = { speed_kmh, grade_pct };
        expect(deriveYellow(at, speed_kmh).value_s).toBe(deriveYellow(at).value_s);
        expect(deriveYellow(at, 10).value_s).toBeGreaterThanOrEqual(deriveYellow(at, 30).value_s);
      }),
    );
  });

  test("leaves nobody in the dilemma zone, and a tenth less than it may", () => {
    fc.assert(
      fc.property(speed, grade, (speed_kmh, grade_pct) => {
        const at = { speed_kmh, grade_pct };
        const { value_s } = deriveYellow(at);
        expect(dilemma_m(at, value_s)).toBeLessThan(1e-6);
        if (value_s > 3) expect(dilemma_m(at, value_s - 0.1)).toBeGreaterThan(0);
      }),
    );
  });
});

describe("red clearance", () => {
  test("of 24 m at 50 km/h is 2.3 s: the slow rider leaves last", () => {
    const red = deriveRedClear(24, 50);
    expect(red).toEqual({ value_s: 2.3, formula: "red_clear", inputs: { conflict_width_m: 24, speed_kmh: 50 } });
  });

  test("of 24 m at 20 km/h is 4.5 s: the car leaves last", () => {
    expect(deriveRedClear(24, 20).value_s).toBe(4.5);
  });

  test("is never under 1 s", () => {
    expect(deriveRedClear(2, 60).value_s).toBe(1);
  });
});

describe("conflict-specific intergreen", () => {
  test("of 20 m cleared and 10 m entered is 5 s straight, 5 s turning", () => {
    // 3 + max(26 / 10, 22 / 8) - 10 / 11.1 = 4.85; 2 + 26 / 7 - 0.9 = 4.81
    expect(deriveIntergreen({ path_from_m: 20, path_to_m: 10, turning: false }).value_s).toBe(5);
    expect(deriveIntergreen({ path_from_m: 20, path_to_m: 10, turning: true }).value_s).toBe(5);
  });

  test("waits for the whole of the last to leave: a long car in a turn, a slow rider straight on", () => {
    // 2 + (12 + 6) / 7 = 4.57; 3 + (32 + 2) / 8 = 7.25
    expect(deriveIntergreen({ path_from_m: 12, path_to_m: 0, turning: true }).value_s).toBe(5);
    expect(deriveIntergreen({ path_from_m: 32, path_to_m: 0, turning: false }).value_s).toBe(8);
  });

  test("grows with the way out, shrinks with the way in, and is no less than 0", () => {
    const path = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(path, path, fc.boolean(), (path_from_m, path_to_m, turning) => {
        const { value_s } = deriveIntergreen({ path_from_m, path_to_m, turning });
        expect(value_s).toBeGreaterThanOrEqual(0);
        expect(deriveIntergreen({ path_from_m: path_from_m + 5, path_to_m, turning }).value_s).toBeGreaterThanOrEqual(
          value_s,
        );
        expect(deriveIntergreen({ path_from_m, path_to_m: path_to_m + 5, turning }).value_s).toBeLessThanOrEqual(
          value_s,
        );
      }),
    );
  });
});

describe("people on foot and queues", () => {
  test("15 m at 1.07 m/s are cleared in 12 s, 3 s of yellow and red beside; at 1 m/s in 12 s", () => {
    expect(derivePedClear(15, 7)).toEqual({
      value_s: 12,
      formula: "ped_clear",
      inputs: { crossing_m: 15, walk_s: 7, walking_speed_ms: 1.07 },
    });
    expect(derivePedClear(15, 7, 1).value_s).toBe(12);
    expect(derivePedClear(30, 7).value_s).toBe(26);
  });

  test("a short walk is made up for: from the button at 3 ft/s", () => {
    // (30 + 1.8) / 0.91 - 4 - 3 = 27.9
    expect(derivePedClear(30, 4).value_s).toBe(28);
  });

  test("five cars before a detector 35 m back need 13 s", () => {
    expect(deriveMinGreen(35)).toEqual({ value_s: 13, formula: "min_green", inputs: { detector_setback_m: 35 } });
    expect(deriveMinGreen(0).value_s).toBe(3);
  });
});
