/** Cycle wishes and splits of one intersection. */
import type { Intersection } from "../network/schema.ts";
import { failed, ok, problem, type Result } from "../problems/problem.ts";
import { longestCycle_s, shortestCycle_s } from "../signal/needs.ts";
import type { Plan } from "../signal/plan.ts";
import type { PlanTimeline } from "../signal/timeline.ts";
import { type CriticalPath, criticalPath, type RingRows } from "../timing/critical-path.ts";
import { controlDelay_s } from "../timing/delay.ts";
import { equalisedSplits } from "../timing/splits.ts";
import { boundedCycle_s, CRITICAL_FLOW_RATIO_LIMIT } from "../timing/webster.ts";
import { type DemandByLane, type PhaseDemand, phaseDemands, ringRows } from "./phase-demand.ts";
import type { IntersectionProposal, PhaseProposal } from "./proposal.ts";

export interface Assessment {
  readonly intersection: Intersection;
  readonly demands: readonly PhaseDemand[];
  readonly rows: RingRows;
  readonly critical: CriticalPath;
  readonly oversaturated: boolean;
  /** Bounds set by minimums and by policy. */
  readonly shortest_s: number;
  readonly longest_s: number;
  readonly wished_s: number;
}

/** Fails with `MINIMUMS_EXCEED_CYCLE` when no allowed cycle holds the minimums. */
export function assess(intersection: Intersection, demand: DemandByLane): Result<Assessment> {
  const { id, signal } = intersection;
  const need_s = shortestCycle_s(signal);
  const longest_s = longestCycle_s(signal);
  if (need_s > longest_s) {
    return failed(problem("MINIMUMS_EXCEED_CYCLE", { intersection: id, need_s, cycle_max_s: longest_s }));
  }
  const demands = phaseDemands(intersection, demand);
  const rows = ringRows(intersection, demands);
  const critical = criticalPath(rows);
  const oversaturated = critical.flow_ratio > CRITICAL_FLOW_RATIO_LIMIT;
  const shortest_s = Math.max(need_s, signal.cycle_min_s);
  const wished_s = boundedCycle_s(critical.lost_time_s, critical.flow_ratio, { shortest_s, longest_s });
  return ok({ intersection, demands, rows, critical, oversaturated, shortest_s, longest_s, wished_s });
}

/** `favour`: the coordinated phases are reckoned to have so many times their flow; 1 gives all the same degree of saturation. */
export function planFor(a: Assessment, cycle_s: number, pattern: number, favour = 1): Plan {
  const { signal, id } = a.intersection;
  const rows = favour === 1 ? a.rows : favoured(a.rows, signal.coord_phases, favour);
  const splits = equalisedSplits(rows, cycle_s, signal.coord_phases);
  return {
    intersection: id,
    pattern,
    cycle_s,
    offset_s: 0,
    offset_reference: "begin_green_of_coord_phases",
    sequence: 1,
    splits: signal.phases.map(({ number, recall }) => ({
      phase: number,
      split_s: splits.get(number) ?? 0,
      // Counts come from cameras, which place no calls in the cabinet: without a recall such a phase would be skipped.
      mode: recall === "none" ? "max_recall" : "none",
    })),
  };
}

const favoured = (rows: RingRows, coord: readonly number[], by: number): RingRows =>
  rows.map((rings) =>
    rings.map((phases) =>
      phases.map((each) => (coord.includes(each.phase) ? { ...each, flow_ratio: by * each.flow_ratio } : each)),
    ),
  );

export interface Assessed {
  readonly proposal: IntersectionProposal;
  readonly flow_pcu_h: number;
  /** Sum over vehicles of an hour. */
  readonly delay_s: number;
}

export function describePlan(a: Assessment, plan: Plan, laidOut: PlanTimeline): Assessed {
  const rows = a.demands.map((demand) => {
    const green = laidOut.phases.find((one) => one.phase === demand.phase)?.green;
    return describePhase(demand, plan, green === undefined ? 0 : tenth(green.to_s - green.from_s));
  });
  return {
    proposal: {
      id: a.intersection.id,
      critical_flow_ratio: a.critical.flow_ratio,
      lost_time_s: a.critical.lost_time_s,
      oversaturated: a.oversaturated,
      phases: rows.map((row) => row.phase),
    },
    flow_pcu_h: rows.reduce((sum, row) => sum + row.flow_pcu_h, 0),
    delay_s: rows.reduce((sum, row) => sum + row.flow_pcu_h * row.phase.delay_s, 0),
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

function describePhase(demand: PhaseDemand, { cycle_s, splits }: Plan, green_s: number) {
  const split_s = splits.find((split) => split.phase === demand.phase)?.split_s ?? 0;
  const flow_pcu_h = demand.lanes.reduce((sum, lane) => sum + lane.flow_pcu_h, 0);
  const delays = demand.lanes.map(({ lane, flow_pcu_h: flow_h }) => {
    const capacity_h = (lane.saturation_pcu_h * green_s) / cycle_s;
    return { weight: flow_h, delay_s: controlDelay_s({ cycle_s, green_s, flow_h, capacity_h }) };
  });
  const total = delays.reduce((sum, d) => sum + d.weight * d.delay_s, 0);
  const empty = delays[0]?.delay_s ?? 0;
  const phase: PhaseProposal = {
    phase: demand.phase,
    flow_pcu_h: demand.flow_pcu_h,
    saturation_pcu_h: demand.saturation_pcu_h,
    flow_ratio: demand.flow_ratio,
    split_s,
    green_s,
    degree_of_saturation: (demand.flow_ratio * cycle_s) / green_s,
    delay_s: flow_pcu_h > 0 ? total / flow_pcu_h : empty,
  };
  return { phase, flow_pcu_h };
}
