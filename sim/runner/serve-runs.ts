/** A child process that simulates one seed after another, and says what came of each. */
import { ProblemError } from "../../core/problems/problem.ts";
import { openScenario } from "../scenario/open-scenario.ts";
import { driveSeed, type Outside, warmUp } from "./drive.ts";
import type { Driven } from "./driven.ts";
import { type Run, type RunAnswer, runOrderSchema } from "./run-messages.ts";
import { thousandth } from "./score.ts";

const say = (answer: RunAnswer): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(answer, () => resolve());
  });

/** Progress is told so often at most. */
const every_ms = 200;

function runOf(seed: number, { lock, types: _, ...driven }: Driven): { run: Run; note: string | null } {
  const run = {
    seed,
    ...driven,
    delay_s: thousandth(driven.delay_s),
    waiting_s: thousandth(driven.waiting_s),
    travel_time_s: thousandth(driven.travel_time_s),
    stops: thousandth(driven.stops),
    locked: lock.length > 0,
    wall_s: thousandth(driven.wall_s),
  };
  return { run, note: lock.length === 0 ? null : lock.join(" -> ") };
}

/** Tells the parent how far a seed has come. */
function teller(seed: number): (share: number) => Promise<void> {
  let told_ms = performance.now();
  return async (share) => {
    const now_ms = performance.now();
    if (now_ms - told_ms < every_ms) return;
    told_ms = now_ms;
    await say({ kind: "progress", seed, share });
  };
}

async function obey(message: unknown, outside: Outside): Promise<void> {
  const order = runOrderSchema.parse(message);
  try {
    const scenario = await openScenario(order.files, order.plans);
    if (!scenario.ok) throw new ProblemError(scenario.problems);
    if (scenario.value.notes.length > 0) await say({ kind: "notes", problems: [...scenario.value.notes] });
    warmUp(scenario.value, order);
    for (const seed of order.seeds) {
      const driven = await driveSeed(scenario.value, order, seed, teller(seed), outside);
      if (!driven.ok) throw new ProblemError(driven.problems);
      await say({ kind: "run", ...runOf(seed, driven.value) });
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    await say({ kind: "failed", problems: [...error.problems] });
  }
  await say({ kind: "done" });
  process.disconnect();
}

/** Once a process, which ends when its parent does. */
export function serveRuns(outside: Outside = {}): void {
  process.once("message", (message) => void obey(message, outside));
  process.on("disconnect", () => process.exit(0));
  // Ctrl-C reaches the whole process group; the parent decides when its children end.
  process.on("SIGINT", () => undefined);
  // A running `sumo` is ended on the way out.
  process.on("SIGTERM", () => process.exit(143));
  void say({ kind: "listening" });
}
