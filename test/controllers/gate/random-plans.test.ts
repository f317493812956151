import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examine } from "../../../controllers/gate/prove.ts";
import { isProved } from "../../../controllers/gate/proved-plan.ts";
import { timingOf } from "../../support/crossroads.ts";
import { goodPlan, randomDevice, randomStreet, spoiltPlan } from "./random-plans.ts";
import { judge } from "./safety-oracle.ts";

/** 100,000 and the optimiser's own in the campaign `prove-plans`; more on demand: `GATE_PLANS=10000000`. */
const PLANS = Number(process.env["GATE_PLANS"] ?? 4000);

/** One in twenty is meant to pass: each that does is rehearsed, which costs a thousand times the arithmetic. */
const kinds = ["good", ...Array.from({ length: 18 }, () => "spoilt"), "garbage"] as const;

describe("the gate, given random plans for random intersections", () => {
  it("lets nothing through that breaks I1 to I4 by the letter of the safety rules", { timeout: 600_000 }, () => {
    const seen = { passed: 0, refused: 0 };
    const onePlan = fc.property(fc.gen(), fc.constantFrom(...kinds), fc.anything(), (g, kind, garbage) => {
      const street = randomStreet(g);
      const device = kind === "good" ? timingOf(street) : randomDevice(g, street);
      const good = goodPlan(g, street, 3);
      const candidate = kind === "good" ? good : kind === "spoilt" ? spoiltPlan(g, good) : garbage;
      const { checks, result } = examine(street, candidate, device, { over: 0 });
      if (!result.ok) {
        seen.refused++;
        expect(result.problems.length).toBeGreaterThan(0);
        expect(checks.some((check) => !check.passed)).toBe(true);
        return;
      }
      seen.passed++;
      expect(judge(street, result.value.plan, device)).toEqual({ I1: [], I2: [], I3: [], I4: [] });
      expect(isProved(result.value)).toBe(true);
      expect(checks.map((check) => check.id)).toEqual(["I1", "I2", "I3", "I4", "I5", "I7", "rehearsal"]);
    });
    fc.assert(onePlan, { numRuns: PLANS, endOnFailure: true });
    process.stderr.write(`gate: ${seen.passed} plans passed, ${seen.refused} refused\n`);
    expect(seen.passed).toBeGreaterThan(PLANS / 30);
    expect(seen.refused).toBeGreaterThan(PLANS / 2);
  });

  it("lets through every plan made to keep the rules", () => {
    const keptRules = fc.property(fc.gen(), (g) => {
      const street = randomStreet(g);
      const plan = goodPlan(g, street, 3);
      fc.pre(plan.cycle_s <= street.signal.cycle_max_s);
      const { result } = examine(street, plan, timingOf(street), { over: 0 });
      expect(result.ok ? [] : result.problems).toEqual([]);
    });
    fc.assert(keptRules, { numRuns: 40, endOnFailure: true });
  });
});
