/**
 * New plans from demand: Webster's cycle per intersection, one cycle for the corridor, splits that equalise the
 * degree of saturation, offsets for bands both ways. Every plan that leaves here has passed `validatePlan`.
 */
import { sums } from "../bands/corridor.ts";
import { type SiteStreet, siteStreet } from "../bands/site-street.ts";
import type { Corridor, Intersection } from "../network/schema.ts";
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import type { Plan } from "../signal/plan.ts";
import { timeline } from "../signal/timeline.ts";
import { validatePlan } from "../signal/validate.ts";
import type { LaneDemand } from "../traffic/lane-demand.ts";
import type { BandProblem } from "./bands.ts";
import { type Assessed, type Assessment, assess, describePlan, planFor } from "./intersection-plan.ts";
import { demandNotes, saturationNotes } from "./notes.ts";
import { optimiseOffsets } from "./offsets.ts";
import type { RetimeProposal, RetimeRequest } from "./proposal.ts";

/** Fails with every reason why no safe plan exists; demand, however large, is never one of them. */
export function retimeCorridor({ corridor, intersections, demand, pattern }: RetimeRequest): Result<RetimeProposal> {
  const assessed = assessMembers(corridor, intersections, demand);
  if (!assessed.ok) return assessed;
  const members = assessed.value;
  const cycle = commonCycle(corridor, members);
  if (!cycle.ok) return cycle;
  const cycle_s = cycle.value;
  const zeroed = members.map((member) => planFor(member, cycle_s, pattern));
  const street = siteStreet(
    corridor,
    members.map((member) => member.intersection),
    zeroed,
  );
  if (!street.ok) return street;
  const { offsets_s, outbound_s, inbound_s, widest } = optimiseOffsets(
    bandProblem(street.value, corridor.outbound_weight),
  );
  const plans = zeroed.map((plan, i) => ({ ...plan, offset_s: offsets_s[i] ?? 0 }));
  const bands = { outbound_s: tenth(outbound_s), inbound_s: tenth(inbound_s) };
  const widest_bands = { outbound_s: tenth(widest.outbound_s), inbound_s: tenth(widest.inbound_s), proved: true };
  return propose(corridor.id, members, plans, demand, { bands, widest_bands }, bandNotes(corridor, bands));
}

export interface IntersectionRequest {
  readonly intersection: Intersection;
  readonly demand: readonly LaneDemand[];
  readonly pattern: number;
}

/** The same for an intersection on its own; its offset is 0. */
export function retimeIntersection({ intersection, demand, pattern }: IntersectionRequest): Result<RetimeProposal> {
  const assessed = assess(intersection, byLane(demand));
  if (!assessed.ok) return assessed;
  const member = assessed.value;
  return propose(
    null,
    [member],
    [planFor(member, member.wished_s, pattern)],
    demand,
    { bands: null, widest_bands: null },
    [],
  );
}

const byLane = (demand: readonly LaneDemand[]) => new Map(demand.map((one) => [one.lane, one]));

const tenth = (value: number): number => Math.round(value * 10) / 10;

function assessMembers(
  corridor: Corridor,
  intersections: readonly Intersection[],
  demand: readonly LaneDemand[],
): Result<readonly Assessment[]> {
  const lanes = byLane(demand);
  const members: Assessment[] = [];
  const problems: Problem[] = [];
  for (const { id } of corridor.intersections) {
    const intersection = intersections.find((one) => one.id === id);
    const result: Result<Assessment> =
      intersection === undefined
        ? failed(problem("INTERSECTION_UNKNOWN", { corridor: corridor.id, intersection: id }))
        : assess(intersection, lanes);
    if (result.ok) members.push(result.value);
    else problems.push(...result.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(members);
}

/** The longest wish, within what every member needs and allows. */
function commonCycle(corridor: Corridor, members: readonly Assessment[]): Result<number> {
  const slowest = members.reduce((a, b) => (b.shortest_s > a.shortest_s ? b : a));
  const tightest = members.reduce((a, b) => (b.longest_s < a.longest_s ? b : a));
  if (slowest.shortest_s > tightest.longest_s) {
    return failed(
      problem("NO_COMMON_CYCLE", {
        corridor: corridor.id,
        longest: slowest.intersection.id,
        need_s: slowest.shortest_s,
        shortest: tightest.intersection.id,
        cycle_max_s: tightest.longest_s,
      }),
    );
  }
  const wish = Math.max(...members.map((member) => member.wished_s));
  return ok(Math.min(tightest.longest_s, Math.max(slowest.shortest_s, wish)));
}

function bandProblem({ corridor, begins_s }: SiteStreet, outbound_weight: number): BandProblem {
  const { cycle_s, signals, out_s, in_s } = corridor;
  const [there, back] = [sums(out_s), sums(in_s)];
  return {
    cycle_s,
    outbound_weight,
    signals: signals.map(({ green_out_s, green_in_s, phasings }, i) => {
      const begin_s = begins_s[i] ?? 0;
      return {
        outbound: { start_s: begin_s, green_s: green_out_s },
        inbound: { start_s: begin_s + (phasings[0]?.inbound_after_s ?? 0), green_s: green_in_s },
        travel_out_s: there[i] ?? 0,
        travel_in_s: back[i] ?? 0,
      };
    }),
  };
}

function bandNotes(corridor: Corridor, bands: { outbound_s: number; inbound_s: number }): readonly Problem[] {
  const wanted = [
    { direction: "outbound", width: bands.outbound_s, weight: corridor.outbound_weight },
    { direction: "inbound", width: bands.inbound_s, weight: 1 - corridor.outbound_weight },
  ];
  const without = wanted.filter(({ width, weight }) => weight > 0 && width <= 0);
  return without.map(({ direction }) => problem("NO_BAND", { corridor: corridor.id, direction }));
}

function propose(
  corridor: string | null,
  members: readonly Assessment[],
  plans: readonly Plan[],
  demand: readonly LaneDemand[],
  bands: Pick<RetimeProposal, "bands" | "widest_bands">,
  notes: readonly Problem[],
): Result<RetimeProposal> {
  const cycle_s = plans[0]?.cycle_s ?? 0;
  const described: Assessed[] = [];
  const problems: Problem[] = [];
  for (const [i, member] of members.entries()) {
    const plan = plans[i];
    if (plan === undefined) throw new Error("one plan per member");
    const laidOut = timeline(member.intersection, plan);
    problems.push(...validatePlan(member.intersection, plan), ...(laidOut.ok ? [] : laidOut.problems));
    if (laidOut.ok) described.push(describePlan(member, plan, laidOut.value));
  }
  if (problems.length > 0) return failed(...problems);
  const flow = described.reduce((sum, one) => sum + one.flow_pcu_h, 0);
  const delay = described.reduce((sum, one) => sum + one.delay_s, 0);
  const lanes = byLane(demand);
  return ok({
    corridor,
    cycle_s,
    plans,
    intersections: described.map((one) => one.proposal),
    lanes: members.flatMap(({ intersection }) =>
      intersection.approaches.flatMap((approach) => approach.lanes.flatMap((lane) => lanes.get(lane.id) ?? [])),
    ),
    ...bands,
    predicted_delay_s_per_veh: flow > 0 ? delay / flow : 0,
    notes: [
      ...members.flatMap((m) => [...saturationNotes(m, cycle_s), ...demandNotes(m.intersection, lanes)]),
      ...notes,
    ],
  });
}
