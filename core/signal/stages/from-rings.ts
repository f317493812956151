/** A plan of rings and barriers as stages: exact, with nothing lost but which ring a phase stands in. */
import type { Plan } from "../plan.ts";
import type { SignalSpec } from "../schema.ts";
import { inSequence } from "../sequences.ts";
import type { Stage, StagePlan } from "./stage.ts";

/**
 * A stage ends where any ring goes on to its next phase. From the first barrier group on; omitted phases do not appear. A
 * ring that has nothing to run in a group rests there.
 */
export function stagesOf(intersection: { readonly id: string; readonly signal: SignalSpec }, plan: Plan): StagePlan {
  const { rings } = inSequence(intersection, plan.sequence).signal;
  const splits = new Map(
    plan.splits.filter(({ mode }) => mode !== "omitted").map((each) => [each.phase, each.split_s]),
  );
  const groups = rings[0]?.length ?? 0;
  const stages = Array.from({ length: groups }, (_, g) =>
    stagesOfGroup(
      rings.map((ring) => ring[g] ?? []),
      splits,
    ),
  );
  return { intersection: intersection.id, stages: stages.flat() };
}

function stagesOfGroup(rows: readonly (readonly number[])[], splits: ReadonlyMap<number, number>): readonly Stage[] {
  const runs = rows.flatMap((phases) => {
    let from = 0;
    return phases.flatMap((phase) => {
      const split_s = splits.get(phase);
      if (split_s === undefined) return [];
      const run = { phase, from, to: from + split_s };
      from = run.to;
      return [run];
    });
  });
  const changes = [...new Set(runs.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  return changes.slice(1).map((to, i) => {
    const from = changes[i] ?? 0;
    const phases = runs.filter((run) => run.from < to && run.to > from).map(({ phase }) => phase);
    return { phases: phases.toSorted((a, b) => a - b), duration_s: to - from };
  });
}
