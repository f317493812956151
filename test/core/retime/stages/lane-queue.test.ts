import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leaving, type Spells, waiting } from "../../../../core/retime/stages/lane-queue.ts";
import { isCycle, repeated } from "../../../../core/retime/stages/stage-orders.ts";

const spells = (...each: readonly (readonly [number, number])[]): Spells => ({
  count: each.length,
  length_s: Float64Array.from(each, ([length_s]) => length_s),
  rate: Float64Array.from(each, ([, rate]) => rate),
});

describe("the queue of a lane", () => {
  it("waits as Webster's first term says, with one green in the cycle", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 80 }),
        fc.integer({ min: 5, max: 80 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (red_s, green_s, degree) => {
          const cycle_s = red_s + green_s;
          const share = green_s / cycle_s;
          const arriving = degree * share * 0.5;
          const uniform_s = (0.5 * cycle_s * (1 - share) ** 2) / (1 - degree * share);
          expect(waiting(spells([red_s, 0], [green_s, 0.5]), arriving)).toBeCloseTo(arriving * uniform_s, 6);
        },
      ),
    );
  });

  it("waits half as much where the same green comes in two halves, half a cycle apart", () => {
    const once = waiting(spells([60, 0], [40, 0.5]), 0.15);
    expect(waiting(spells([30, 0], [20, 0.5], [30, 0], [20, 0.5]), 0.15)).toBeCloseTo(once / 2, 9);
  });

  it("waits the same wherever the cycle is cut", () => {
    const parts: [number, number][] = [
      [20, 0],
      [15, 0.5],
      [25, 0],
      [10, 0.25],
      [30, 0.4],
    ];
    const whole = waiting(spells(...parts), 0.2);
    for (let cut = 1; cut < parts.length; cut += 1) {
      expect(waiting(spells(...parts.slice(cut), ...parts.slice(0, cut)), 0.2)).toBeCloseTo(whole, 9);
    }
    expect(leaving(spells(...parts))).toBeCloseTo(22, 9);
  });
});

describe("stages that come more than once in a cycle", () => {
  it("are all there at least once, never twice in a row, and those that need least are not repeated", () => {
    const orders = repeated([0, 1, 2, 3], [1, 3, 0, 2]);
    expect(orders).toContainEqual([0, 1, 2, 3, 0, 2]);
    expect(orders).toContainEqual([0, 1, 2, 0, 2, 3]);
    for (const order of orders) {
      expect(new Set(order).size).toBe(4);
      expect(isCycle(order)).toBe(true);
      expect(order.filter((stage) => stage === 1)).toHaveLength(1);
    }
  });
});
