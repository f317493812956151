import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { driveThrough } from "../../../core/bands/measure.ts";

describe("driving at every departure", () => {
  test("finds the band that runs over the end of the cycle", () => {
    const light = { greenBegins_s: 50, green_s: 20, period_s: 60, fromPrevious_s: 0 };
    expect(driveThrough([light], 60)).toEqual({ width_s: 20, begins_s: 50 });
  });

  test("sees a light that is green twice in the cycle twice, and one always green as no light", () => {
    const twice = { greenBegins_s: 5, green_s: 10, period_s: 30, fromPrevious_s: 0 };
    const once = { greenBegins_s: 33, green_s: 20, period_s: 60, fromPrevious_s: 0 };
    expect(driveThrough([twice, once], 60)).toEqual({ width_s: 10, begins_s: 35 });
    expect(driveThrough([{ ...once, green_s: 60 }], 60)).toEqual({ width_s: 60, begins_s: 0 });
  });

  test("agrees with looking every tenth of a second", () => {
    const tenth = (most: number) => fc.integer({ min: 0, max: most * 10 }).map((n) => n / 10);
    const lights = fc.array(
      fc.record({
        greenBegins_s: tenth(60),
        green_s: tenth(60),
        period_s: fc.constantFrom(30, 60),
        fromPrevious_s: tenth(90),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(lights, (street) => {
        const seen = Array.from({ length: 600 }, (_, k) => {
          let now_s = k / 10 + 0.05;
          return street.every(({ greenBegins_s, green_s, period_s, fromPrevious_s }, i) => {
            now_s += i === 0 ? 0 : fromPrevious_s;
            return (((now_s - greenBegins_s) % period_s) + period_s) % period_s < green_s;
          });
        });
        let [best, run] = [0, 0];
        for (const green of [...seen, ...seen]) {
          run = green ? Math.min(600, run + 1) : 0;
          best = Math.max(best, run);
        }
        expect(driveThrough(street, 60).width_s).toBeCloseTo(best / 10, 6);
      }),
      { numRuns: 300 },
    );
  });
});
