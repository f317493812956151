/** One seed on both engines, one after the other on the same machine in the same minute. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunOrder, ScenarioFiles } from "../../sim/index.ts";
import { openScenario } from "../../sim/scenario/open-scenario.ts";
import { runSumo } from "../../sim/traci/plain-run.ts";
import { endedChildren_s } from "../vision/process-figures.ts";
import { needed } from "./needed.ts";
import { oneAnswer } from "./one-answer.ts";
import type { Speed } from "./own-speed.child.ts";

export interface Pair {
  readonly scenario: string;
  readonly seed: number;
  readonly sumo: Speed;
  /** Writing the same as SUMO: a tripinfo file. */
  readonly own: Speed;
  /** Writing nothing. */
  readonly bare: Speed;
}

export const perSecond = ({ updates, wall_s }: Speed): number => updates / wall_s;
export const perCpuSecond = ({ updates, cpu_s }: Speed): number => updates / cpu_s;

function ownSpeed(files: ScenarioFiles, seed: number, folder: string | null): Promise<Speed> {
  const outputs = { folder: folder ?? "", kinds: ["tripinfo" as const], format: "xml" as const, period_s: 300 };
  const order: RunOrder = {
    files,
    plans: [],
    seeds: [seed],
    engine: "own",
    controller: "fixed",
    step_s: 1,
    lateral_resolution_m: null,
    yellow_s: null,
    ...(folder === null ? {} : { record: { outputs, replay: null, several: true } }),
  };
  return oneAnswer<Speed>("own-speed", order);
}

/**
 * SUMO's own reported duration, tripinfo on, nothing that only our lock watch needs. Its processor time is that of its process
 * less that of one that ends after a second of traffic.
 */
async function sumoSpeed(files: ScenarioFiles, seed: number, lateral_resolution_m: number): Promise<Speed> {
  const { network } = needed(await openScenario(files, []));
  const drive = async (end_s: number) => {
    const order = { files: { ...files, end_s }, plans: [], seed, step_s: 1, lateral_resolution_m, locks: false };
    const before_s = endedChildren_s();
    const run = needed(await runSumo(order, network));
    return { run, cpu_s: endedChildren_s() - before_s };
  };
  const loading = await drive(files.begin_s + 1);
  const { run, cpu_s } = await drive(files.end_s);
  return { updates: run.vehicle_updates, wall_s: run.wall_s, cpu_s: cpu_s - loading.cpu_s };
}

export async function pairOf(files: ScenarioFiles, seed: number, lateral_resolution_m: number): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), "greenwave-bench-"));
  try {
    const sumo = await sumoSpeed(files, seed, lateral_resolution_m);
    const own = await ownSpeed(files, seed, folder);
    return { scenario: files.name, seed, sumo, own, bare: await ownSpeed(files, seed, null) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
