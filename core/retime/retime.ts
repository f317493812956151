/**
 * New plans from demand: Webster's cycle per intersection, one cycle for the corridor, splits that equalise the
 * degree of saturation, offsets for bands both ways; or cycle, splits and offsets for the least delay of the corridor's flow
 * profile. Every plan that leaves here has passed `validatePlan`.
 */
import { sums } from "../bands/corridor.ts";
import { siteStreet } from "../bands/site-street.ts";
import type { Corridor, Intersection } from "../network/schema.ts";
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import type { Plan } from "../signal/plan.ts";
import { timeline } from "../signal/timeline.ts";
import { validatePlan } from "../signal/validate.ts";
import type { LaneDemand } from "../traffic/lane-demand.ts";
import { type BandProblem, type Bands, bandsOf } from "./bands.ts";
import { profiled } from "./corridor-profile.ts";
import { corridorStreams } from "./corridor-streams.ts";
import { type Assessed, type Assessment, assess, describePlan, planFor } from "./intersection-plan.ts";
import { leastDelay } from "./least-delay.ts";
import { demandNotes, saturationNotes } from "./notes.ts";
import { optimiseOffsets } from "./offsets.ts";
import type { RetimeProposal, RetimeRequest } from "./proposal.ts";

/** Fails with every reason why no safe plan exists; demand, however large, is never one of them. */
export function retimeCorridor(request: RetimeRequest): Result<RetimeProposal> {
  const { corridor, demand, intersections, objective = "band", pattern } = request;
  const assessed = assessMembers(corridor, intersections, demand);
  if (!assessed.ok) return assessed;
  const members = assessed.value;
  const bounds = commonBounds(corridor, members);
  if (!bounds.ok) return bounds;
  const cycle_s = commonCycle(members, bounds.value);
  const zeroed = members.map((member) => planFor(member, cycle_s, pattern));
  const street = bandProblem(corridor, members, zeroed);
  if (!street.ok) return street;
  const widest = optimiseOffsets(street.value);
  const banded = zeroed.map((plan, i) => ({ ...plan, offset_s: widest.offsets_s[i] ?? 0 }));
  const inOrder = members.map(({ intersection }) => intersection);
  const streams = corridorStreams(corridor, inOrder, byLane(demand));
  const judged =
    objective === "band"
      ? profiled(streams, inOrder, banded, false)
      : leastDelay({ members, streams, pattern, banded, ...bounds.value });
  const found = objective === "band" ? ok(widest) : bandsUnder(corridor, members, judged.plans);
  if (!found.ok) return found;
  const bands = rounded(found.value);
  return propose(corridor.id, members, judged.plans, demand, {
    objective,
    bands,
    widest_bands: { ...rounded(found.value.widest), proved: true },
    with_platoons: { delay_s_per_veh: tenth(judged.delay_s), stops_per_veh: hundredth(judged.stops) },
    notes: objective === "band" ? bandNotes(corridor, bands) : [],
  });
}

const rounded = ({ inbound_s, outbound_s }: Bands): Bands => ({
  outbound_s: tenth(outbound_s),
  inbound_s: tenth(inbound_s),
});

/** The bands of these plans, and the widest that offsets could give at their cycle and splits. */
function bandsUnder(corridor: Corridor, members: readonly Assessment[], plans: readonly Plan[]) {
  const street = bandProblem(corridor, members, plans);
  if (!street.ok) return street;
  const offsets_s = plans.map(({ offset_s }) => offset_s);
  return ok({ ...bandsOf(street.value, offsets_s), widest: optimiseOffsets(street.value).widest });
}

type Told = Pick<RetimeProposal, "objective" | "bands" | "widest_bands" | "with_platoons" | "notes">;

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
  return propose(null, [member], [planFor(member, member.wished_s, pattern)], demand, {
    objective: null,
    bands: null,
    widest_bands: null,
    with_platoons: null,
    notes: [],
  });
}

const byLane = (demand: readonly LaneDemand[]) => new Map(demand.map((one) => [one.lane, one]));

const tenth = (value: number): number => Math.round(value * 10) / 10;
const hundredth = (value: number): number => Math.round(value * 100) / 100;

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

interface CycleBounds {
  readonly shortest_s: number;
  readonly longest_s: number;
}

/** What every member needs and allows. */
function commonBounds(corridor: Corridor, members: readonly Assessment[]): Result<CycleBounds> {
  const slowest = members.reduce((a, b) => (b.shortest_s > a.shortest_s ? b : a));
  const tightest = members.reduce((a, b) => (b.longest_s < a.longest_s ? b : a));
  if (slowest.shortest_s <= tightest.longest_s) {
    return ok({ shortest_s: slowest.shortest_s, longest_s: tightest.longest_s });
  }
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

/** The longest wish within the bounds. */
const commonCycle = (members: readonly Assessment[], { longest_s, shortest_s }: CycleBounds): number =>
  Math.min(longest_s, Math.max(shortest_s, ...members.map(({ wished_s }) => wished_s)));

function bandProblem(corridor: Corridor, members: readonly Assessment[], plans: readonly Plan[]): Result<BandProblem> {
  const street = siteStreet(
    corridor,
    members.map(({ intersection }) => intersection),
    plans,
  );
  if (!street.ok) return street;
  const { begins_s } = street.value;
  const { cycle_s, signals, out_s, in_s } = street.value.corridor;
  const [there, back] = [sums(out_s), sums(in_s)];
  return ok({
    cycle_s,
    outbound_weight: corridor.outbound_weight,
    signals: signals.map(({ green_out_s, green_in_s, phasings }, i) => {
      const begin_s = begins_s[i] ?? 0;
      return {
        outbound: { start_s: begin_s, green_s: green_out_s },
        inbound: { start_s: begin_s + (phasings[0]?.inbound_after_s ?? 0), green_s: green_in_s },
        travel_out_s: there[i] ?? 0,
        travel_in_s: back[i] ?? 0,
      };
    }),
  });
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
  { notes, ...told }: Told,
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
    ...told,
    predicted_delay_s_per_veh: flow > 0 ? delay / flow : 0,
    notes: [
      ...members.flatMap((m) => [...saturationNotes(m, cycle_s), ...demandNotes(m.intersection, lanes)]),
      ...notes,
    ],
  });
}
