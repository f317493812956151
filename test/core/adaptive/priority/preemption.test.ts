import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Emergency, stageFor } from "../../../../core/adaptive/priority/emergency.ts";
import { Preemption, usualPreemption } from "../../../../core/adaptive/priority/preemption.ts";
import { Recovery } from "../../../../core/adaptive/priority/recovery.ts";
import { RollingSearch } from "../../../../core/adaptive/rolling-search.ts";
import type { JunctionSight } from "../../../../core/adaptive/sight.ts";
import { crossing, standing } from "../crossing.ts";

/** On lane 2, which has green in stage 1; and on lane 1, in stage 0. */
const across = (eta_s: number, id = 1): Emergency => ({ id, movements: [3], eta_s });
const along = (eta_s: number, id = 2): Emergency => ({ id, movements: [2], eta_s });

function seen(counts: readonly number[], ...emergencies: readonly Emergency[]): JunctionSight {
  const sight = standing(counts);
  sight.emergencies = emergencies;
  return sight;
}

const preempting = () => new Preemption(new RollingSearch(crossing), crossing);

describe("green for an emergency vehicle", () => {
  it("is of the stage that gives it priority", () => {
    expect([stageFor(crossing, across(0), 0), stageFor(crossing, along(0), 1)]).toEqual([1, 0]);
    // A left turn that may only go where it gives way.
    expect(stageFor(crossing, { id: 3, movements: [1], eta_s: 0 }, 1)).toBe(0);
  });

  it("comes when its time has come, and the earlier the longer the queue before it", () => {
    const asked = (queue: number, eta_s: number): string => {
      const policy = preempting();
      const sight = seen([9, 9, queue, 0], across(eta_s));
      policy.look(sight, 0, 1);
      return policy.decide(sight, 0, 10).reason;
    };
    expect(asked(0, 60)).not.toBe("emergency");
    expect(asked(0, 12)).toBe("emergency");
    expect(asked(0, 14)).not.toBe("emergency");
    expect(asked(8, 30)).toBe("emergency");
  });

  it("stays until it has passed, whoever else waits, and is given to those who waited after it", () => {
    const policy = preempting();
    const coming = seen([9, 9, 0, 0], across(1));
    for (let s = 0; s < 40; s += 1) {
      policy.look(coming, 1, 1);
      expect(policy.decide(coming, 1, 10 + s)).toMatchObject({ stage: 1, reason: "emergency" });
    }
    const passed = seen([9, 9, 0, 0]);
    policy.look(passed, 1, 1);
    expect(policy.decide(passed, 1, 60)).toMatchObject({ stage: 0, reason: "recovering" });
    const empty = seen([0, 0, 0, 0]);
    policy.look(empty, 0, 1);
    expect(policy.decide(empty, 0, 10)).toMatchObject({ stage: 0, reason: "kept" });
  });

  it("is for the first of two who asks", () => {
    const policy = preempting();
    policy.look(seen([0, 0, 0, 0], across(5)), 0, 1);
    const both = seen([0, 0, 0, 0], along(1), across(4));
    policy.look(both, 0, 1);
    expect(policy.decide(both, 0, 10).stage).toBe(1);
    const second = seen([0, 0, 0, 0], along(1));
    policy.look(second, 1, 1);
    expect(policy.decide(second, 1, 10)).toMatchObject({ stage: 0, reason: "emergency" });
  });

  it("ends after a while for one that stands still, and not again for the same", () => {
    const policy = preempting();
    const stopped = seen([4, 0, 0, 0], across(1));
    const reasons = new Set<string>();
    for (let s = 0; s <= usualPreemption.longestHold_s + 1; s += 1) policy.look(stopped, 1, 1);
    for (let s = 0; s < 30; s += 1) {
      policy.look(stopped, 1, 1);
      reasons.add(policy.decide(stopped, 1, 10).reason);
    }
    expect(reasons.has("emergency")).toBe(false);
  });
});

describe("recovery", () => {
  it("serves whoever has waited longest first", () => {
    const sight = standing([5, 5, 0, 2]);
    (sight.lanes[0] as { waited_s: number }).waited_s = 10;
    const recovery = new Recovery(crossing, sight, 1);
    expect(recovery.stage(sight, 1, 10)).toBe(0);
    expect(recovery.stage(sight, 0, 10)).toBe(0);
  });

  it("ends, whatever comes: with each lane served once, or after a while", () => {
    const counts = fc.array(fc.nat(12), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 8 }), fc.nat(1), (all, first) => {
        let stage = first;
        const recovery = new Recovery(crossing, standing(all[0] as number[]), stage);
        let [changes, shown_s] = [0, 0];
        for (let s = 0; s < 200; s += 1) {
          const sight = standing(all[s % all.length] as number[]);
          recovery.look(sight, stage, 1);
          shown_s += 1;
          const next = recovery.stage(sight, stage, shown_s);
          if (next === -1) return;
          if (next !== stage) [stage, shown_s, changes] = [next, 0, changes + 1];
          expect(changes).toBeLessThanOrEqual(crossing.lanes.length);
        }
        expect.unreachable("recovery has no end");
      }),
      { numRuns: 50 },
    );
  });
});
