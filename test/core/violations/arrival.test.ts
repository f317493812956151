import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arrival } from "../../../core/violations/arrival.ts";

const area = [
  { x_m: -10, y_m: -2 },
  { x_m: 10, y_m: -2 },
  { x_m: 10, y_m: 2 },
  { x_m: -10, y_m: 2 },
];

/** Drives along x; at `at_ms` it came into the area, and is seen first `late_ms` after that. */
function seen(speed_m_s: number, late_ms: number, at_ms = 5000): Arrival {
  const arrival = new Arrival();
  for (let n = 0; n < 10; n += 1) {
    const now_ms = at_ms + late_ms + n * 100;
    arrival.add({ x_m: -10 + (speed_m_s * (now_ms - at_ms)) / 1000, y_m: 0 }, now_ms);
  }
  return arrival;
}

describe("somebody who was in an area when first believed", () => {
  test("came in when he would have, driving before as he drove after", () => {
    const speeds = fc.double({ min: 2, max: 20, noNaN: true });
    fc.assert(
      fc.property(speeds, fc.integer({ min: 1, max: 700 }), (speed_m_s, late_ms) => {
        const { at_ms, error_ms } = seen(speed_m_s, late_ms).into(area);
        expect(at_ms).toBeCloseTo(5000, 3);
        expect(error_ms).toBeCloseTo(late_ms / 4, 3);
      }),
    );
  });

  test("is taken to have begun where he was seen, when the edge is too far to have come from", () => {
    expect(seen(2, 3000).into(area)).toEqual({ at_ms: 8000, error_ms: 800 });
  });

  test("has stood there, when he hardly moves, or was seen once", () => {
    expect(seen(0.5, 200).into(area)).toEqual({ at_ms: 5200, error_ms: 0 });
    const once = new Arrival();
    once.add({ x_m: 0, y_m: 0 }, 100);
    expect(once.into(area)).toEqual({ at_ms: 100, error_ms: 0 });
  });
});
