/** Roads, demand and plans of a scenario, read and checked against each other. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { Demand } from "../demand/demand.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";
import { readNet } from "../sumo/read-net.ts";
import { readPlan } from "../sumo/read-plan.ts";
import { readRoutes } from "../sumo/read-routes.ts";
import { fileChunks } from "./file-chunks.ts";
import type { ScenarioFiles } from "./find-scenario.ts";

export interface Scenario {
  readonly network: RoadNetwork;
  readonly demand: Demand;
  /** Loaded after the network's own, in this order. */
  readonly programs: readonly SignalProgram[];
}

function merged(parts: readonly Demand[]): Demand {
  const types = parts.flatMap((part) => part.types);
  let before = 0;
  const departures = parts.flatMap((part) => {
    const from = before;
    before += part.types.length;
    return part.departures.map((departure) => ({ ...departure, type: departure.type + from }));
  });
  return { types, departures: departures.toSorted((a, b) => a.depart_s - b.depart_s) };
}

/** `plans`: additional files with signal programs, on top of those that the scenario names. */
export async function openScenario(files: ScenarioFiles, plans: readonly string[]): Promise<Result<Scenario>> {
  const network = await readNet(files.net, fileChunks(files.net));
  if (!network.ok) return network;
  const parts: Demand[] = [];
  for (const file of files.routes) {
    const read = await readRoutes(file, fileChunks(file), network.value);
    if (!read.ok) return read;
    parts.push(read.value);
  }
  const programs: SignalProgram[] = [];
  for (const file of [...files.additionals, ...plans]) {
    const read = await readPlan(file, fileChunks(file));
    if (!read.ok) return read;
    programs.push(...read.value);
  }
  const strange = programs.find(({ signal }) => !network.value.signals.includes(signal));
  if (strange !== undefined) return failed(problem("SCENARIO_SIGNAL_UNKNOWN", { signal: strange.signal }));
  const inForce = new Map([...network.value.programs, ...programs].map((each) => [each.signal, each]));
  const other = [...inForce.values()].find(({ type }) => type !== "static");
  if (other !== undefined) {
    return failed(problem("SIMULATE_PLAN_ACTUATED", { signal: other.signal, type: other.type }));
  }
  return ok({ network: network.value, demand: merged(parts), programs });
}
