/** SUMO by itself, without TraCI: its own programs, its own clock. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { failed, ok, ProblemError, type Result } from "../../core/problems/problem.ts";
import type { SimulationResult } from "../engine/simulation.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { findLock } from "./standing.ts";
import { type SumoOrder, sumoArguments, sumoFolder, tripsFile } from "./sumo-inputs.ts";
import { SumoProcess } from "./sumo-process.ts";
import { readTrips } from "./trip-output.ts";

export interface SumoRun extends SimulationResult {
  /** The stepping loop, as SUMO itself reports it. */
  readonly wall_s: number;
}

/**
 * From the report that SUMO prints. It rounds its duration to hundredths of a second; the factor on real time is finer. Updates of
 * people are not among the vehicles'.
 */
export function ownReport(out: string, span_s: number): { readonly wall_s: number; readonly updates: number } | null {
  const figure = (name: string): number =>
    Number(new RegExp(`^ ${name}: (?<v>[\\d.eE+-]+)`, "m").exec(out)?.groups?.["v"]);
  const wall_s = Math.round((span_s / figure("Real time factor")) * 1000) / 1000;
  const updates = Math.round(figure("UPS") * wall_s);
  return wall_s > 0 && Number.isFinite(updates) ? { wall_s, updates } : null;
}

/** Outputs of a run that is over, in `folder`. */
export async function sumoResult(
  network: RoadNetwork,
  folder: string,
  { step_s, locks = true }: SumoOrder,
): Promise<Result<SimulationResult>> {
  const trips = await readTrips(join(folder, tripsFile));
  if (!trips.ok) return trips;
  const { driven_s, ...sums } = trips.value;
  try {
    const lock = locks ? await findLock(network, folder) : [];
    return ok({ ...sums, vehicle_updates: Math.round(driven_s / step_s), lock });
  } catch (error) {
    if (error instanceof ProblemError) return failed(...error.problems);
    throw error;
  }
}

export async function runSumo(order: SumoOrder, network: RoadNetwork): Promise<Result<SumoRun>> {
  const folder = await sumoFolder();
  try {
    const sumo = new SumoProcess(await sumoArguments(order, folder), folder);
    const wrong = await sumo.ended;
    if (wrong !== null) return failed(wrong);
    const result = await sumoResult(network, folder, order);
    if (!result.ok) return result;
    const report = ownReport(sumo.out, order.files.end_s - order.files.begin_s);
    const { vehicle_updates } = result.value;
    return ok({ ...result.value, wall_s: report?.wall_s ?? 0, vehicle_updates: report?.updates ?? vehicle_updates });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
