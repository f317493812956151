/** One seed on our own engine, in a process that has driven others before: code is compiled, that of the outputs too. */
import { ProblemError, type Result } from "../../core/problems/problem.ts";
import { driveSeed } from "../../sim/runner/drive.ts";
import type { RunOrder } from "../../sim/runner/run-messages.ts";
import { openScenario } from "../../sim/scenario/open-scenario.ts";

const warmUps = 2;

export interface Speed {
  readonly updates: number;
  readonly wall_s: number;
  /** Of all its threads. */
  readonly cpu_s: number;
}

function needed<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problems);
}

async function measure(order: RunOrder): Promise<Speed> {
  const scenario = needed(await openScenario(order.files, order.plans));
  const [seed = 0] = order.seeds;
  const drive = async (each: number) => needed(await driveSeed(scenario, order, each, () => Promise.resolve()));
  for (let other = 1; other <= warmUps; other += 1) await drive(seed + other);
  const before = process.cpuUsage();
  const { vehicle_updates, wall_s } = await drive(seed);
  const { user, system } = process.cpuUsage(before);
  return { updates: vehicle_updates, wall_s, cpu_s: (user + system) / 1e6 };
}

process.once("message", (order) => {
  void measure(order as RunOrder).then((speed) => process.send?.(speed, () => process.disconnect()));
});
process.on("disconnect", () => process.exit(0));
