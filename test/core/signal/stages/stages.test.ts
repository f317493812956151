import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentence } from "../../../../core/problems/problem.ts";
import { stagesOf } from "../../../../core/signal/stages/from-rings.ts";
import type { StagePlan } from "../../../../core/signal/stages/stage.ts";
import { ringsOf } from "../../../../core/signal/stages/to-rings.ts";
import { goodPlan, randomStreet } from "../../../controllers/gate/random-plans.ts";
import { fourLegs, fourLegsPlan } from "../four-legs.ts";

const free = (): boolean => false;

const stagePlan = (...stages: readonly (readonly [readonly number[], number])[]): StagePlan => ({
  intersection: "x",
  stages: stages.map(([phases, duration_s]) => ({ phases, duration_s })),
});

const codes = (plan: StagePlan, conflict: (a: number, b: number) => boolean = free): readonly string[] => {
  const result = ringsOf(plan, conflict);
  if (result.ok) return [];
  for (const found of result.problems) {
    expect(sentence(found, "en")).not.toMatch(/\{\w+\}/);
    expect(sentence(found, "vi")).not.toMatch(/\{\w+\}/);
  }
  return result.problems.map(({ code }) => code);
};

describe("a plan seen as stages", () => {
  test("changes stage where any ring goes on: four legs have six", () => {
    expect(stagesOf(fourLegs, fourLegsPlan).stages).toEqual([
      { phases: [1, 5], duration_s: 15 },
      { phases: [2, 5], duration_s: 5 },
      { phases: [2, 6], duration_s: 30 },
      { phases: [3, 7], duration_s: 12 },
      { phases: [3, 8], duration_s: 3 },
      { phases: [4, 8], duration_s: 25 },
    ]);
  });

  test("comes back as the rings, barriers and splits it was", () => {
    const result = ringsOf(stagesOf(fourLegs, fourLegsPlan), free);
    expect(result.ok && result.value.rings).toEqual(fourLegs.signal.rings);
    expect(result.ok && result.value.cycle_s).toBe(90);
    expect(result.ok && result.value.splits).toEqual(
      fourLegsPlan.splits.map(({ phase, split_s }) => ({ phase, split_s })),
    );
  });

  test("is the same stages again, whatever the rings", () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const street = randomStreet(g);
        const plan = goodPlan(g, street, 1);
        const stages = stagesOf(street, plan);
        const back = ringsOf(stages, free);
        if (!back.ok) throw new Error(back.problems.map((found) => sentence(found)).join());
        const { rings, splits, cycle_s } = back.value;
        expect(cycle_s).toBe(plan.cycle_s);
        const again = stagesOf(
          { id: street.id, signal: { ...street.signal, rings: rings.map((ring) => ring.map((group) => [...group])) } },
          { ...plan, sequence: 1, splits: splits.map((split) => ({ ...split, mode: "none" as const })) },
        );
        expect(again).toEqual(stages);
      }),
    );
  });

  test("begins with the stage after the first barrier", () => {
    const result = ringsOf(stagePlan([[2], 10], [[4], 20], [[2], 30]), free);
    expect(result.ok && result.value).toMatchObject({ rings: [[[4], [2]]], first_stage: 1, cycle_s: 60 });
  });
});

describe("stages that rings cannot say", () => {
  test.each<[string, StagePlan]>([
    ["STAGE_PHASE_TWICE", stagePlan([[1], 10], [[2], 10], [[1], 10], [[3], 10])],
    ["STAGE_PHASE_ALWAYS", stagePlan([[1, 2], 10], [[1, 3], 10])],
    ["STAGES_NO_BARRIER", stagePlan([[1, 5], 9], [[1, 6], 9], [[2, 6], 9], [[2, 5], 9])],
    ["STAGE_RING_REST", stagePlan([[2, 6], 10], [[2], 10], [[4], 10])],
    ["STAGE_RINGS_MANY", stagePlan([[1, 2, 3, 4, 5], 10], [[6], 10])],
    ["STAGE_SPLIT_WHOLE", stagePlan([[1], 10.5], [[2], 10])],
    ["STAGE_SPLIT_WHOLE", stagePlan([[1], 256], [[2], 10])],
  ])("are refused with %s", (code, plan) => {
    expect(codes(plan)).toContain(code);
  });

  test("are refused for a conflict that they show, and for one that rings would let meet", () => {
    const conflict = (a: number, b: number): boolean => a === 1 && b === 6;
    expect(codes(stagePlan([[1, 6], 10], [[4, 8], 10]), conflict)).toEqual(["STAGE_CONFLICT"]);
    const apart = stagePlan([[1, 5], 10], [[2, 5], 5], [[2, 6], 10], [[4, 8], 10]);
    expect(codes(apart, conflict)).toEqual(["STAGE_CONFLICT"]);
  });
});
