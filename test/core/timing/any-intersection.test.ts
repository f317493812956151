/** Whatever the intersection: a plan that the gate's proofs accept, or a sentence that says why there is none. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Intersection } from "../../../core/network/schema.ts";
import { sentence } from "../../../core/problems/problem.ts";
import { retimeIntersection } from "../../../core/retime/retime.ts";
import { validatePlan } from "../../../core/signal/validate.ts";
import { randomDemand } from "../signal/random-intersection.ts";

interface Traits {
  readonly phases: number;
  readonly walk_s: number;
  readonly ped_clear_s: number;
  readonly min_green_s: number;
  readonly cycle_max_s: number;
  readonly approaches: 1 | 2;
}

/** One ring of `phases` phases, one after the other. */
function oneRing({ phases, walk_s, ped_clear_s, min_green_s, cycle_max_s, approaches }: Traits): Intersection {
  const numbers = Array.from({ length: phases }, (_, i) => i + 1);
  const lanes = numbers.map((number) => ({
    id: `lane-${number}`,
    phase: number,
    turns: ["through" as const],
    saturation_pcu_h: 1800,
    length_m: 100,
    detector_channel: number,
  }));
  const split = approaches === 1 ? lanes.length : Math.ceil(lanes.length / 2);
  return {
    id: "x",
    name: "x",
    approaches: [lanes.slice(0, split), lanes.slice(split)].slice(0, approaches).map((own, i) => ({
      id: `from-${i}`,
      from: i === 0 ? ("N" as const) : ("E" as const),
      speed_kmh: 40,
      grade_pct: 0,
      lanes: own,
    })),
    signal: {
      phases: numbers.map((number) => ({
        number,
        min_green_s,
        max_green_s: Math.max(60, min_green_s),
        passage_s: 2,
        walk_s,
        ped_clear_s,
        recall: "min" as const,
      })),
      rings: [numbers.map((number) => [number])],
      clearances: numbers.map((phase) => ({ phase, yellow_s: 3.1, red_clear_s: 2 })),
      conflicts: numbers.flatMap((a) => numbers.filter((b) => b > a).map((b) => ({ a, b }))),
      permissive: [],
      coord_phases: [1],
      cycle_min_s: 40,
      cycle_max_s,
    },
  };
}

const traits = fc.record({
  phases: fc.integer({ min: 2, max: 16 }),
  walk_s: fc.constantFrom(0, 0, 7, 120),
  ped_clear_s: fc.constantFrom(0, 12, 150),
  min_green_s: fc.constantFrom(5, 7, 15, 60),
  cycle_max_s: fc.constantFrom(60, 150, 255),
  approaches: fc.constantFrom(1 as const, 2 as const),
});

const planOf = (given: Intersection, flows: readonly number[]) =>
  retimeIntersection({
    intersection: given,
    demand: flows.map((flow_pcu_h, i) => ({
      lane: `lane-${i + 1}`,
      flow_pcu_h,
      origin: "measured" as const,
      simulated: false,
      saturated: false,
    })),
    pattern: 1,
  });

describe("timing of any intersection", () => {
  test("gives a plan that passes the proofs, or says that the minimums need a longer cycle", () => {
    const cases = traits.map(oneRing).chain((x) => fc.record({ x: fc.constant(x), demand: randomDemand([x], 6000) }));
    let planned = 0;
    let refused = 0;
    fc.assert(
      fc.property(cases, ({ x, demand }) => {
        const result = retimeIntersection({ intersection: x, demand, pattern: 1 });
        if (result.ok) {
          planned += 1;
          expect(result.value.plans.flatMap((plan) => validatePlan(x, plan).map((one) => sentence(one)))).toEqual([]);
          expect(Number.isFinite(result.value.predicted_delay_s_per_veh)).toBe(true);
          return;
        }
        refused += 1;
        expect(result.problems.map(({ code }) => code)).toEqual(["MINIMUMS_EXCEED_CYCLE"]);
      }),
      { numRuns: 600 },
    );
    expect(planned).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(50);
  });

  const usual: Traits = { phases: 9, walk_s: 0, ped_clear_s: 0, min_green_s: 7, cycle_max_s: 150, approaches: 2 };

  test("nine phases share a cycle", () => {
    const result = planOf(oneRing(usual), [300, 50, 80, 120, 40, 60, 20, 90, 10]);
    if (!result.ok) throw new Error("no plan");
    expect(result.value.plans[0]?.splits).toHaveLength(9);
    expect(result.value.cycle_s).toBeGreaterThanOrEqual(9 * 13);
  });

  test("without any flow the shortest cycle is run, and nobody waits", () => {
    const result = planOf(oneRing({ ...usual, phases: 2 }), [0, 0]);
    if (!result.ok) throw new Error("no plan");
    expect(result.value).toMatchObject({ cycle_s: 40, predicted_delay_s_per_veh: 0 });
  });

  test("people who need longer than the cycle are named with the seconds they need", () => {
    const result = planOf(oneRing({ ...usual, walk_s: 10, ped_clear_s: 40 }), []);
    expect(result.ok ? "" : result.problems.map((one) => sentence(one)).join()).toMatch(/need a cycle of 504 s/);
  });

  test("demand that no cycle serves gets the longest, shared in proportion, and a note", () => {
    const result = planOf(oneRing({ ...usual, phases: 3 }), [1800, 900, 900]);
    if (!result.ok) throw new Error("no plan");
    expect(result.value.cycle_s).toBe(150);
    expect(result.value.notes.map(({ code }) => code)).toContain("DEMAND_ABOVE_CAPACITY");
    const greens = result.value.intersections[0]?.phases.map(({ green_s }) => green_s) ?? [];
    expect(greens[0]).toBeGreaterThan(1.8 * (greens[1] ?? 0));
  });
});
