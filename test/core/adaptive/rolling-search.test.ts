import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Expectations, stuckFrom_s } from "../../../core/adaptive/expectations.ts";
import { IndexRule } from "../../../core/adaptive/index-rule.ts";
import { QueueModel, usualQueues } from "../../../core/adaptive/queue-model.ts";
import { RollingSearch, usualSearch } from "../../../core/adaptive/rolling-search.ts";
import { JunctionSight } from "../../../core/adaptive/sight.ts";
import { crossing, standing } from "./crossing.ts";

/** Of a queue model that has learned nothing. */
function cost(sight: JunctionSight, stage: number, hold_s: number, next: number, settings = usualQueues): number {
  const model = new QueueModel(crossing, settings);
  model.load(sight, new Expectations(crossing));
  return model.cost(stage, 10, hold_s, next);
}

describe("the model of the queues", () => {
  it("loses nothing where nobody is", () => {
    expect(cost(standing([0, 0, 0, 0]), 0, 1, -1)).toBe(0);
  });

  it("lets a queue go one headway after the other", () => {
    // Five vehicles at green leave at 0, 1.95, 3.9, 5.85 and 7.8 s; after each second those count that still wait.
    expect(cost(standing([0, 5, 0, 0]), 0, 49, 1)).toBe(4 + 3 + 3 + 2 + 2 + 1 + 1);
  });

  it("makes a queue at red wait for the hold, the change and the start", () => {
    const soon = cost(standing([0, 0, 3, 0]), 0, 0, 1);
    const late = cost(standing([0, 0, 3, 0]), 0, 6, 1);
    expect(late - soon).toBe(3 * 6);
  });

  it("holds a left turn back while the opposite lane drives", () => {
    const left = {
      ...crossing,
      lanes: crossing.lanes.map((lane, at) => (at === 0 ? { ...lane, movements: [1] } : lane)),
    };
    const alone = new QueueModel(left);
    const against = new QueueModel(left);
    alone.load(standing([2, 0, 0, 0]), new Expectations(left));
    against.load(standing([2, 6, 0, 0]), new Expectations(left));
    const six = new QueueModel(left);
    six.load(standing([0, 6, 0, 0]), new Expectations(left));
    expect(against.cost(0, 10, 49, 1)).toBeGreaterThan(alone.cost(0, 10, 49, 1) + six.cost(0, 10, 49, 1) + 10);
  });

  it("counts whoever is told to count for more, and waits as long for it as for others", () => {
    const sight = standing([0, 0, 3, 0]);
    const model = new QueueModel(crossing);
    const waits = () => {
      model.load(sight, new Expectations(crossing));
      return [model.cost(0, 10, 5, 1), model.waiting_veh_s] as const;
    };
    const [usual, waiting_veh_s] = waits();
    sight.lanes[2]?.weigh(17, 5);
    const [weighed, same_veh_s] = waits();
    // The third stands 16 m before the line, and leaves at second 5 + 4 + 2 + 2 * 1.95: in the fifteenth.
    expect(weighed - usual).toBe(4 * 14);
    expect(same_veh_s).toBe(waiting_veh_s);
  });

  it("lets nobody into an exit without room", () => {
    const sight = standing([0, 3, 0, 0]);
    const free = cost(sight, 0, 49, 1);
    sight.room_m[2] = -100;
    expect(cost(sight, 0, 49, 1)).toBeGreaterThan(free + 30);
  });
});

describe("the rolling search", () => {
  it("goes where everybody waits, and stays where somebody is served", () => {
    const policy = new RollingSearch(crossing);
    expect(policy.decide(standing([0, 0, 6, 2]), 0, 10)).toMatchObject({ stage: 1, reason: "changed" });
    expect(policy.decide(standing([0, 0, 6, 2]), 1, 10)).toMatchObject({ stage: 1, reason: "kept" });
  });

  it("stays while nobody is there", () => {
    expect(new RollingSearch(crossing).decide(standing([0, 0, 0, 0]), 0, 60).stage).toBe(0);
  });

  it("serves one who waited too long before a full queue", () => {
    const sight = standing([8, 8, 0, 1]);
    const policy = new RollingSearch(crossing);
    expect(policy.decide(sight, 0, 10).stage).toBe(0);
    const lane = sight.lanes[3];
    if (lane !== undefined) lane.waited_s = usualSearch.longestWait_s + 1;
    policy.look(standing([0, 0, 0, 0]), 0, usualSearch.longestWait_s + 1);
    expect(policy.decide(sight, 0, 10)).toMatchObject({ stage: 1, reason: "starved" });
  });

  it("gives green in the end where nobody is seen: somebody may be there", () => {
    const policy = new RollingSearch(crossing);
    const sight = standing([0, 0, 0, 0]);
    policy.look(sight, 0, usualSearch.longestUnusedRed_s);
    expect(policy.decide(sight, 0, 10).stage).toBe(0);
    policy.look(sight, 0, 1);
    expect(policy.decide(sight, 0, 10)).toMatchObject({ stage: 1, reason: "starved" });
  });

  it("gives green sooner where somebody comes now and then", () => {
    const policy = new RollingSearch(crossing);
    const [empty, sight] = [standing([0, 0, 0, 0]), standing([0, 0, 0, 1])];
    (sight.lanes[3] as { entered: number }).entered = 1;
    policy.look(sight, 0, 1);
    policy.look(empty, 0, usualSearch.longestRed_s);
    expect(policy.decide(empty, 0, 10)).toMatchObject({ stage: 1, reason: "starved" });
  });

  it("gives green to others when it has helped nobody for a while", () => {
    const policy = new RollingSearch(crossing);
    const sight = standing([8, 8, 0, 1]);
    const lane = sight.lanes[3];
    if (lane !== undefined) lane.waited_s = 3;
    for (let s = 0; s < stuckFrom_s; s += 1) policy.look(sight, 0, 1);
    expect(policy.decide(sight, 0, 10)).toMatchObject({ stage: 1, reason: "blocked" });
  });

  it("does what the rule says where lanes are always full, whatever the model finds", () => {
    const full = standing([27, 27, 27, 27]);
    const [policy, rule] = [new RollingSearch(crossing), new IndexRule(crossing)];
    for (let s = 0; s < 600; s += 1) {
      for (const each of [policy, rule]) each.look(full, s % 2, 1);
    }
    const counts = fc.array(fc.integer({ min: 0, max: 27 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 1 }), (each, stage) => {
        const sight = standing(each);
        expect(policy.decide(sight, stage, 10).stage).toBe(rule.stageFor(sight, stage));
      }),
      { numRuns: 60 },
    );
  });

  it("answers with one of its stages and finite costs, whatever is seen", () => {
    const vehicle = fc.record({
      distance_m: fc.double({ min: -5, max: 400, noNaN: true }),
      speed_m_s: fc.double({ min: 0, max: 40, noNaN: true }),
    });
    const lanes = fc.array(fc.array(vehicle, { maxLength: 130 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(lanes, fc.integer({ min: 0, max: 1 }), fc.integer({ min: 5, max: 200 }), (seen, stage, shown_s) => {
        const sight = new JunctionSight(crossing);
        for (const [at, vehicles] of seen.entries()) {
          for (const { distance_m, speed_m_s } of vehicles) sight.lanes[at]?.add(distance_m, speed_m_s);
        }
        const decision = new RollingSearch(crossing).decide(sight, stage, shown_s);
        expect([0, 1]).toContain(decision.stage);
        expect(decision.keep_veh_s).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(decision.change_veh_s)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
