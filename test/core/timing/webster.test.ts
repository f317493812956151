import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { criticalPath } from "../../../core/timing/critical-path.ts";
import { boundedCycle_s, criticalDegree, cycleForDegree_s, websterCycle_s } from "../../../core/timing/webster.ts";

const bounds = { shortest_s: 40, longest_s: 150 };

describe("Webster's cycle", () => {
  test("is kept between what minimums need and policy allows", () => {
    expect(boundedCycle_s(8, 0.1, bounds)).toBe(40);
    expect(boundedCycle_s(12, 0.72, bounds)).toBe(83);
    expect(boundedCycle_s(20, 0.89, bounds)).toBe(150);
    expect(boundedCycle_s(12, 0.91, bounds)).toBe(150);
    expect(websterCycle_s(12, 1)).toBe(Number.POSITIVE_INFINITY);
  });

  test("a cycle for a degree of saturation has that degree", () => {
    const ratio = fc.double({ min: 0.05, max: 0.8, noNaN: true });
    fc.assert(
      fc.property(ratio, fc.integer({ min: 4, max: 40 }), (flowRatio, lost_s) => {
        expect(criticalDegree(cycleForDegree_s(lost_s, flowRatio, 0.9), lost_s, flowRatio)).toBeCloseTo(0.9, 6);
      }),
    );
    expect(cycleForDegree_s(12, 0.9, 0.9)).toBe(Number.POSITIVE_INFINITY);
    expect(criticalDegree(10, 12, 0.5)).toBe(Number.POSITIVE_INFINITY);
  });

  test("stands on the heavier ring of each barrier group", () => {
    const phase = (number: number, flow_ratio: number, lost_s = 4) => ({ phase: number, flow_ratio, lost_s });
    const rows = [
      [
        [phase(1, 0.1), phase(2, 0.3)],
        [phase(5, 0.2), phase(6, 0.15)],
      ],
      [[phase(4, 0.2, 5)], [phase(8, 0.2, 6)]],
    ];
    const found = criticalPath(rows);
    expect(found.phases).toEqual([1, 2, 8]);
    expect(found.flow_ratio).toBeCloseTo(0.6, 12);
    expect(found.lost_time_s).toBe(14);
  });
});
