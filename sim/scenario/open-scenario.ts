/** Roads, demand and plans of a scenario, read and checked against each other. */
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { Demand } from "../demand/demand.ts";
import { programsInForce } from "../network/programs-in-force.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";
import { checkPrograms } from "../sumo/checked-programs.ts";
import type { DetectorDefinition } from "../sumo/detector-reader.ts";
import { Notes } from "../sumo/notes.ts";
import { readNet } from "../sumo/read-net.ts";
import { TrafficReader } from "../sumo/read-traffic.ts";
import { fileChunks } from "./file-chunks.ts";
import type { ScenarioFiles } from "./find-scenario.ts";

export interface Scenario {
  readonly network: RoadNetwork;
  readonly demand: Demand;
  /** Loaded after the network's own, in this order. */
  readonly programs: readonly SignalProgram[];
  /** As additional files place them. */
  readonly detectors: readonly DetectorDefinition[];
  /** What was read and nothing came of. */
  readonly notes: readonly Problem[];
}

async function openSumo(files: ScenarioFiles, plans: readonly string[]): Promise<Result<Scenario>> {
  const notes = new Notes();
  const network = await readNet(files.net, fileChunks(files.net), notes);
  if (!network.ok) return network;
  const traffic = new TrafficReader(network.value, files);
  for (const file of [...files.additionals, ...files.routes, ...plans]) {
    const read = await traffic.read(file, fileChunks(file));
    if (!read.ok) return read;
  }
  const read = traffic.traffic;
  const checked = checkPrograms(network.value, read.programs);
  if (!checked.ok) return checked;
  return ok({ network: network.value, ...read, notes: [...notes.problems, ...read.notes] });
}

/** `plans`: additional files with signal programs, on top of those that the scenario names. */
export async function openScenario(files: ScenarioFiles, plans: readonly string[]): Promise<Result<Scenario>> {
  const scenario = await openSumo(files, plans);
  if (!scenario.ok) return scenario;
  const { network, programs } = scenario.value;
  const other = programsInForce(network, programs).find(
    (each) => each !== null && each.type !== "static" && each.type !== "actuated",
  );
  if (other) {
    return failed(problem("SIMULATE_PLAN_ACTUATED", { signal: other.signal, type: other.type }));
  }
  return scenario;
}
