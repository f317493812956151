/**
 * Does this plan keep I1 to I4, and I7? Yellow and red come from the intersection alone (I3). The proof has two parts that
 * do not lean on each other: the arithmetic of splits, rings and barriers (I2, I4), and the fixed-time greens laid
 * out second by second from the splits, in which every pair that must not run together is compared (I1).
 */
import type { Intersection } from "../../network/schema.ts";
import { type Problem, problem } from "../../problems/problem.ts";
import { machineConfig, machinePattern } from "../machine/convert.ts";
import { refusalOf } from "../machine/timetable.ts";
import { clearance_ds, needGreen_s } from "../needs.ts";
import type { Plan, Split } from "../plan.ts";
import { inSequence, ringsOfSequence } from "../sequences.ts";
import { overlapProblems } from "./overlaps.ts";
import type { Report } from "./report.ts";
import { waitProblems } from "./waits.ts";

/** Every problem, with paths relative to the plan. The intersection must itself be valid. */
export function validatePlan(stated: Intersection, plan: Plan): readonly Problem[] {
  const intersection = inSequence(stated, plan.sequence);
  const report: Report = (code, path, words) => problem(code, { intersection: intersection.id, ...words }, { path });
  const found = [
    ...frameProblems(intersection, plan, report),
    ...splitProblems(intersection, plan, report),
    ...sumProblems(intersection, plan, report),
    ...overlapProblems(intersection.signal, plan, report),
    ...waitProblems(intersection.signal, plan, report),
  ];
  if (found.length > 0) return found;
  const reason = refusalOf(machineConfig(intersection), machinePattern(plan));
  return reason === null ? [] : [report("PLAN_NOT_RUNNABLE", "", { reason })];
}

function frameProblems({ id, signal }: Intersection, plan: Plan, report: Report): readonly Problem[] {
  const { cycle_s, offset_s, sequence } = plan;
  const { cycle_min_s, cycle_max_s } = signal;
  const found: Problem[] = [];
  if (plan.intersection !== id) {
    found.push(report("PLAN_FOR_ANOTHER", "intersection", { plan_for: plan.intersection }));
  }
  if (ringsOfSequence(signal, sequence) === null) found.push(report("SEQUENCE_UNKNOWN", "sequence", { sequence }));
  if (!(cycle_s >= cycle_min_s && cycle_s <= cycle_max_s)) {
    found.push(report("CYCLE_OUT_OF_BOUNDS", "cycle_s", { cycle_s, cycle_min_s, cycle_max_s }));
  }
  if (!(offset_s >= 0 && offset_s < cycle_s)) {
    found.push(report("OFFSET_OUT_OF_CYCLE", "offset_s", { offset_s, cycle_s }));
  }
  return found;
}

function splitProblems({ signal }: Intersection, plan: Plan, report: Report): readonly Problem[] {
  const found: Problem[] = [];
  const seen = new Set<number>();
  for (const [i, split] of plan.splits.entries()) {
    const path = `splits.${i}`;
    const { phase } = split;
    if (seen.has(phase)) found.push(report("PHASE_TWICE", path, { phase, where: "splits" }));
    seen.add(phase);
    const known = signal.phases.find((p) => p.number === phase);
    if (known === undefined) found.push(report("PHASE_UNKNOWN", path, { phase, where: "splits" }));
    else if (split.mode === "omitted") found.push(...omissionProblems(signal.coord_phases, split, path, report));
    else {
      const need_s = needGreen_s(known) + clearance_ds(signal, phase) / 10;
      if (!(split.split_s >= need_s)) {
        found.push(report("SPLIT_SHORT", path, { phase, split_s: split.split_s, need_s }));
      }
    }
  }
  const missing = signal.phases.filter((phase) => !seen.has(phase.number));
  return [...found, ...missing.map((phase) => report("SPLIT_MISSING", "splits", { phase: phase.number }))];
}

function omissionProblems(coord: readonly number[], { phase, split_s }: Split, path: string, report: Report) {
  const found: Problem[] = [];
  if (coord.includes(phase)) found.push(report("COORD_PHASE_OMITTED", path, { phase }));
  if (split_s !== 0) found.push(report("OMITTED_WITH_SPLIT", path, { phase, split_s }));
  return found;
}

/** Rings reach every barrier together and fill the cycle. A ring with nothing left in a group may rest there. */
function sumProblems({ signal }: Intersection, plan: Plan, report: Report): readonly Problem[] {
  const splits = new Map(plan.splits.filter((s) => s.mode !== "omitted").map((s) => [s.phase, s.split_s]));
  const sumOf = (group: readonly number[]): number => group.reduce((sum, p) => sum + (splits.get(p) ?? 0), 0);
  const found: Problem[] = [];
  const groups = signal.rings[0]?.length ?? 0;
  let cycle = 0;
  for (let g = 0; g < groups; g++) {
    const rows = signal.rings.map((ring, r) => ({ ring: r + 1, phases: (ring[g] ?? []).filter((p) => splits.has(p)) }));
    const running = rows.filter((row) => row.phases.length > 0);
    const expected_s = Math.max(0, ...running.map((row) => sumOf(row.phases)));
    cycle += expected_s;
    for (const { ring, phases } of running) {
      const sum_s = sumOf(phases);
      if (sum_s !== expected_s) {
        found.push(report("BARRIER_SUM_UNEQUAL", "splits", { group: g + 1, ring, sum_s, expected_s }));
      }
    }
  }
  if (cycle === plan.cycle_s) return found;
  return [...found, report("CYCLE_SUM_UNEQUAL", "cycle_s", { sum_s: cycle, cycle_s: plan.cycle_s })];
}
