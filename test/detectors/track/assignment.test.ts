import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Assignment, forbidden } from "../../../detectors/track/assignment.ts";

function solved(costs: readonly (readonly number[])[]): readonly number[] {
  const columns = costs[0]?.length ?? 0;
  const assignment = new Assignment(8);
  costs.forEach((row, r) => {
    row.forEach((cost, c) => {
      assignment.set(r, c, cost);
    });
  });
  assignment.solve(costs.length, columns);
  return [...assignment.columnOf.subarray(0, costs.length)];
}

/** Cost of a pairing, where staying alone costs `forbidden` for each of the shorter side. */
function costOf(costs: readonly (readonly number[])[], columnOf: readonly number[]): number {
  const pairs = columnOf.map((column, row) => (column < 0 ? 0 : (costs[row]?.[column] ?? 0)));
  const few = Math.min(costs.length, costs[0]?.length ?? 0);
  const made = columnOf.filter((column) => column >= 0).length;
  return pairs.reduce((sum, cost) => sum + cost, 0) + (few - made) * forbidden;
}

/** Every way to pair, tried one after the other. */
function cheapest(costs: readonly (readonly number[])[], row = 0, taken: readonly number[] = []): number {
  const columns = costs[0]?.length ?? 0;
  if (row === costs.length) {
    const made = taken.filter((column) => column >= 0).length;
    return (Math.min(costs.length, columns) - made) * forbidden;
  }
  let best = cheapest(costs, row + 1, [...taken, -1]);
  for (let column = 0; column < columns; column += 1) {
    const cost = costs[row]?.[column] ?? forbidden;
    if (cost >= forbidden || taken.includes(column)) continue;
    best = Math.min(best, cost + cheapest(costs, row + 1, [...taken, column]));
  }
  return best;
}

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 50 }) },
  { weight: 1, arbitrary: fc.constant(forbidden) },
);
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

describe("pairing tracks with detections", () => {
  test("prefers the cheapest whole to the cheapest first pair", () => {
    expect(
      solved([
        [1, 2],
        [1, 9],
      ]),
    ).toEqual([1, 0]);
  });

  test("never makes a forbidden pair", () => {
    expect(solved([[forbidden, forbidden]])).toEqual([-1]);
  });

  test("leaves everybody alone when there is nobody on the other side", () => {
    const assignment = new Assignment(4);
    assignment.solve(3, 0);
    expect([...assignment.columnOf.subarray(0, 3)]).toEqual([-1, -1, -1]);
  });

  test("costs what the best of all possible pairings costs, and uses no detection twice", () => {
    fc.assert(
      fc.property(matrix, (costs) => {
        const columnOf = solved(costs);
        const used = columnOf.filter((column) => column >= 0);
        expect(new Set(used).size).toBe(used.length);
        expect(costOf(costs, columnOf)).toBe(cheapest(costs));
      }),
      { numRuns: 500 },
    );
  });
});
