import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Corridor, Intersection } from "../../../core/network/schema.ts";
import { sentence } from "../../../core/problems/problem.ts";
import { profiled } from "../../../core/retime/corridor-profile.ts";
import { corridorStreams } from "../../../core/retime/corridor-streams.ts";
import type { RetimeProposal } from "../../../core/retime/proposal.ts";
import { retimeCorridor } from "../../../core/retime/retime.ts";
import { validatePlan } from "../../../core/signal/validate.ts";
import type { LaneDemand } from "../../../core/traffic/lane-demand.ts";
import { fourLegs } from "../signal/four-legs.ts";
import { randomDemand, randomIntersection } from "../signal/random-intersection.ts";

const corridorOf = (members: readonly Intersection[], distance_m: number): Corridor => ({
  id: "c",
  name: "c",
  intersections: members.map(({ id, signal }, i) => ({
    id,
    distance_m: i === 0 ? 0 : distance_m,
    outbound_phase: signal.coord_phases[0] ?? 1,
    inbound_phase: signal.coord_phases.at(-1) ?? 1,
  })),
  progression_speed_kmh: 36,
  outbound_weight: 0.5,
});

const named = (id: string): Intersection => ({
  ...fourLegs,
  id,
  approaches: fourLegs.approaches.map((approach) => ({
    ...approach,
    lanes: approach.lanes.map((lane) => ({ ...lane, id: `${id}-${lane.phase}` })),
  })),
});

const demandOf = (members: readonly Intersection[], flow: (phase: number) => number): LaneDemand[] =>
  members.flatMap(({ approaches }) =>
    approaches.flatMap(({ lanes }) =>
      lanes.map(({ id, phase }) => ({
        lane: id,
        flow_pcu_h: flow(phase),
        origin: "measured" as const,
        simulated: false,
        saturated: false,
      })),
    ),
  );

const byLane = (demand: readonly LaneDemand[]) => new Map(demand.map((each) => [each.lane, each]));

function must(request: Parameters<typeof retimeCorridor>[0]): RetimeProposal {
  const made = retimeCorridor(request);
  if (!made.ok) throw new Error(made.problems.map((each) => sentence(each)).join(" "));
  return made.value;
}

describe("streams of a corridor", () => {
  test("what goes straight on at one stop line is what comes to the next, and nothing comes that nobody sent", () => {
    const members = [named("a"), named("b")];
    const flows: Record<number, number> = { 2: 600, 6: 400, 3: 50, 7: 40 };
    const streams = corridorStreams(
      corridorOf(members, 300),
      members,
      byLane(demandOf(members, (phase) => flows[phase] ?? 0)),
    );
    const down = streams.find(({ phase, signal }) => signal === 1 && phase === 2);
    const up = streams.find(({ phase, signal }) => signal === 0 && phase === 6);
    const senders = down?.feeders.map(({ flow_h, from }) => [streams[from]?.phase, Math.round(flow_h)]);
    // 600 straight on and 50 who turn left from the east; 600 of the 650 come to the stop line.
    expect(senders).toHaveLength(2);
    expect(senders?.[0]).toEqual([2, 554]);
    expect(down?.feeders.reduce((sum, { flow_h }) => sum + flow_h, 0)).toBeCloseTo(600, 6);
    expect(down?.feeders[0]?.travel_s).toBeCloseTo(30, 6);
    expect(up?.feeders.reduce((sum, { flow_h }) => sum + flow_h, 0)).toBeCloseTo(400, 6);
    for (const { flow_pcu_h, phase, signal } of streams)
      expect([signal, phase, flow_pcu_h]).toEqual([signal, phase, flows[phase] ?? 0]);
  });
});

describe("a corridor timed for delay", () => {
  test("with traffic one way alone, the far light lets the platoon through", () => {
    const members = [named("a"), named("b")];
    const corridor = corridorOf(members, 300);
    const demand = demandOf(members, (phase) => (phase === 2 ? 700 : phase === 4 ? 300 : 0));
    const { plans, with_platoons } = must({ corridor, intersections: members, demand, pattern: 1, objective: "delay" });
    const streams = corridorStreams(corridor, members, byLane(demand));
    const cycle_s = plans[0]?.cycle_s ?? 0;
    const costs = Array.from({ length: cycle_s }, (_, offset_s) => {
      const moved = plans.map((plan, at) => (at === 1 ? { ...plan, offset_s } : plan));
      return profiled(streams, members, moved, false).cost;
    });
    const least = Math.min(...costs);
    expect(costs[plans[1]?.offset_s ?? 0]).toBeLessThan(1.02 * least);
    expect(Math.max(...costs)).toBeGreaterThan(1.3 * least);
    expect(with_platoons?.delay_s_per_veh).toBeGreaterThan(0);
  });

  test("whatever its members and demand: every plan is provable, and by the profile none costs more than the widest bands' plans", () => {
    const cases = fc
      .integer({ min: 2, max: 4 })
      .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => randomIntersection(`i${i}`))))
      .chain((members) =>
        fc.record({
          members: fc.constant(members),
          distance_m: fc.integer({ min: 80, max: 900 }),
          demand: randomDemand(members),
        }),
      );
    let planned = 0;
    fc.assert(
      fc.property(cases, ({ demand, distance_m, members }) => {
        const corridor = corridorOf(members, distance_m);
        const request = { corridor, intersections: members, demand, pattern: 3 };
        const banded = retimeCorridor(request);
        const quick = retimeCorridor({ ...request, objective: "delay" });
        expect(quick.ok).toBe(banded.ok);
        if (!quick.ok || !banded.ok) return;
        planned += 1;
        for (const [at, plan] of quick.value.plans.entries()) {
          expect(validatePlan(members[at] as Intersection, plan).map((each) => sentence(each))).toEqual([]);
          expect(plan.cycle_s).toBe(quick.value.cycle_s);
        }
        const streams = corridorStreams(corridor, members, byLane(demand));
        const cost = ({ plans }: RetimeProposal): number => profiled(streams, members, plans, false).cost;
        expect(cost(quick.value)).toBeLessThanOrEqual(1.001 * cost(banded.value) + 1e-6);
      }),
      { numRuns: 30 },
    );
    expect(planned).toBeGreaterThan(10);
  }, 60_000);
});
