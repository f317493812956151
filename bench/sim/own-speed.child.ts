/** One seed on our own engine, in a process that has driven others for some seconds: code is compiled, that of the outputs too. */
import { driveSeed } from "../../sim/runner/drive.ts";
import { inlineMore } from "../../sim/runner/inline-more.ts";
import type { RunOrder } from "../../sim/runner/run-messages.ts";
import { openScenario } from "../../sim/scenario/open-scenario.ts";
import { needed } from "./needed.ts";

const leastWarmUps = 2;
/** Of processor time, its compilers' included: short scenarios are driven some ten times. */
const warmUp_us = 4_000_000;

export interface Speed {
  readonly updates: number;
  readonly wall_s: number;
  /** Of all its threads. */
  readonly cpu_s: number;
}

async function measure(order: RunOrder): Promise<Speed> {
  const scenario = needed(await openScenario(order.files, order.plans));
  const [seed = 0] = order.seeds;
  const drive = async (each: number) => needed(await driveSeed(scenario, order, each, () => Promise.resolve()));
  for (let other = 1; other <= leastWarmUps || process.cpuUsage().user < warmUp_us; other += 1)
    await drive(seed + other);
  const before = process.cpuUsage();
  const { vehicle_updates, wall_s } = await drive(seed);
  const { user, system } = process.cpuUsage(before);
  return { updates: vehicle_updates, wall_s, cpu_s: (user + system) / 1e6 };
}

inlineMore();
process.once("message", (order) => {
  void measure(order as RunOrder).then((speed) => process.send?.(speed, () => process.disconnect()));
});
process.on("disconnect", () => process.exit(0));
