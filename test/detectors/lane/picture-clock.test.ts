import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PictureClock } from "../../../detectors/lane/picture-clock.ts";

describe("when a picture came", () => {
  test("is told free of the network's jitter, once it was quick for a moment", () => {
    const jitter = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(jitter, (late_ms) => {
        const clock = new PictureClock();
        // The network's quickest is 20 ms.
        const told = [0, ...late_ms].map((late, n) => clock.at_ms(n / 10, 5000 + n * 100 + 20 + late, 1));
        for (const [n, at_ms] of told.entries()) expect(at_ms).toBeCloseTo(5020 + n * 100, 6);
      }),
    );
  });

  test("never runs back within a connection, and follows a clock that drifts", () => {
    const clock = new PictureClock();
    let before_ms = 0;
    for (let n = 0; n < 3000; n += 1) {
      // The stream's clock runs 500 parts per million slow.
      const arrival_ms = n * 100.05;
      const at_ms = clock.at_ms(n / 10, arrival_ms, 1);
      expect(at_ms).toBeGreaterThanOrEqual(before_ms);
      expect(Math.abs(at_ms - arrival_ms)).toBeLessThan(11);
      before_ms = at_ms;
    }
  });

  test("begins anew with another connection, and after a leap", () => {
    const clock = new PictureClock();
    clock.at_ms(100, 1_000_000, 1);
    expect(clock.at_ms(0, 900_000, 2)).toBe(900_000);
    clock.epoch();
    expect(clock.at_ms(50, 950_000, 2)).toBe(950_000);
  });
});
