import { describe, expect, it } from "vitest";
import { confidenceOf } from "../../../core/plates/confidence.ts";
import { between, seededChance } from "../../../detectors/training/plates/chance.ts";
import type { Trial } from "../../../detectors/training/plates/drawn-trials.ts";
import { fittedWeights, outcomes, reliability } from "../../../detectors/training/plates/fit-confidence.ts";

const real = { bias: -0.5, share: 1, weakest: 0.4, score: 0.2 };

/** Trials of readings that are right exactly as often as weights say. */
function trials(count: number, seed: number): Trial[] {
  const chance = seededChance(seed);
  return Array.from({ length: count }, (_, i) => {
    const evidence = {
      share: between(chance, 0.05, 0.99),
      characterChances: [between(chance, 0.1, 0.99), 0.995],
      plateScore: between(chance, -5, 5),
    };
    const read = chance() < confidenceOf(evidence, real) ? "43A12345" : "43A12346";
    const told = { seed: i, kind: "vn-car", text: "43A12345", character_px: 20, raw: read, elsewhere: [] };
    return { ...told, outcome: "right", read, confidence: 0, evidence };
  });
}

describe("fitting the confidence", () => {
  it("finds the weights that the readings were made with, and then says the truth", () => {
    const found = fittedWeights(trials(6000, 1));
    for (const name of ["bias", "share", "weakest", "score"] as const) {
      expect(Math.abs(found[name] - real[name])).toBeLessThan(0.15);
    }
    for (const { plates, said, were } of reliability(trials(6000, 2), found)) {
      if (plates > 200) expect(Math.abs(said - were)).toBeLessThan(0.08);
    }
  });

  it("counts a wrong text as five that were not read", () => {
    const all = trials(1000, 3);
    for (const { right, wrong, unread, cost } of outcomes(all, real)) {
      expect(right + wrong + unread).toBe(1000);
      expect(cost).toBe(5 * wrong + unread);
    }
  });
});
