import { describe, expect, it } from "vitest";
import { sha256 } from "../../../api/storage/sha256.ts";
import { isSampled } from "../../../core/cases/sampling.ts";

const ids = Array.from({ length: 4000 }, (_, n) => `da-nang-2026-11-22-${n}`);
const chosen = (share: number, seed = "da-nang") => ids.filter((id) => isSampled(id, share, seed, sha256));

describe("the sample that two people see", () => {
  it("is about the share that was asked for, and the same every time", () => {
    expect(chosen(0)).toEqual([]);
    expect(chosen(1)).toEqual(ids);
    // Binomial: five standard deviations are 95 of 4000 at a tenth.
    expect(Math.abs(chosen(0.1).length - 400)).toBeLessThan(95);
    expect(chosen(0.1)).toEqual(chosen(0.1));
  });

  it("holds whoever was in a smaller one, and is another for another seed", () => {
    const [small, large] = [chosen(0.05), new Set(chosen(0.2))];
    expect(small.every((id) => large.has(id))).toBe(true);
    expect(chosen(0.1, "hue")).not.toEqual(chosen(0.1));
  });
});
