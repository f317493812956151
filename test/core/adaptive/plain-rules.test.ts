import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IndexRule, usualIndex } from "../../../core/adaptive/index-rule.ts";
import { MaxPressure } from "../../../core/adaptive/max-pressure.ts";
import type { JunctionSight } from "../../../core/adaptive/sight.ts";
import { crossing, standing } from "./crossing.ts";

const queues = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 });

describe("the index rule", () => {
  const decide = (sight: JunctionSight, stage: number) => new IndexRule(crossing).decide(sight, stage);

  it("stays where nobody is", () => {
    expect(decide(standing([0, 0, 0, 0]), 1)).toMatchObject({ stage: 1, reason: "kept" });
  });

  it("goes where everybody waits", () => {
    expect(decide(standing([0, 0, 3, 0]), 0)).toMatchObject({ stage: 1, reason: "changed" });
  });

  it("does not pay for a change to a queue that is no longer than the one before it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (count) => {
        expect(decide(standing([0, count, count, 0]), 0).stage).toBe(0);
      }),
    );
  });

  it("gives green to whoever has waited for too long, however many stand elsewhere", () => {
    fc.assert(
      fc.property(queues, (counts) => {
        const sight = standing([counts[0] as number, counts[1] as number, 1, 0]);
        (sight.lanes[2] as { waited_s: number }).waited_s = usualIndex.longestWait_s + 1;
        const rule = new IndexRule(crossing);
        rule.look(standing([0, 0, 0, 0]), 0, usualIndex.longestWait_s + 1);
        expect(rule.decide(sight, 0)).toMatchObject({ stage: 1, reason: "starved" });
      }),
    );
  });

  it("does not give green again and again to one who does not use it", () => {
    const sight = standing([3, 3, 1, 0]);
    (sight.lanes[2] as { waited_s: number }).waited_s = usualIndex.longestWait_s + 1;
    const rule = new IndexRule(crossing);
    rule.look(sight, 1, usualIndex.longestWait_s + 1);
    rule.look(sight, 0, 1);
    expect(rule.decide(sight, 0)).toMatchObject({ stage: 0, reason: "kept" });
  });

  it("waits for the next of a queue that drives up to the line", () => {
    const sight = standing([0, 0, 3, 3]);
    sight.lanes[1]?.add(10, 5);
    for (let at = 1; at < 6; at += 1) sight.lanes[1]?.add(10 + 10 * at, 5);
    expect(decide(sight, 0)).toMatchObject({ stage: 0, reason: "kept" });
  });

  it("changes less where lanes are full for most of the time", () => {
    const sight = standing([0, 3, 9, 9]);
    const rule = new IndexRule(crossing);
    expect(rule.decide(sight, 0)).toMatchObject({ stage: 1, reason: "changed" });
    for (let second = 0; second < 300; second += 1) rule.look(standing([0, 27, 9, 9]), 1, 1);
    expect(rule.decide(sight, 0)).toMatchObject({ stage: 0, reason: "kept" });
  });

  it("does not count a queue whose green helps nobody", () => {
    const rule = new IndexRule(crossing);
    const sight = standing([0, 9, 1, 0]);
    for (let second = 0; second < 6; second += 1) rule.look(sight, 0, 1);
    expect(rule.decide(sight, 0)).toMatchObject({ stage: 1, reason: "changed" });
    const full = standing([0, 9, 1, 0]);
    full.room_m[2] = 0;
    expect(decide(full, 0)).toMatchObject({ stage: 1, reason: "changed" });
  });
});

describe("max-pressure", () => {
  it("goes where most are, less those behind, once in ten seconds", () => {
    const rule = new MaxPressure(crossing);
    const sight = standing([2, 2, 3, 3]);
    expect(rule.decide(sight, 0)).toMatchObject({ stage: 1, reason: "changed" });
    const other = standing([9, 9, 0, 0]);
    rule.look(other, 1, 9);
    expect(rule.decide(other, 1).stage).toBe(1);
    rule.look(other, 1, 1);
    expect(rule.decide(other, 1).stage).toBe(0);
    sight.behind[3] = 3;
    expect(new MaxPressure(crossing).decide(sight, 0).stage).toBe(0);
  });

  it("shows the stage with the highest pressure, whatever stands where", () => {
    fc.assert(
      fc.property(queues, queues, fc.integer({ min: 0, max: 1 }), (counts, behind, stage) => {
        const sight = standing(counts);
        for (const [exit, count] of behind.entries()) sight.behind[exit] = count;
        const [a, b, c, d] = counts as [number, number, number, number];
        const [p, q, r, s] = behind as [number, number, number, number];
        const pressures = [a + b - p - q - r, c + d - q - s];
        const shown = new MaxPressure(crossing).decide(sight, stage).stage;
        expect(pressures[shown]).toBe(Math.max(...pressures));
      }),
    );
  });
});
