/** Many seeds of one scenario, in as many processes as there are processors; the figures do not depend on how many. */
import { availableParallelism } from "node:os";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { endChild, forkCompiled } from "./compiled-child.ts";
import { type Run, type RunOrder, runAnswerSchema } from "./run-messages.ts";

export interface SeedsOrder extends RunOrder {
  /** Told how much of all seeds is driven, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Once, before the first run: what of the scenario was read and nothing came of. */
  readonly onNotes?: (notes: readonly Problem[]) => void;
  /** Told as soon as a run is over; `lock`: the vehicles of a lock, or null. */
  readonly onRun?: (run: Run, lock: string | null) => void;
  readonly stop?: AbortSignal | undefined;
  /** Compiled file of a child that calls `serveRuns`, from the project's folder; that of `sim` where absent. */
  readonly entry?: string;
}

const ENTRY = "dist/sim/runner/simulate.child.js";

/** Every `count`-th seed from `first` on: neighbours cost about the same. */
const share = (seeds: readonly number[], first: number, count: number): number[] =>
  seeds.filter((_, at) => at % count === first);

/** Resolves when the child is gone: with its runs, or with why it has none. */
function oneChild(
  order: SeedsOrder,
  seeds: readonly number[],
  far: (seed: number, share: number) => void,
): Promise<Result<Run[]>> {
  const { onProgress, onRun, onNotes, stop, entry = ENTRY, ...asked } = order;
  const child = forkCompiled(entry);
  const runs: Run[] = [];
  let problems: Problem[] = [];
  let [done, said, lacksMemory] = [false, "", false];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
    lacksMemory ||= /heap out of memory|Array buffer allocation failed/.test(said);
  });
  child.on("message", (message) => {
    const answer = runAnswerSchema.parse(message);
    if (answer.kind === "listening") {
      child.send({ ...asked, seeds });
    } else if (answer.kind === "progress") far(answer.seed, answer.share);
    else if (answer.kind === "run") {
      runs.push(answer.run);
      far(answer.run.seed, 1);
      onRun?.(answer.run, answer.note);
    } else if (answer.kind === "notes") onNotes?.(answer.problems as Problem[]);
    else if (answer.kind === "failed") problems = answer.problems as Problem[];
    else done = true;
  });
  const abort = (): void => endChild(child);
  stop?.addEventListener("abort", abort, { once: true });
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      stop?.removeEventListener("abort", abort);
      const lines = said.trim().split("\n");
      const how =
        lines.findLast((each) => /^\w*Error\b/.test(each)) ||
        lines.at(-1) ||
        (signal === null ? `exit code ${code}` : `signal ${signal}`);
      if (problems.length > 0) resolve(failed(...problems));
      else if (lacksMemory) resolve(failed(problem("SCENARIO_TOO_LARGE", { reason: "heap out of memory" })));
      else resolve(done ? ok(runs) : failed(problem("SIMULATION_PROCESS_ENDED", { reason: how })));
    });
  });
}

/** In order of the seeds. Fails with the first process that fails; the others are ended. */
export async function simulateSeeds(order: SeedsOrder): Promise<Result<readonly Run[]>> {
  const count = Math.max(1, Math.min(order.seeds.length, availableParallelism()));
  const others = new AbortController();
  order.stop?.addEventListener("abort", () => others.abort(), { once: true });
  const parts = Array.from({ length: count }, (_, at) => share(order.seeds, at, count));
  const failures: Result<Run[]>[] = [];
  const shares = new Map<number, number>();
  const far = (seed: number, share: number): void => {
    shares.set(seed, share);
    order.onProgress?.([...shares.values()].reduce((sum, each) => sum + each, 0) / order.seeds.length);
  };
  const results = await Promise.all(
    parts.map(async (seeds, at) => {
      // All open the same files: what one has to say of them is enough.
      const { onNotes, ...rest } = order;
      const told = onNotes === undefined || at > 0 ? rest : order;
      const result = await oneChild({ ...told, stop: others.signal }, seeds, far);
      if (!result.ok) {
        failures.push(result);
        others.abort();
      }
      return result;
    }),
  );
  const [first] = failures;
  if (first !== undefined) return first;
  const runs = results.flatMap((result) => (result.ok ? result.value : []));
  return ok(runs.toSorted((a, b) => a.seed - b.seed));
}
