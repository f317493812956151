import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Intersection } from "../../../core/network/schema.ts";
import { sentence } from "../../../core/problems/problem.ts";
import { retimeCorridor, retimeIntersection } from "../../../core/retime/retime.ts";
import { validateIntersection, validatePlan } from "../../../core/signal/validate.ts";
import { judge } from "../../controllers/gate/safety-oracle.ts";
import { timingOf } from "../../support/crossroads.ts";
import { fourLegs } from "../signal/four-legs.ts";
import { randomDemand, randomIntersection } from "../signal/random-intersection.ts";

const CANNOT = ["MINIMUMS_EXCEED_CYCLE", "NO_COMMON_CYCLE", "CYCLE_OUT_OF_BOUNDS"];

/** Pedestrians as on the widest streets, cycles as short as policies go. */
const harder = (street: Intersection, wide: number, cycle_max_s: number, longest_wait_s: number): Intersection => ({
  ...street,
  signal: {
    ...street.signal,
    cycle_max_s,
    cycle_min_s: Math.min(street.signal.cycle_min_s, cycle_max_s),
    longest_wait_s,
    phases: street.signal.phases.map((phase) =>
      phase.walk_s === 0 ? phase : { ...phase, ped_clear_s: phase.ped_clear_s + wide },
    ),
  },
});

const nine: Intersection = {
  ...fourLegs,
  signal: {
    ...fourLegs.signal,
    phases: [
      ...fourLegs.signal.phases,
      { number: 9, min_green_s: 6, max_green_s: 20, passage_s: 2, walk_s: 0, ped_clear_s: 0, recall: "none" },
    ],
    clearances: [...fourLegs.signal.clearances, { phase: 9, yellow_s: 3.5, red_clear_s: 1.5 }],
    rings: [
      [
        [1, 2, 9],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ],
  },
};

const oneApproach: Intersection = { ...fourLegs, approaches: fourLegs.approaches.slice(0, 1) };

const strange = fc.oneof(randomIntersection(), fc.constant(nine), fc.constant(oneApproach)).chain((street) =>
  fc.record({
    street: fc
      .record({
        wide: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 })),
        cycle_max_s: fc.integer({ min: 40, max: 255 }),
        longest_wait_s: fc.integer({ min: 60, max: 180 }),
      })
      .map(({ wide, cycle_max_s, longest_wait_s }) => harder(street, wide, cycle_max_s, longest_wait_s)),
    demand: fc.oneof(randomDemand([street], 0), randomDemand([street]), randomDemand([street], 1_000_000)),
  }),
);

describe("whatever the intersection and whatever the demand", () => {
  test("a plan that keeps every rule comes out, or a reason why there is none", () => {
    const tally = { plans: 0, cannot: 0 };
    const property = fc.property(strange, ({ street, demand }) => {
      const unsound = validateIntersection(street);
      const retimed = retimeIntersection({ intersection: street, demand, pattern: 1 });
      if (!retimed.ok) {
        tally.cannot += 1;
        for (const found of retimed.problems) {
          expect(CANNOT).toContain(found.code);
          for (const language of ["en", "vi"] as const) expect(sentence(found, language)).not.toMatch(/\{\w+\}/);
        }
        // Nothing is refused that the site file would not be refused for.
        expect(unsound).not.toEqual([]);
        return;
      }
      tally.plans += 1;
      for (const plan of retimed.value.plans) {
        expect(validatePlan(street, plan)).toEqual([]);
        expect(judge(street, plan, timingOf(street))).toEqual({ I1: [], I2: [], I3: [], I4: [] });
      }
    });
    fc.assert(property, { numRuns: 400 });
    expect(Math.min(tally.plans, tally.cannot)).toBeGreaterThan(40);
  });

  test("a corridor of such intersections gets plans of one cycle, or the reason of each member", () => {
    const two = fc.tuple(strange, strange).map(([a, b]) => ({
      members: [
        { ...a.street, id: "a" },
        { ...b.street, id: "b" },
      ],
      demand: a.demand,
    }));
    const property = fc.property(two, ({ members, demand }) => {
      const corridor = {
        id: "c",
        name: "c",
        intersections: members.map(({ id, signal }, i) => ({
          id,
          distance_m: i * 300,
          outbound_phase: signal.coord_phases[0] ?? 1,
          inbound_phase: signal.coord_phases[0] ?? 1,
        })),
        progression_speed_kmh: 40,
        outbound_weight: 0.5,
      };
      const retimed = retimeCorridor({ corridor, intersections: members, demand, pattern: 1 });
      if (!retimed.ok) {
        expect(retimed.problems.every(({ code }) => CANNOT.includes(code))).toBe(true);
        return;
      }
      for (const plan of retimed.value.plans) {
        const street = members.find(({ id }) => id === plan.intersection);
        if (street === undefined) throw new Error("a plan for nobody");
        expect(validatePlan(street, plan)).toEqual([]);
        expect(plan.cycle_s).toBe(retimed.value.cycle_s);
      }
    });
    fc.assert(property, { numRuns: 150 });
  });
});
