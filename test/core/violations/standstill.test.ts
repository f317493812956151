import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Standing } from "../../../core/violations/standing.ts";
import { draw } from "../../../sim/arrivals/random.ts";

/** Drives at 10 m/s, brakes evenly, stands at x = 0 from `at_s` on; each place off by up to `noise_m`. */
function stoppedAt(at_s: number, braking_m_s2: number, per_s: number, noise_m: number, seed: number): number {
  const chance = Uint32Array.of(seed);
  const off = (): number => (draw(chance, 0) * 2 - 1) * noise_m;
  const x_m = (t_s: number): number => {
    const before_s = Math.max(0, at_s - t_s);
    const braking_s = Math.min(before_s, 10 / braking_m_s2);
    return -(braking_m_s2 * braking_s ** 2) / 2 - (before_s - braking_s) * 10;
  };
  const standing = new Standing({ x_m: x_m(0), y_m: 0 }, 0);
  for (let n = 1; n < (at_s + 4) * per_s; n += 1) {
    standing.observe({ x_m: x_m(n / per_s) + off(), y_m: off() }, (1000 * n) / per_s);
  }
  return standing.stopped_ms;
}

describe("the moment of coming to stand", () => {
  test("is told to less than a picture, however hard somebody brakes", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 6, max: 9, noNaN: true }),
        fc.double({ min: 1.5, max: 5, noNaN: true }),
        fc.constantFrom(10, 15, 25),
        fc.integer({ min: 1, max: 1e6 }),
        (at_s, braking_m_s2, per_s, seed) => {
          const off_ms = stoppedAt(at_s, braking_m_s2, per_s, 0.02, seed) - at_s * 1000;
          expect(Math.abs(off_ms)).toBeLessThan(1000 / per_s);
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  test("is as sure of somebody who rolls evenly, and brakes hard at the last moment", () => {
    const [at_s, late_s] = [6, 0.9];
    const speed_m_s = 4.5;
    // 5 m/s² for the last 0.9 s, 2 m; 1 m/s² before that.
    const x_m = (t_s: number): number => {
      const before_s = Math.max(0, at_s - t_s);
      const hard_s = Math.min(before_s, late_s);
      const soft_s = before_s - hard_s;
      return -(5 * hard_s ** 2) / 2 - soft_s * speed_m_s - soft_s ** 2 / 2;
    };
    const standing = new Standing({ x_m: x_m(0), y_m: 0 }, 0);
    for (let n = 1; n < 10 * 15; n += 1) standing.observe({ x_m: x_m(n / 15), y_m: 0 }, (1000 * n) / 15);
    expect(Math.abs(standing.stopped_ms - at_s * 1000)).toBeLessThan(300);
  });

  test("of one who stood when first seen is the first sighting", () => {
    const standing = new Standing({ x_m: 0, y_m: 0 }, 500);
    for (let at_ms = 540; at_ms < 4000; at_ms += 40) standing.observe({ x_m: 0, y_m: 0 }, at_ms);
    expect(standing.stopped_ms).toBe(500);
  });
});
