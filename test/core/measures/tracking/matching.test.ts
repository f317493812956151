import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heaviestMatching } from "../../../../core/measures/tracking/matching.ts";

/** The largest sum there is, by trying every pairing. */
function largestSum(score: readonly (readonly number[])[], taken: readonly number[] = [], row = 0): number {
  const scores = score[row];
  if (scores === undefined) return 0;
  const alone = largestSum(score, taken, row + 1);
  const paired = scores.map((value, column) =>
    taken.includes(column) ? 0 : value + largestSum(score, [...taken, column], row + 1),
  );
  return Math.max(alone, ...paired);
}

const table = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(fc.nat(9), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

describe("the heaviest matching", () => {
  it("has the sum that trying every pairing finds, each column used once, and no pair of score 0", () => {
    fc.assert(
      fc.property(table, (score) => {
        const columns = score[0]?.length ?? 0;
        const columnOf = [...heaviestMatching(score.length, columns, Float64Array.from(score.flat()))];
        const used = columnOf.filter((column) => column !== -1);
        const pairs = columnOf.flatMap((column, row) => (column === -1 ? [] : [score[row]?.[column] ?? 0]));
        expect(columnOf).toHaveLength(score.length);
        expect(new Set(used).size).toBe(used.length);
        expect(pairs).not.toContain(0);
        expect(pairs.reduce((a, b) => a + b, 0)).toBe(largestSum(score));
      }),
    );
  });

  it("gives up a good pair for two that are better together", () => {
    expect([...heaviestMatching(2, 2, Float64Array.of(9, 8, 8, 0))]).toEqual([1, 0]);
  });

  it("is empty when one side is", () => {
    expect([...heaviestMatching(0, 3, new Float64Array())]).toEqual([]);
    expect([...heaviestMatching(2, 0, new Float64Array())]).toEqual([-1, -1]);
  });
});
