/** Stated sequences: the phases of every ring and barrier group, in another order and nothing else. */
import type { Problem } from "../../problems/problem.ts";
import type { SignalSpec } from "../schema.ts";
import type { Report } from "./report.ts";

const inOrder = (phases: readonly number[] = []): string => phases.toSorted((a, b) => a - b).join(" ") || "none";

export function sequenceProblems({ rings, sequences = [] }: SignalSpec, report: Report): readonly Problem[] {
  const seen = new Set<number>();
  return sequences.flatMap((row, i) => {
    const path = `signal.sequences.${i}`;
    const { number: sequence } = row;
    const twice = seen.has(sequence) ? [report("SEQUENCE_TWICE", `${path}.number`, { sequence })] : [];
    seen.add(sequence);
    const most = Math.max(rings.length, row.rings.length);
    const regroups = Array.from({ length: most }, (_, r) => r).flatMap((r) => {
      const groups = Math.max(rings[r]?.length ?? 0, row.rings[r]?.length ?? 0);
      return Array.from({ length: groups }, (_, g) => g).flatMap((g) => {
        const [expected, got] = [inOrder(rings[r]?.[g]), inOrder(row.rings[r]?.[g])];
        const words = { sequence, ring: r + 1, group: g + 1, expected, got };
        return expected === got ? [] : [report("SEQUENCE_REGROUPS", `${path}.rings.${r}.${g}`, words)];
      });
    });
    return [...twice, ...regroups];
  });
}
