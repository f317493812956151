import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeProblems, stepTogether, waitBefore_s } from "../../../core/signal/change-rate.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { validatePlan } from "../../../core/signal/validate.ts";
import { goodPlan, randomStreet } from "../../controllers/gate/random-plans.ts";
import { fourLegsPlan as from } from "./four-legs.ts";

const LATER_S = 10_000;
const codes = (to: Plan, ago_s = LATER_S, before?: Plan): readonly string[] =>
  changeProblems(before === undefined ? { from, ago_s } : { from, ago_s, before }, to).map(({ code }) => code);

const withCycle = (cycle_s: number): Plan => ({ ...from, cycle_s });
const withSplit = (phase: number, split_s: number): Plan => ({
  ...from,
  splits: from.splits.map((split) => (split.phase === phase ? { ...split, split_s } : split)),
});

describe("a machine that changes a plan by itself", () => {
  test("waits three cycles between two changes", () => {
    expect(codes(from, 269)).toEqual(["CHANGE_SOON"]);
    expect(codes(from, 270)).toEqual([]);
  });

  test("waits six before it takes a change back", () => {
    expect(codes(withCycle(86), 269 + 270, withCycle(86))).toEqual(["CHANGE_SOON"]);
    expect(codes(withCycle(86), 540, withCycle(86))).toEqual([]);
    expect(codes(withCycle(94), 270, withCycle(86))).toEqual([]);
    expect(codes(withSplit(2, 30), 539, withSplit(2, 30))).toEqual(["CHANGE_SOON"]);
  });

  test("changes the cycle by a tenth at most", () => {
    expect(codes(withCycle(99))).toEqual([]);
    expect(codes(withCycle(81))).toEqual([]);
    expect(codes(withCycle(100))).toEqual(["CHANGE_CYCLE"]);
    expect(codes(withCycle(80))).toEqual(["CHANGE_CYCLE"]);
  });

  test("changes a split by 8 s or a fifth, whichever is more", () => {
    expect(codes(withSplit(1, 23))).toEqual([]);
    expect(codes(withSplit(1, 24))).toEqual(["CHANGE_SPLIT"]);
    const long = { ...withSplit(2, 80) };
    const step = (split_s: number): number =>
      changeProblems({ from: long, ago_s: LATER_S }, withSplit(2, split_s)).length;
    expect([step(96), step(97), step(64), step(63)]).toEqual([0, 1, 0, 1]);
  });

  test("takes no phase out and none in", () => {
    const omitted = {
      ...from,
      splits: from.splits.map((each, i) => (i === 0 ? { ...each, mode: "omitted" as const } : each)),
    };
    expect(codes(omitted)).toEqual(["CHANGE_SERVED"]);
    expect(codes({ ...from, splits: from.splits.slice(1) })).toEqual([]);
    expect(
      changeProblems({ from: { ...from, splits: from.splits.slice(1) }, ago_s: LATER_S }, from).map((p) => p.code),
    ).toEqual(["CHANGE_SERVED"]);
  });

  test("comes to any other plan in steps, each a valid plan and none too large", () => {
    const walk = fc.property(fc.gen(), (g) => {
      const street = randomStreet(g);
      const [start, target] = [goodPlan(g, street, 1), goodPlan(g, street, 2)];
      fc.pre(validatePlan(street, start).length + validatePlan(street, target).length === 0);
      let at = start;
      for (let steps = 0; steps < 60; steps++) {
        const next = stepTogether([{ rings: street.signal.rings, from: at, target }])?.[0] ?? null;
        if (next === null || JSON.stringify(next) === JSON.stringify(at)) break;
        expect(validatePlan(street, next)).toEqual([]);
        expect(changeProblems({ from: at, ago_s: LATER_S }, next)).toEqual([]);
        at = next;
      }
      expect([at.cycle_s, at.splits]).toEqual([target.cycle_s, target.splits]);
    });
    fc.assert(walk, { numRuns: 150 });
  });

  test("takes signals with one cycle along at one pace, so that they keep one", () => {
    const rings = [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ];
    const stretched = (by: number): Plan => ({
      ...withCycle(from.cycle_s + by),
      splits: from.splits.map((split) => (split.phase % 4 === 2 ? { ...split, split_s: split.split_s + by } : split)),
    });
    const [near, far] = [
      { rings, from, target: stretched(5) },
      { rings, from, target: stretched(30) },
    ];
    const steps = stepTogether([near, far]) ?? [];
    expect(steps[0]?.cycle_s).toBe(from.cycle_s + 1);
    expect(steps[1]?.cycle_s).toBeGreaterThan(from.cycle_s + 5);
    expect(stepTogether([near])?.[0]).toEqual(near.target);
    const both = stepTogether([far, { ...far, target: { ...far.target, offset_s: 3 } }]) ?? [];
    expect(both[0]?.cycle_s).toBe(both[1]?.cycle_s);
  });

  test("knows how long it has to wait", () => {
    expect(waitBefore_s({ from, ago_s: 100 }, withCycle(94))).toBe(170);
    expect(waitBefore_s({ from, ago_s: 100, before: withCycle(86) }, withCycle(86))).toBe(440);
    expect(waitBefore_s({ from, ago_s: 1000 }, from)).toBe(0);
  });
});
