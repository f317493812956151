import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Corridor, Intersection } from "../../../core/network/schema.ts";
import { type Problem, sentence } from "../../../core/problems/problem.ts";
import type { RetimeProposal } from "../../../core/retime/proposal.ts";
import { retimeCorridor, retimeIntersection } from "../../../core/retime/retime.ts";
import { timeline } from "../../../core/signal/timeline.ts";
import { validateIntersection, validatePlan } from "../../../core/signal/validate.ts";
import type { LaneDemand } from "../../../core/traffic/lane-demand.ts";
import { fourLegs } from "../signal/four-legs.ts";
import { randomDemand, randomIntersection } from "../signal/random-intersection.ts";
import { sweepBands } from "./sweep-bands.ts";

const TIMEOUT_MS = 120_000;

const corridorOf = (members: readonly Intersection[], distances: readonly number[], weight: number): Corridor => ({
  id: "c",
  name: "c",
  intersections: members.map((one, i) => ({
    id: one.id,
    distance_m: i === 0 ? 0 : (distances[i] ?? 300),
    outbound_phase: one.signal.coord_phases[0] ?? 1,
    inbound_phase: one.signal.coord_phases.at(-1) ?? 1,
  })),
  progression_speed_kmh: 36,
  outbound_weight: weight,
});

const corridorCase = fc
  .integer({ min: 2, max: 4 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => randomIntersection(`i${i}`))))
  .chain((members) =>
    fc.record({
      members: fc.constant(members),
      distances: fc.array(fc.integer({ min: 80, max: 900 }), { minLength: 4, maxLength: 4 }),
      weight: fc.constantFrom(0, 0.3, 0.5, 1),
      demand: randomDemand(members),
    }),
  );

const codes = (problems: readonly Problem[]): readonly string[] => problems.map((p) => p.code);

function expectSound(proposal: RetimeProposal, members: readonly Intersection[]): void {
  for (const plan of proposal.plans) {
    const intersection = members.find((one) => one.id === plan.intersection);
    if (intersection === undefined) throw new Error("a plan for an unknown intersection");
    expect(validatePlan(intersection, plan).map((p) => sentence(p))).toEqual([]);
    expect(plan.cycle_s).toBe(proposal.cycle_s);
  }
  expect(Number.isFinite(proposal.predicted_delay_s_per_veh)).toBe(true);
  for (const note of proposal.notes) {
    expect(sentence(note, "en")).not.toMatch(/\{\w+\}/);
    expect(sentence(note, "vi")).not.toMatch(/\{\w+\}/);
  }
}

