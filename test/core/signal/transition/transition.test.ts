import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minSplit_s } from "../../../../core/signal/needs.ts";
import {
  planTransition,
  shift_s,
  slack_s,
  type TransitionMethod,
  usualLimits,
} from "../../../../core/signal/transition/transition.ts";
import { validatePlan } from "../../../../core/signal/validate.ts";
import { goodPlan, randomStreet } from "../../../controllers/gate/random-plans.ts";
import { fourLegs, fourLegsPlan } from "../four-legs.ts";

const planned = (later_s: number, method: TransitionMethod, limits = usualLimits) => {
  const result = planTransition(fourLegs.signal, fourLegsPlan, later_s, method, limits);
  return result.ok ? result.value : result.problems.map(({ code }) => code);
};

describe("getting into step", () => {
  test("takes as long as the limits say: 30 s of 90 by a fifth, a quarter or a sixth of the cycle", () => {
    expect(planned(30, "add_only")).toEqual({ method: "add_only", cycles: 2, seconds: 210, per_cycle_s: 18 });
    expect(planned(30, "dwell")).toEqual({ method: "dwell", cycles: 2, seconds: 210, per_cycle_s: 22.5 });
    expect(planned(30, "subtract_only")).toMatchObject({ cycles: 4, seconds: 300 });
  });

  test("takes the way with fewer cycles, and the shorter of two with as many", () => {
    expect(planned(30, "shortway")).toMatchObject({ method: "add_only", cycles: 2 });
    expect(planned(80, "shortway")).toMatchObject({ method: "subtract_only", cycles: 1, seconds: 80 });
  });

  test("takes nothing when it is in step", () => {
    expect(planned(0, "shortway")).toMatchObject({ cycles: 0, seconds: 0 });
    expect(planned(90, "subtract_only")).toMatchObject({ cycles: 0, seconds: 0 });
  });

  test("says why it cannot: no limit, no slack", () => {
    expect(planned(30, "add_only", { ...usualLimits, add: 0 })).toEqual(["TRANSITION_NO_ROOM"]);
    const tight = {
      ...fourLegsPlan,
      splits: fourLegs.signal.phases.map((phase) => ({
        phase: phase.number,
        split_s: minSplit_s(fourLegs.signal, phase),
        mode: "none" as const,
      })),
    };
    expect(slack_s(fourLegs.signal, tight)).toBe(0);
    const result = planTransition(fourLegs.signal, tight, 30, "subtract_only");
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(["TRANSITION_NO_SLACK"]);
  });

  test("shortens a barrier group only as far as its tightest ring", () => {
    expect(slack_s(fourLegs.signal, fourLegsPlan)).toBe(34);
    const phases = fourLegs.signal.phases.map((phase) => (phase.number === 5 ? { ...phase, min_green_s: 12 } : phase));
    expect(slack_s({ ...fourLegs.signal, phases }, fourLegsPlan)).toBe(27);
  });

  test("knows how far local zero is off: 10 s of offset, seen 25 s after the master zero at 40 s of the cycle", () => {
    expect(shift_s(fourLegsPlan, 25, 40)).toBe(25);
    expect(shift_s(fourLegsPlan, 25, 15)).toBe(0);
    expect(shift_s(fourLegsPlan, 5, 0)).toBe(5);
  });

  test("arrives, and never leaves a phase less than it needs", () => {
    const run = fc.property(
      fc.gen(),
      fc.integer({ min: 0, max: 2549 }),
      fc.constantFrom<TransitionMethod>("dwell", "add_only", "subtract_only", "shortway"),
      (g, later_ds, method) => {
        const street = randomStreet(g);
        const plan = goodPlan(g, street, 1);
        const slack = slack_s(street.signal, plan);
        if (validatePlan(street, plan).length === 0) expect(slack).toBeGreaterThanOrEqual(0);
        const result = planTransition(street.signal, plan, later_ds / 10, method);
        if (!result.ok) {
          expect(method).toBe("subtract_only");
          expect(slack).toBe(0);
          return;
        }
        const { cycles, seconds, per_cycle_s, method: taken } = result.value;
        const moved_s = seconds - cycles * plan.cycle_s;
        const off = (((later_ds / 10 - moved_s) % plan.cycle_s) + plan.cycle_s) % plan.cycle_s;
        expect(Math.min(off, plan.cycle_s - off)).toBeLessThan(0.06);
        expect(Math.abs(moved_s)).toBeLessThanOrEqual(cycles * per_cycle_s + 1e-6);
        if (taken === "subtract_only") expect(per_cycle_s).toBeLessThanOrEqual(slack);
        else expect(moved_s).toBeGreaterThanOrEqual(0);
      },
    );
    fc.assert(run, { numRuns: 300 });
  });
});
