import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { area, intersectionArea, iou, shareInside } from "../../../core/geometry/box.ts";

const box = fc.tuple(
  fc.integer({ min: 0, max: 640 }),
  fc.integer({ min: 0, max: 360 }),
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 1, max: 300 }),
);

describe("overlap of boxes", () => {
  test("two halves of one another overlap by a third", () => {
    expect(iou([0, 0, 20, 10], 0, [10, 0, 20, 10], 0)).toBeCloseTo(1 / 3, 9);
  });

  test("boxes that share an edge do not overlap", () => {
    expect(intersectionArea([0, 0, 10, 10], 0, [10, 0, 10, 10], 0)).toBe(0);
  });

  test("is the same from both sides, between 0 and 1, and 1 only for equal boxes", () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        const overlap = iou(a, 0, b, 0);
        expect(overlap).toBe(iou(b, 0, a, 0));
        expect(overlap).toBeGreaterThanOrEqual(0);
        expect(overlap).toBeLessThanOrEqual(1);
        expect(overlap === 1).toBe(a.every((value, i) => value === b[i]));
      }),
    );
  });

  test("a box inside another is wholly inside, and overlaps by the ratio of their areas", () => {
    fc.assert(
      fc.property(box, ([x, y, w, h]) => {
        const outer = [x - 5, y - 7, w + 9, h + 11];
        expect(shareInside([x, y, w, h], 0, outer, 0)).toBe(1);
        expect(iou([x, y, w, h], 0, outer, 0)).toBeCloseTo((w * h) / area(outer, 0), 9);
      }),
    );
  });
});
