import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byLikeness, editDistance, nearest } from "../../../core/config/nearest.ts";

const word = fc.string({ maxLength: 12, unit: fc.constantFrom("a", "b", "c", "_") });

describe("the distance between two words", () => {
  it("counts a swap of neighbours once", () => {
    expect(editDistance("stopLnie", "stopLine")).toBe(1);
    expect(editDistance("lane", "lanes")).toBe(1);
    expect(editDistance("", "abc")).toBe(3);
  });

  it("is a symmetric count that is zero for equal words only", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe("a guess at what was meant", () => {
  const keys = ["speed_kmh", "grade_pct", "lanes", "from", "id"];

  it.each([
    ["speedKmh", "speed_kmh"],
    ["speed", "speed_kmh"],
    ["grade-pct", "grade_pct"],
    ["lnaes", "lanes"],
    ["form", "from"],
  ])("takes %s for %s", (written, meant) => {
    expect(nearest(written, keys)).toBe(meant);
  });

  it.each(["colour", "x", "", "a".repeat(5000)])("is not made for %s", (written) => {
    expect(nearest(written, keys)).toBeNull();
  });

  it("lists all candidates, the likeliest first", () => {
    expect(byLikeness("lane", ["from", "id", "lanes"])[0]).toBe("lanes");
    expect(byLikeness("lane", ["from", "id", "lanes"]).toSorted()).toEqual(["from", "id", "lanes"]);
  });
});
