/** Is this intersection one that can be run safely? Every problem is reported, each with its place. */
import type { Intersection } from "../../network/schema.ts";
import { type Problem, problem } from "../../problems/problem.ts";
import { longestCycle_s, shortestCycle_s } from "../needs.ts";
import type { SignalSpec } from "../schema.ts";
import { clearanceProblems } from "./clearances.ts";
import { conflictProblems } from "./conflicts.ts";
import { monitorProblems } from "./monitor.ts";
import { overlapLampProblems } from "./overlap-lamps.ts";
import { phaseProblems } from "./phases.ts";
import { preemptProblems } from "./preempts.ts";
import type { Report } from "./report.ts";
import { sequenceProblems } from "./sequences.ts";
import { timePlanProblems } from "./time-plan.ts";

/** Paths are relative to the intersection, such as `signal.rings.0.1`. */
export function validateIntersection(intersection: Intersection): readonly Problem[] {
  const report: Report = (code, path, words) => problem(code, { intersection: intersection.id, ...words }, { path });
  const { signal } = intersection;
  const structure = [
    ...phaseProblems(signal, report),
    ...lanePhaseProblems(intersection, report),
    ...ringProblems(signal, report),
    ...conflictProblems(signal, report),
    ...clearanceProblems(intersection, report),
    ...coordinationProblems(signal, report),
    ...sequenceProblems(signal, report),
  ];
  const cycles = cycleProblems(signal, structure.length === 0, report);
  const sound = structure.length + cycles.length === 0;
  return [
    ...structure,
    ...cycles,
    ...overlapLampProblems(signal, report),
    ...preemptProblems(signal, report),
    ...monitorProblems(signal, report),
    ...timePlanProblems(intersection, sound, report),
  ];
}

function lanePhaseProblems({ approaches, signal }: Intersection, report: Report): readonly Problem[] {
  const known = new Set(signal.phases.map((phase) => phase.number));
  return approaches.flatMap((approach, a) =>
    approach.lanes.flatMap((lane, l) =>
      known.has(lane.phase)
        ? []
        : [
            report("PHASE_UNKNOWN", `approaches.${a}.lanes.${l}.phase`, {
              phase: lane.phase,
              where: `lane ${lane.id}`,
            }),
          ],
    ),
  );
}

function ringProblems({ rings, phases }: SignalSpec, report: Report): readonly Problem[] {
  const found: Problem[] = [];
  const expected = rings[0]?.length ?? 0;
  for (const [r, { length: groups }] of rings.entries()) {
    if (groups !== expected) {
      found.push(report("RING_GROUPS_UNEQUAL", `signal.rings.${r}`, { ring: r + 1, groups, expected }));
    }
  }
  const known = new Set(phases.map((phase) => phase.number));
  const placed = new Set<number>();
  for (const { phase, ring, path } of places(rings)) {
    if (!known.has(phase)) found.push(report("PHASE_UNKNOWN", path, { phase, where: `ring ${ring}` }));
    if (placed.has(phase)) found.push(report("PHASE_TWICE", path, { phase, where: "rings" }));
    placed.add(phase);
  }
  const unplaced = phases.filter((phase) => !placed.has(phase.number));
  return [...found, ...unplaced.map((p) => report("PHASE_NOT_IN_RINGS", "signal.rings", { phase: p.number }))];
}

const places = (rings: SignalSpec["rings"]) =>
  rings.flatMap((ring, r) =>
    ring.flatMap((group, g) => group.map((phase, i) => ({ phase, ring: r + 1, path: `signal.rings.${r}.${g}.${i}` }))),
  );

function coordinationProblems({ rings, coord_phases, phases }: SignalSpec, report: Report): readonly Problem[] {
  const path = "signal.coord_phases";
  const found: Problem[] = [];
  const known = new Set(phases.map((phase) => phase.number));
  for (const [i, phase] of coord_phases.entries()) {
    if (!known.has(phase)) found.push(report("PHASE_UNKNOWN", `${path}.${i}`, { phase, where: "coord_phases" }));
  }
  for (const [r, ring] of rings.entries()) {
    const count = coord_phases.filter((phase) => ring.some((group) => group.includes(phase))).length;
    if (count !== 1) found.push(report("COORD_PHASE_PER_RING", path, { ring: r + 1, count }));
  }
  const groupOf = (phase: number): number => Math.max(...rings.map((ring) => ring.findIndex((g) => g.includes(phase))));
  const first = coord_phases[0] ?? 0;
  for (const other of coord_phases.slice(1)) {
    if (groupOf(other) !== groupOf(first)) found.push(report("COORD_PHASES_APART", path, { a: first, b: other }));
  }
  return found;
}

/** The shortest cycle is only worth computing where phases and rings make sense. */
function cycleProblems(signal: SignalSpec, sound: boolean, report: Report): readonly Problem[] {
  const { cycle_min_s } = signal;
  // I7 may allow less than cycle_max_s.
  const cycle_max_s = longestCycle_s(signal);
  const found: Problem[] = [];
  if (cycle_min_s > cycle_max_s) {
    found.push(report("CYCLE_BOUNDS_CROSSED", "signal.cycle_min_s", { cycle_min_s, cycle_max_s }));
  }
  const need_s = sound ? shortestCycle_s(signal) : 0;
  if (need_s > cycle_max_s) {
    found.push(report("MINIMUMS_EXCEED_CYCLE", "signal.cycle_max_s", { need_s, cycle_max_s }));
  }
  return found;
}
