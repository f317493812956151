/** Emergency vehicles on their way to an intersection, known by their route and where they are. */
import { AFTER_STOP, type Junction, PRIORITY, RED, YIELDING } from "../junction.ts";

export interface Emergency {
  /** Which; the same for as long as it drives. */
  readonly id: number;
  /** Ways over the intersection that its route takes: one for each lane it may come on. */
  readonly movements: readonly number[];
  /** To the stop line, if nobody were in the way. */
  readonly eta_s: number;
}

/** By what a stage gives a way. */
const worthOf = { [RED]: 0, [AFTER_STOP]: 0, [YIELDING]: 1e2, [PRIORITY]: 1e4 } as Readonly<Record<number, number>>;

/** The stage that lets it pass best: with priority on most of its ways, then with most green on its approach; of equals `shown`. */
export function stageFor(
  { lanes, movements, stages }: Junction,
  { movements: ways }: Emergency,
  shown: number,
): number {
  const approach = new Set(ways.flatMap((m) => [...(lanes[movements[m]?.lane as number]?.movements ?? [])]));
  const worth = (stage: number): number => {
    const given = stages[stage] as Uint8Array;
    const passing = ways.reduce((sum, m) => sum + (worthOf[given[m] as number] as number), 0);
    const beside = [...approach].filter((m) => (given[m] as number) >= YIELDING).length;
    return passing + beside + (stage === shown ? 0.5 : 0);
  };
  let best = shown;
  for (let stage = 0; stage < stages.length; stage += 1) if (worth(stage) > worth(best)) best = stage;
  return best;
}
