import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Allowance } from "../../../../core/adaptive/priority/allowance.ts";
import { LateFirst } from "../../../../core/adaptive/priority/late-first.ts";
import { usualLateness, weightOfLate } from "../../../../core/adaptive/priority/lateness.ts";
import { RollingSearch } from "../../../../core/adaptive/rolling-search.ts";
import { crossing, standing } from "../crossing.ts";

/** Four stand at green's end on lane 1, and a bus alone at red on lane 2, of this weight. */
function withBus(weight: number) {
  const sight = standing([3, 3, 1, 0]);
  sight.lanes[2]?.weigh(1, weight);
  return sight;
}

describe("what a late bus counts for", () => {
  it("is as much as everybody in time, and never less the later, nor above the most", () => {
    const late = fc.double({ min: -600, max: 6000, noNaN: true });
    fc.assert(
      fc.property(late, late, (a, b) => {
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)];
        expect(weightOfLate(sooner)).toBeLessThanOrEqual(weightOfLate(later));
        expect(weightOfLate(later)).toBeLessThanOrEqual(usualLateness.most);
        expect(weightOfLate(later)).toBeGreaterThanOrEqual(1);
        if (later <= usualLateness.from_s) expect(weightOfLate(later)).toBe(1);
      }),
    );
  });
});

describe("what others may lose", () => {
  it("is never spent beyond what there was at first and has come back since", () => {
    const steps = fc.array(fc.record({ dt_s: fc.nat(20), loss_veh_s: fc.double({ min: 0, max: 100, noNaN: true }) }));
    fc.assert(
      fc.property(steps, (all) => {
        const allowance = new Allowance(0.5, 60);
        let passed_s = 0;
        for (const { dt_s, loss_veh_s } of all) {
          allowance.pass(dt_s);
          passed_s += dt_s;
          const [before, could] = [allowance.left_veh_s, allowance.spend(loss_veh_s)];
          expect(could).toBe(loss_veh_s <= before);
          expect(allowance.left_veh_s).toBeGreaterThanOrEqual(0);
          expect(allowance.spent_veh_s).toBeLessThanOrEqual(60 + 0.5 * passed_s + 1e-6);
        }
      }),
    );
  });
});

describe("priority of late buses", () => {
  it("turns green for one that would have to wait for others, and says so", () => {
    const policy = new LateFirst(new RollingSearch(crossing));
    expect(policy.decide(withBus(1), 0, 10).stage).toBe(0);
    expect(policy.decide(withBus(20), 0, 10)).toMatchObject({ stage: 1, reason: "priority" });
  });

  it("keeps green for one that would have to wait for the next", () => {
    const sight = standing([0, 0, 2, 2]);
    sight.lanes[1]?.add(70, 13.9);
    const policy = new LateFirst(new RollingSearch(crossing));
    expect(policy.decide(sight, 0, 10).stage).toBe(1);
    sight.lanes[1]?.weigh(70, 20);
    expect(policy.decide(sight, 0, 10)).toMatchObject({ stage: 0, reason: "priority" });
  });

  it("does nothing for it where others may lose nothing", () => {
    const policy = new LateFirst(new RollingSearch(crossing), { allowed_veh_s: 0, allowedAtOnce_veh_s: 0 });
    const usual = new RollingSearch(crossing).decide(withBus(1), 0, 10);
    expect(policy.decide(withBus(20), 0, 10)).toMatchObject({ stage: usual.stage, reason: usual.reason });
  });

  it("leaves what is seen as it was", () => {
    const sight = withBus(20);
    new LateFirst(new RollingSearch(crossing)).decide(sight, 0, 10);
    expect(sight.lanes[2]?.weight[0]).toBe(20);
  });
});
