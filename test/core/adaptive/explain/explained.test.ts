import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContraryPolicy } from "../../../../core/adaptive/explain/contrary-policy.ts";
import { ExplainedPolicy, type Explanation } from "../../../../core/adaptive/explain/explained-policy.ts";
import { HorizonCheck } from "../../../../core/adaptive/explain/horizon-check.ts";
import { PredictionScore } from "../../../../core/adaptive/explain/prediction-score.ts";
import { RollingSearch } from "../../../../core/adaptive/rolling-search.ts";
import type { JunctionSight } from "../../../../core/adaptive/sight.ts";
import { crossing, standing } from "../crossing.ts";

/** A second in which so many leave lane 1, and so many stand there after it. */
function leaving(left: number, count: number): JunctionSight {
  const sight = standing([0, count, 0, 0]);
  (sight.lanes[1] as { left: number }).left = left;
  return sight;
}

describe("what came after a decision", () => {
  it("is what those wait who are there, until they leave", () => {
    const check = new HorizonCheck(crossing, standing([0, 2, 0, 0]), 6);
    const seconds = [
      [0, 2],
      [1, 1],
      [0, 1],
      [1, 0],
      [0, 0],
      [0, 0],
    ] as const;
    for (const [left, count] of seconds) check.look(leaving(left, count), 1);
    // Two wait for a second, then one for two more.
    expect([check.isOver, check.waited_veh_s]).toEqual([true, 2 + 1 + 1]);
  });

  it("begins for who is still coming when it would have been at the line, and leaves out who comes later", () => {
    const sight = standing([0, 0, 0, 0]);
    sight.lanes[1]?.add(139, 13.9);
    const check = new HorizonCheck(crossing, sight, 30);
    const later = leaving(0, 2);
    (later.lanes[1] as { entered: number }).entered = 1;
    check.look(later, 1);
    for (let s = 1; s < 30; s += 1) check.look(leaving(0, 2), 1);
    expect(check.waited_veh_s).toBe(30 - 10);
  });

  it("follows those who change lanes", () => {
    const check = new HorizonCheck(crossing, standing([2, 0, 0, 0]), 5);
    check.look(standing([2, 0, 0, 0]), 1);
    for (let s = 1; s < 4; s += 1) check.look(standing([1, 1, 0, 0]), 1);
    check.look(leaving(1, 0), 1);
    // Of two that stand for four seconds one leaves from the lane beside; the other is no longer seen.
    expect(check.waited_veh_s).toBe(4 * 2);
  });

  it("has no error where predictions held", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 2 }), (values) => {
        const score = new PredictionScore();
        for (const value of values) score.add(value, value);
        expect(score.error.error_veh_s).toBe(0);
        const { correlation } = score.error;
        if (correlation !== null) expect(correlation).toBeCloseTo(1, 6);
      }),
    );
  });
});

describe("a policy that accounts for itself", () => {
  it("tells each decision once, with what was seen, what it was weighed against, and what came of it", () => {
    const told: Explanation[] = [];
    let now_s = 100;
    const policy = new ExplainedPolicy(new RollingSearch(crossing), {
      junction: crossing,
      signal: "x",
      horizon_s: 5,
      now_s: () => now_s,
      tell: (each) => told.push(each),
    });
    const sight = standing([0, 0, 6, 2]);
    for (; now_s < 110; now_s += 1) {
      policy.look(sight, 0, 1);
      policy.decide(sight, 0, now_s);
    }
    policy.end();
    expect(told.map(({ at_s }) => at_s)).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
    expect(told[0]).toMatchObject({ signal: "x", stage: 0, chosen: 1, reason: "changed", vehicles: [0, 0, 6, 2] });
    expect(told[0]?.costs_veh_s[1]).toBeLessThan(told[0]?.costs_veh_s[0] as number);
    expect(told[0]?.realised_veh_s).toBe(5 * 8);
    expect(told[9]?.realised_veh_s).toBe(null);
  });
});

describe("the other choice", () => {
  it("is taken once, from the moment on that was asked for", () => {
    let now_s = 0;
    const policy = new ContraryPolicy(new RollingSearch(crossing), 10, () => now_s);
    const sight = standing([0, 0, 6, 2]);
    const chosen = Array.from({ length: 20 }, () => {
      const { stage } = policy.decide(sight, 0, 10);
      now_s += 1;
      return stage;
    });
    expect(chosen.map((stage, s) => (stage === 0 ? s : -1)).filter((s) => s >= 0)).toEqual([10, 11, 12, 13, 14]);
    expect(policy.contrary).toMatchObject({ at_s: 10, stage: 0, instead: 0, decided: { stage: 1 } });
  });
});
