/**
 * Stages as rings, barriers and splits, where they can be: each phase green once in a cycle, all ending together somewhere,
 * and every ring busy from one such barrier to the next. What rings cannot say is said, all of it.
 */
import { failed, ok, type Problem, problem, type Result } from "../../problems/problem.ts";
import { pairsOf } from "../structure.ts";
import type { Stage, StagePlan } from "./stage.ts";

export interface RingPlan {
  /** `rings[r][g]`: phases of ring r in barrier group g, in order. */
  readonly rings: readonly (readonly (readonly number[])[])[];
  readonly cycle_s: number;
  /** In order of phase. */
  readonly splits: readonly { readonly phase: number; readonly split_s: number }[];
  /** How many of the stages given come after the first barrier: the rest comes at the end of the cycle. */
  readonly first_stage: number;
}

type Conflict = (a: number, b: number) => boolean;

const MOST_RINGS = 4;
const LONGEST_SPLIT_S = 255;

/** `conflict` of two phases that must never run together, in any order of the two. */
export function ringsOf(plan: StagePlan, conflict: Conflict): Result<RingPlan> {
  const { intersection, stages } = plan;
  const phases = [...new Set(stages.flatMap((stage) => stage.phases))].toSorted((a, b) => a - b);
  const shape = [...repeated(plan, phases), ...crowded(plan), ...meetings(plan, conflict)];
  const first_stage = stages.findIndex((stage, i) => !sharesPhase(stage, before(stages, i)));
  if (first_stage < 0) shape.push(problem("STAGES_NO_BARRIER", { intersection }));
  if (shape.length > 0) return failed(...shape);
  const turned = [...stages.slice(first_stage), ...stages.slice(0, first_stage)];
  const laid = layRings(intersection, turned);
  const splits = phases.map((phase) => ({ phase, split_s: splitOf(stages, phase) }));
  const found = [...laid.problems, ...wholeSplits(intersection, splits), ...ringMeetings(plan, laid.rings, conflict)];
  if (found.length > 0) return failed(...found);
  const cycle_s = stages.reduce((sum, stage) => sum + stage.duration_s, 0);
  return ok({ rings: laid.rings, cycle_s, splits, first_stage });
}

const before = (stages: readonly Stage[], i: number): Stage | undefined => stages.at(i - 1);

const sharesPhase = (stage: Stage, other: Stage | undefined): boolean =>
  other !== undefined && stage.phases.some((phase) => other.phases.includes(phase));

const splitOf = (stages: readonly Stage[], phase: number): number =>
  stages.reduce((sum, stage) => (stage.phases.includes(phase) ? sum + stage.duration_s : sum), 0);

/** One green in a cycle, and an end to it. */
function repeated({ intersection, stages }: StagePlan, phases: readonly number[]): Problem[] {
  return phases.flatMap((phase) => {
    const runs = stages.map((stage) => stage.phases.includes(phase));
    if (runs.every(Boolean)) return [problem("STAGE_PHASE_ALWAYS", { intersection, phase })];
    const count = runs.filter((on, i) => on && !runs.at(i - 1)).length;
    return count > 1 ? [problem("STAGE_PHASE_TWICE", { intersection, phase, count })] : [];
  });
}

function crowded({ intersection, stages }: StagePlan): Problem[] {
  return stages.flatMap(({ phases }, i) =>
    phases.length > MOST_RINGS
      ? [problem("STAGE_RINGS_MANY", { intersection, stage: i + 1, count: phases.length }, { path: `stages.${i}` })]
      : [],
  );
}

function meetings({ intersection, stages }: StagePlan, conflict: Conflict): Problem[] {
  return stages.flatMap(({ phases }, i) =>
    pairsOf(phases)
      .filter(([a, b]) => conflict(a, b) || conflict(b, a))
      .map(([a, b]) => problem("STAGE_CONFLICT", { intersection, a, b }, { path: `stages.${i}` })),
  );
}

interface Laid {
  readonly rings: number[][][];
  readonly problems: readonly Problem[];
}

/** Stage by stage: who goes on stays in his ring, who starts takes a ring that just ended, in order of number. */
function layRings(intersection: string, stages: readonly Stage[]): Laid {
  const count = Math.max(...stages.map(({ phases }) => phases.length));
  const rings: number[][][] = Array.from({ length: count }, () => []);
  let running: readonly (number | null)[] = rings.map(() => null);
  const problems: Problem[] = [];
  for (const [i, stage] of stages.entries()) {
    if (i === 0 || !sharesPhase(stage, stages[i - 1])) {
      for (const ring of rings) ring.push([]);
      running = rings.map(() => null);
    }
    const next = takenOn(running, stage);
    for (const [r, phase] of next.entries()) if (phase !== null && phase !== running[r]) rings[r]?.at(-1)?.push(phase);
    if (next.includes(null)) problems.push(problem("STAGE_RING_REST", { intersection, stage: i + 1 }));
    running = next;
  }
  return { rings, problems };
}

/** What each ring runs in a stage; null where it has nothing. */
function takenOn(running: readonly (number | null)[], { phases }: Stage): readonly (number | null)[] {
  const starting = phases.filter((phase) => !running.includes(phase));
  return running.map((phase) => (phase !== null && phases.includes(phase) ? phase : (starting.shift() ?? null)));
}

function wholeSplits(intersection: string, splits: RingPlan["splits"]): Problem[] {
  return splits.flatMap(({ phase, split_s }) =>
    Number.isInteger(split_s) && split_s <= LONGEST_SPLIT_S
      ? []
      : [problem("STAGE_SPLIT_WHOLE", { intersection, phase, split_s })],
  );
}

/** Between two barriers rings run apart: whoever is in another ring of the group may be met, now or when splits change. */
function ringMeetings({ intersection }: StagePlan, rings: RingPlan["rings"], conflict: Conflict): Problem[] {
  const groups = rings[0]?.length ?? 0;
  return Array.from({ length: groups }, (_, g) => rings.map((ring) => ring[g] ?? [])).flatMap((group) =>
    pairsOf(group).flatMap(([one, other]) =>
      one.flatMap((a) =>
        other
          .filter((b) => conflict(a, b) || conflict(b, a))
          .map((b) => problem("STAGE_CONFLICT", { intersection, a, b })),
      ),
    ),
  );
}
