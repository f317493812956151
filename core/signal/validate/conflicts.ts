/**
 * The conflict matrix: listed pairs are symmetric by form, never reflexive, about known phases. Phases of one ring
 * and phases of different barrier groups never run together anyway and need not be listed.
 */
import type { Problem } from "../../problems/problem.ts";
import type { SignalSpec } from "../schema.ts";
import { sharedGroup } from "../structure.ts";
import type { Report } from "./report.ts";

const pairKey = (a: number, b: number): string => `${Math.min(a, b)}-${Math.max(a, b)}`;

export function conflictProblems(signal: SignalSpec, report: Report): readonly Problem[] {
  const found: Problem[] = [];
  const seen = new Set<string>();
  for (const [i, { a, b, path_a_m, path_b_m }] of signal.conflicts.entries()) {
    const path = `signal.conflicts.${i}`;
    found.push(...unknown(signal, [a, b], path, "conflicts", report));
    if (a === b) found.push(report("CONFLICT_WITH_ITSELF", path, { phase: a }));
    else if (seen.has(pairKey(a, b))) found.push(report("CONFLICT_TWICE", path, { a, b }));
    seen.add(pairKey(a, b));
    const group = sharedGroup(signal, a, b);
    if (group >= 0) found.push(report("CONFLICT_SIDE_BY_SIDE", path, { a, b, group: group + 1 }));
    if ((path_a_m === undefined) !== (path_b_m === undefined)) found.push(report("GEOMETRY_HALF", path, { a, b }));
  }
  for (const [i, [a, b]] of signal.permissive.entries()) {
    const path = `signal.permissive.${i}`;
    found.push(...unknown(signal, [a, b], path, "permissive", report));
    if (seen.has(pairKey(a, b))) found.push(report("CONFLICT_AND_PERMISSIVE", path, { a, b }));
  }
  return found;
}

function unknown(
  signal: SignalSpec,
  pair: readonly number[],
  path: string,
  where: string,
  report: Report,
): readonly Problem[] {
  const missing = pair.filter((number) => !signal.phases.some((phase) => phase.number === number));
  return missing.map((phase) => report("PHASE_UNKNOWN", path, { phase, where }));
}
