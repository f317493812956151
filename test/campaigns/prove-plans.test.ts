/**
 * T1: plans from generators and from the optimiser, for random intersections, never break I1 to I4 once the gate has passed
 * them, judged by the letter of the rules (test/controllers/gate/safety-oracle.ts). 100,000 of them as a campaign.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examine } from "../../controllers/gate/prove.ts";
import type { Intersection } from "../../core/network/schema.ts";
import { sentence } from "../../core/problems/problem.ts";
import { retimeIntersection } from "../../core/retime/retime.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { validateIntersection } from "../../core/signal/validate.ts";
import { goodPlan, randomDevice, randomStreet, spoiltPlan } from "../controllers/gate/random-plans.ts";
import { judge } from "../controllers/gate/safety-oracle.ts";
import { randomDemand, randomIntersection } from "../core/signal/random-intersection.ts";
import { timingOf } from "../support/crossroads.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? (full ? Date.now() % 1_000_000 : 20_261_122));
const PLANS = Number(process.env["GREENWAVE_PLANS"] ?? (full ? 100_000 : 1500));
/** Of the whole; each is rehearsed, as it is meant to pass. */
const OPTIMISED = Math.ceil(PLANS / 20);
const WHOLE_MS = full ? 7_200_000 : 300_000;

const kept = { I1: [], I2: [], I3: [], I4: [] };
const tally = { passed: 0, refused: 0, cannot: 0 };

function expectKept(street: Intersection, candidate: unknown, device: ReturnType<typeof timingOf>): void {
  const { result } = examine(street, candidate, device, { over: 0 });
  tally[result.ok ? "passed" : "refused"] += 1;
  if (result.ok) expect(judge(street, result.value.plan, device)).toEqual(kept);
  else expect(result.problems.length).toBeGreaterThan(0);
}

const told = (): void => {
  const { passed, refused, cannot } = tally;
  process.stderr.write(`plans: ${passed} passed, ${refused} refused, ${cannot} impossible, from seed ${SEED}\n`);
};

describe("T1: random plans before the gate", () => {
  it("keep I1 to I4 when they pass, whatever generator made them", { timeout: WHOLE_MS }, () => {
    const kinds = ["good", ...Array.from({ length: 18 }, () => "spoilt"), "garbage"] as const;
    const property = fc.property(fc.gen(), fc.constantFrom(...kinds), fc.anything(), (g, kind, garbage) => {
      const street = randomStreet(g);
      const good = goodPlan(g, street, 3);
      const candidate = kind === "good" ? good : kind === "spoilt" ? spoiltPlan(g, good) : garbage;
      expectKept(street, candidate, kind === "good" ? timingOf(street) : randomDevice(g, street));
    });
    fc.assert(property, { numRuns: PLANS - OPTIMISED, seed: SEED, endOnFailure: true });
    told();
    expect(tally.passed).toBeGreaterThan(PLANS / 40);
  });

  it("keep I1 to I4 when the optimiser made them, and the gate passes every one", { timeout: WHOLE_MS }, () => {
    const property = fc.property(
      randomIntersection().chain((x) => fc.tuple(fc.constant(x), randomDemand([x]))),
      ([street, demand]) => {
        const retimed = retimeIntersection({ intersection: street, demand, pattern: 3 });
        if (!retimed.ok) {
          tally.cannot += 1;
          for (const found of retimed.problems) expect(sentence(found)).not.toMatch(/\{\w+\}/);
          expect(retimed.problems.map(({ code }) => code)).toEqual(["MINIMUMS_EXCEED_CYCLE"]);
          return;
        }
        expect(validateIntersection(street)).toEqual([]);
        const device = timingOf(street);
        const plan = retimed.value.plans[0] as Plan;
        const { result } = examine(street, plan, device, { over: 0 });
        expect(result.ok ? [] : result.problems.map((found) => sentence(found))).toEqual([]);
        tally.passed += 1;
        expect(judge(street, plan, device)).toEqual(kept);
      },
    );
    fc.assert(property, { numRuns: OPTIMISED, seed: SEED, endOnFailure: true });
    told();
  });
});
