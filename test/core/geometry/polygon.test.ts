import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insidePolygon } from "../../../core/geometry/polygon.ts";

describe("an area", () => {
  test("holds the points of a convex one that lie left of none of its sides", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 9 }),
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        (corners, x, y) => {
          const angle = (i: number): number => (2 * Math.PI * i) / corners;
          const polygon = Array.from({ length: corners }, (_, i) => [Math.cos(angle(i)), Math.sin(angle(i))]).flat();
          const depths = Array.from({ length: corners }, (_, i) => {
            const normal = angle(i + 0.5);
            return Math.cos(Math.PI / corners) - (x * Math.cos(normal) + y * Math.sin(normal));
          });
          fc.pre(Math.min(...depths.map(Math.abs)) > 1e-9);
          expect(insidePolygon(polygon, x, y)).toBe(Math.min(...depths) > 0);
        },
      ),
    );
  });
});
