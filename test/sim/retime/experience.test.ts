import { describe, expect, it } from "vitest";
import { Random } from "../../../sim/engine/random.ts";
import { Experience } from "../../../sim/retime/experience.ts";
import { Offspring } from "../../../sim/retime/offspring.ts";
import { traitsOf, unlikeness } from "../../../sim/retime/plan-likeness.ts";
import type { Plan } from "../../../sim/retime/plan-programs.ts";
import { twoStageSignal } from "./two-stage-signal.ts";

const signals = [twoStageSignal(0)];

/** A cycle of 60 s. */
const planAt = (offset_s: number, green_s = 27): Plan => [
  { order: [0, 1], green_s: [green_s, 54 - green_s], offset_s },
];
const known = (plan: Plan, queues = 0) => ({ traits: traitsOf(signals, plan), queues });
const apart = (a: Plan, b: Plan): number => unlikeness(traitsOf(signals, a), traitsOf(signals, b));

describe("plans", () => {
  it("are alike when a cycle's end lies between their offsets, and the less alike the more greens differ", () => {
    expect(apart(planAt(59), planAt(1))).toBeCloseTo(apart(planAt(10), planAt(12)), 9);
    expect(apart(planAt(0), planAt(0))).toBe(0);
    expect(apart(planAt(0), planAt(0, 30))).toBeLessThan(apart(planAt(0), planAt(0, 33)));
    expect(apart(planAt(0), [null])).toBeGreaterThan(apart(planAt(0), planAt(6)));
  });
});

describe("what was seen", () => {
  /** Least at 20 s; chance of a twentieth. */
  const cost = (offset_s: number, chance: number): number => 1 + (offset_s - 20) ** 2 / 1500 + 0.05 * (chance - 0.5);

  it("tells where between the plans that were tried the good ones lie", () => {
    const random = new Random(7);
    const experience = new Experience();
    for (const offset_s of [0, 6, 12, 28, 34, 40, 46, 52]) {
      experience.add(`${offset_s}`, known(planAt(offset_s)), cost(offset_s, random.next()), 2);
    }
    const at = (offset_s: number): number => experience.expected(known(planAt(offset_s))).mean;
    expect(at(20)).toBeLessThan(at(9));
    expect(at(20)).toBeLessThan(at(31));
    expect(at(31)).toBeLessThan(at(43));
  });

  it("of two plans that nobody is like, the one that costs less in queues is expected to cost less", () => {
    const experience = new Experience();
    experience.add("a", known(planAt(0)), 1, 4);
    const mean = (queues: number): number => experience.expected(known(planAt(30), queues)).mean;
    expect(mean(-0.2)).toBeLessThan(mean(0.1));
  });

  it("makes more of what came after many rehearsals than of what came after one", () => {
    const mean = (runs: number): number => {
      const experience = new Experience();
      experience.add("a", known(planAt(0)), 1.2, runs);
      return experience.expected(known(planAt(0))).mean;
    };
    expect(mean(10)).toBeGreaterThan(mean(1));
    expect(mean(10)).toBeLessThan(1.2);
  });
});

describe("changes worth a rehearsal", () => {
  const of = (plan: Plan, offspring: Offspring): number => offspring.of(plan, [1], 1)?.[0]?.offset_s ?? Number.NaN;

  it("go the way that was for the better so far", () => {
    const random = new Random(3);
    const offspring = new Offspring({ signals, blocks: [], sketch: () => 10, draw: () => random.next() });
    for (const offset_s of [0, 4, 8, 12, 16]) offspring.learn(planAt(offset_s), 1.2 - offset_s / 80, 8);
    const drawn = Array.from({ length: 12 }, () => of(planAt(16), offspring)).filter((offset_s) => offset_s !== 16);
    const onward = drawn.filter((offset_s) => offset_s > 16 && offset_s < 45);
    expect(drawn.length).toBeGreaterThan(3);
    expect(onward.length).toBeGreaterThan(drawn.length / 2);
  });

  it("are never given twice", () => {
    const random = new Random(5);
    const offspring = new Offspring({ signals, blocks: [], sketch: () => 10, draw: () => random.next() });
    const drawn = Array.from({ length: 60 }, () => JSON.stringify(offspring.of(planAt(0), [1], 2)));
    const made = drawn.filter((each) => each !== "null");
    expect(new Set(made).size).toBe(made.length);
    expect(made.length).toBeGreaterThan(30);
  });
});