describe("retiming", () => {
  test(
    "an intersection gets a provable plan or a reason, whatever its shape and demand",
    () => {
      let planned = 0;
      const single = randomIntersection().chain((x) => fc.record({ x: fc.constant(x), demand: randomDemand([x]) }));
      fc.assert(
        fc.property(single, ({ x, demand }) => {
          const soundness = codes(validateIntersection(x));
          const result = retimeIntersection({ intersection: x, demand, pattern: 1 });
          if (!result.ok) {
            expect(codes(result.problems)).toEqual(["MINIMUMS_EXCEED_CYCLE"]);
            expect(soundness).toEqual(["MINIMUMS_EXCEED_CYCLE"]);
            return;
          }
          expect(soundness).toEqual([]);
          expectSound(result.value, [x]);
          planned += 1;
        }),
        { numRuns: 2500 },
      );
      expect(planned).toBeGreaterThan(2000);
    },
    TIMEOUT_MS,
  );

  test(
    "a corridor gets provable plans with one cycle, and the bands it reports are those a driver meets",
    () => {
      fc.assert(
        fc.property(corridorCase, ({ members, distances, weight, demand }) => {
          const corridor = corridorOf(members, distances, weight);
          const result = retimeCorridor({ corridor, intersections: members, demand, pattern: 7 });
          if (!result.ok) {
            for (const code of codes(result.problems)) expect(code).toMatch(/MINIMUMS_EXCEED_CYCLE|NO_COMMON_CYCLE/);
            return;
          }
          expectSound(result.value, members);
          const measured = measureBands(corridor, members, result.value);
          expect(Math.abs(measured.outbound_s - (result.value.bands?.outbound_s ?? -1))).toBeLessThanOrEqual(0.25);
          expect(Math.abs(measured.inbound_s - (result.value.bands?.inbound_s ?? -1))).toBeLessThanOrEqual(0.25);
        }),
        { numRuns: 200 },
      );
    },
    TIMEOUT_MS,
  );

  test("too much traffic takes the longest cycle, shares it in proportion, and says so", () => {
    const result = retimeIntersection({ intersection: fourLegs, demand: demandOf(fourLegs, () => 900), pattern: 2 });
    if (!result.ok) throw new Error("no plan");
    expect(result.value.cycle_s).toBe(150);
    expect(result.value.intersections[0]).toMatchObject({ oversaturated: true, critical_flow_ratio: 2 });
    expect(codes(result.value.notes)).toEqual(["DEMAND_ABOVE_CAPACITY"]);
    const degrees = result.value.intersections[0]?.phases.map((phase) => phase.degree_of_saturation) ?? [];
    expect(Math.max(...degrees) - Math.min(...degrees)).toBeLessThan(0.15);
  });

  test("a critical phase gets the green that a quiet one can spare, and both are equally full", () => {
    const flows: Record<number, number> = { 2: 700, 6: 700, 4: 350, 8: 350, 1: 60, 3: 60, 5: 60, 7: 60 };
    const result = retimeIntersection({
      intersection: fourLegs,
      demand: demandOf(fourLegs, (p) => flows[p] ?? 0),
      pattern: 1,
    });
    if (!result.ok) throw new Error("no plan");
    const of = (phase: number) => result.value.intersections[0]?.phases.find((one) => one.phase === phase);
    expect(of(2)?.green_s).toBeGreaterThan(of(4)?.green_s ?? Number.NaN);
    expect(Math.abs((of(2)?.degree_of_saturation ?? 0) - (of(4)?.degree_of_saturation ?? 9))).toBeLessThan(0.06);
    expect(result.value.predicted_delay_s_per_veh).toBeGreaterThan(10);
  });

  test("minimums longer than the longest cycle are a problem with a number, never a plan", () => {
    const tight = { ...fourLegs, signal: { ...fourLegs.signal, cycle_max_s: 45 } };
    const result = retimeIntersection({ intersection: tight, demand: [], pattern: 1 });
    if (result.ok) throw new Error("a plan that cannot be");
    expect(result.problems.map((p) => sentence(p))[0]).toMatch(/need a cycle of 56 s; at most 45 s/);
  });

  test("an unknown member and members without a common cycle are named", () => {
    const slow = { ...fourLegs, id: "slow", signal: { ...fourLegs.signal, cycle_min_s: 130 } };
    const quick = { ...fourLegs, id: "quick", signal: { ...fourLegs.signal, cycle_max_s: 90 } };
    const apart = retimeCorridor({
      corridor: corridorOf([slow, quick], [], 0.5),
      intersections: [slow, quick],
      demand: [],
      pattern: 1,
    });
    expect(apart.ok ? [] : codes(apart.problems)).toEqual(["NO_COMMON_CYCLE"]);
    const unknown = retimeCorridor({
      corridor: corridorOf([slow, quick], [], 0.5),
      intersections: [quick],
      demand: [],
      pattern: 1,
    });
    expect(unknown.ok ? [] : codes(unknown.problems)).toEqual(["INTERSECTION_UNKNOWN"]);
  });
});

const demandOf = (x: Intersection, flow: (phase: number) => number): LaneDemand[] =>
  x.approaches.flatMap((approach) =>
    approach.lanes.map((lane) => ({
      lane: lane.id,
      flow_pcu_h: flow(lane.phase),
      origin: "measured" as const,
      simulated: false,
      saturated: false,
    })),
  );

function measureBands(corridor: Corridor, members: readonly Intersection[], proposal: RetimeProposal) {
  let distance_m = 0;
  const signals = corridor.intersections.map((place, i) => {
    distance_m += place.distance_m;
    const member = members[i];
    const plan = proposal.plans[i];
    if (member === undefined || plan === undefined) throw new Error("a plan per member");
    const laidOut = timeline(member, plan);
    if (!laidOut.ok) throw new Error("the plan cannot be laid out");
    const green = (phase: number) => {
      const span = laidOut.value.phases.find((one) => one.phase === phase)?.green;
      if (span === undefined) throw new Error("no green");
      return { start_s: span.from_s, green_s: span.to_s - span.from_s };
    };
    return {
      offset_s: plan.offset_s,
      distance_m,
      outbound: green(place.outbound_phase),
      inbound: green(place.inbound_phase),
    };
  });
  return sweepBands(signals, proposal.cycle_s, corridor.progression_speed_kmh / 3.6);
}
