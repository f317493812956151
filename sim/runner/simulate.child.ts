/** Simulates one seed after another, and says what came of each. */
import { ProblemError } from "../../core/problems/problem.ts";
import { Simulation } from "../engine/simulation.ts";
import { openScenario, type Scenario } from "../scenario/open-scenario.ts";
import { type Run, type RunAnswer, type RunOrder, runOrderSchema } from "./run-messages.ts";

const say = (answer: RunAnswer): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(answer, () => resolve());
  });

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

function simulate(scenario: Scenario, { files }: RunOrder, seed: number): { run: Run; note: string | null } {
  const { begin_s, end_s } = files;
  const simulation = new Simulation({ ...scenario, seed, begin_s, end_s });
  const began_ms = performance.now();
  const { lock, ...result } = simulation.run();
  const wall_s = (performance.now() - began_ms) / 1000;
  const run = {
    seed,
    ...result,
    delay_s: thousandth(result.delay_s),
    waiting_s: thousandth(result.waiting_s),
    travel_time_s: thousandth(result.travel_time_s),
    stops: thousandth(result.stops),
    locked: lock.length > 0,
    wall_s: thousandth(wall_s),
  };
  return { run, note: lock.length === 0 ? null : lock.join(" -> ") };
}

async function obey(message: unknown): Promise<void> {
  const order = runOrderSchema.parse(message);
  try {
    const scenario = await openScenario(order.files, order.plans);
    if (!scenario.ok) throw new ProblemError(scenario.problems);
    for (const seed of order.seeds) await say({ kind: "run", ...simulate(scenario.value, order, seed) });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    await say({ kind: "failed", problems: [...error.problems] });
  }
  await say({ kind: "done" });
  process.disconnect();
}

process.once("message", (message) => void obey(message));
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when its children end.
process.on("SIGINT", () => undefined);
void say({ kind: "listening" });
