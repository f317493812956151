/** Each phase by itself: unique, with minimums that fit its own limits. */
import type { Problem } from "../../problems/problem.ts";
import type { Phase, SignalSpec } from "../schema.ts";
import type { Report } from "./report.ts";

/** MUTCD 4E.06: 7 s, or 4 s where few people walk. */
const WALK_FLOOR_S = 4;

export function phaseProblems({ phases }: SignalSpec, report: Report): readonly Problem[] {
  const seen = new Set<number>();
  return phases.flatMap((phase, i) => {
    const path = `signal.phases.${i}`;
    const twice = seen.has(phase.number);
    seen.add(phase.number);
    return [
      ...(twice ? [report("PHASE_TWICE", `${path}.number`, { phase: phase.number, where: "phases" })] : []),
      ...limitProblems(phase, path, report),
    ];
  });
}

function limitProblems(phase: Phase, path: string, report: Report): readonly Problem[] {
  const { number, walk_s, ped_clear_s, max_green_s } = phase;
  const found: Problem[] = [];
  if (max_green_s < phase.min_green_s) {
    const words = { phase: number, max_green_s, need_s: phase.min_green_s };
    found.push(report("MAX_GREEN_SHORT", `${path}.max_green_s`, words));
  }
  const walks = walk_s > 0 || ped_clear_s > 0;
  if (walks && (walk_s < WALK_FLOOR_S || ped_clear_s === 0)) {
    const words = { phase: number, walk_s, ped_clear_s, need_s: WALK_FLOOR_S };
    found.push(report("WALK_INCOMPLETE", `${path}.walk_s`, words));
  }
  if (phase.recall === "ped" && walk_s === 0) {
    found.push(report("PED_RECALL_WITHOUT_WALK", `${path}.recall`, { phase: number }));
  }
  return found;
}
