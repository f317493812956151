/** I3: every phase has a yellow and a red clearance, long enough for the traffic that meets them. */
import type { Approach, Intersection } from "../../network/schema.ts";
import type { Problem } from "../../problems/problem.ts";
import { RED_CLEAR_FLOOR_S, yellowNeeded_s } from "../clearance.ts";
import type { Clearance } from "../schema.ts";
import type { Report } from "./report.ts";

export function clearanceProblems({ signal, approaches }: Intersection, report: Report): readonly Problem[] {
  const found: Problem[] = [];
  const seen = new Set<number>();
  for (const [i, clearance] of signal.clearances.entries()) {
    const { phase } = clearance;
    const path = `signal.clearances.${i}`;
    if (!signal.phases.some((p) => p.number === phase)) {
      found.push(report("PHASE_UNKNOWN", `${path}.phase`, { phase, where: "clearances" }));
    }
    if (seen.has(phase)) found.push(report("PHASE_TWICE", `${path}.phase`, { phase, where: "clearances" }));
    seen.add(phase);
    found.push(...tooShort(clearance, approaches, path, report));
  }
  const without = signal.phases.filter((phase) => !seen.has(phase.number));
  return [...found, ...without.map((p) => report("CLEARANCE_MISSING", "signal.clearances", { phase: p.number }))];
}

function tooShort(
  { phase, yellow_s, red_clear_s }: Clearance,
  approaches: readonly Approach[],
  path: string,
  report: Report,
): readonly Problem[] {
  const served = approaches.filter((approach) => approach.lanes.some((lane) => lane.phase === phase));
  const found = served.flatMap(({ id, speed_kmh, grade_pct }) => {
    const need_s = yellowNeeded_s(speed_kmh, grade_pct);
    if (yellow_s >= need_s) return [];
    return [report("YELLOW_SHORT", `${path}.yellow_s`, { phase, yellow_s, need_s, speed_kmh, approach: id })];
  });
  if (red_clear_s >= RED_CLEAR_FLOOR_S) return found;
  const words = { phase, red_clear_s, need_s: RED_CLEAR_FLOOR_S };
  return [...found, report("RED_CLEAR_SHORT", `${path}.red_clear_s`, words)];
}
