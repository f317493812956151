/** All contenders in turn, round after round, so that whatever else the machine does falls on all of them alike. */
import { type Done, flatOut, type Timing as Span, type Work } from "./flat-out.ts";
import { median } from "./statistics.ts";

export interface Timing extends Span {
  readonly rounds: number;
}

export interface Result {
  readonly name: string;
  /** Medians over the rounds. */
  readonly frames_per_s: number;
  readonly cpu_ms: number;
  /** One a round, for ratios within a round. */
  readonly rounds: readonly Done[];
}

export interface Throughput {
  readonly results: readonly Result[];
  /** Contenders that could not run here, and why. */
  readonly absent: readonly string[];
}

export async function measureRounds(
  works: readonly Work[],
  timing: Timing,
  say: (line: string) => void,
): Promise<Throughput> {
  const done = new Map<string, Done[]>(works.map(({ name }) => [name, []]));
  const absent: string[] = [];
  for (let round = 0; round < timing.rounds; round += 1) {
    say(`round ${round + 1} of ${timing.rounds} …`);
    for (const work of works.filter(({ name }) => done.has(name))) {
      try {
        done.get(work.name)?.push(await flatOut(work, timing));
      } catch (error) {
        if (round > 0) throw error;
        absent.push(error instanceof Error ? error.message : String(error));
        done.delete(work.name);
      }
    }
  }
  const results = [...done].map(
    ([name, rounds]): Result => ({
      name,
      frames_per_s: median(rounds.map((each) => each.frames_per_s)),
      cpu_ms: median(rounds.map((each) => each.cpu_ms)),
      rounds,
    }),
  );
  return { results, absent };
}
