/** Roads, demand and plans of a scenario, read and checked against each other. */

import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import { readFlows, readRoadnet, type TextFile } from "../cityflow/read-cityflow.ts";
import { demandOfCounts, mixOf } from "../counts/demand-of-counts.ts";
import { readCounts } from "../counts/read-counts.ts";
import type { Demand } from "../demand/demand.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";
import type { MachineController } from "../site/machine-controller.ts";
import { openSite, type SiteScenario } from "../site/open-site.ts";
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
  /** Of a site: its signals on the machine of the street's controllers, a new one for each run. */
  readonly machines?: () => MachineController;
  /** Of a site: its signals on devices that a policy leads. */
  readonly devices?: SiteScenario["devices"];
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

async function textOf(file: string): Promise<TextFile> {
  const parts: string[] = [];
  for await (const part of fileChunks(file)) parts.push(part);
  return { file, text: parts.join("") };
}

/** Plans may still be SUMO's: a state has a letter for each of an intersection's road links, in their order. */
async function openCityflow(files: ScenarioFiles, plans: readonly string[]): Promise<Result<Scenario>> {
  const network = readRoadnet(await textOf(files.net));
  if (!network.ok) return network;
  const demand = readFlows(await textOf(files.routes[0] as string), network.value, files.end_s);
  if (!demand.ok) return demand;
  const traffic = new TrafficReader(network.value, files);
  for (const plan of plans) {
    const read = await traffic.read(plan, fileChunks(plan));
    if (!read.ok) return read;
  }
  const { programs, detectors, notes } = traffic.traffic;
  const checked = checkPrograms(network.value, programs);
  if (!checked.ok) return checked;
  return ok({ network: network.value, demand: demand.value, programs, detectors, notes });
}

/** The demand that counts ask for, by the types that the scenario's own has. */
async function counted(scenario: Scenario, files: ScenarioFiles): Promise<Result<Scenario>> {
  if (files.counts === undefined) return ok(scenario);
  const { file, text } = await textOf(files.counts);
  const read = readCounts(file, text, scenario.network, files);
  if (!read.ok) return read;
  const made = demandOfCounts(scenario.network, read.value.counts, mixOf(scenario.demand));
  if (!made.ok) return made;
  const { demand, notes } = made.value;
  return ok({ ...scenario, demand, notes: [...scenario.notes, ...read.value.notes, ...notes] });
}

async function opened(files: ScenarioFiles, plans: readonly string[]): Promise<Result<Scenario>> {
  if (files.kind === "cityflow") return openCityflow(files, plans);
  if (files.site === undefined) return openSumo(files, plans);
  const site = openSite(files.site, files);
  return site.ok ? ok({ ...site.value, programs: [], detectors: [] }) : site;
}

/** `plans`: additional files with signal programs, on top of those that the scenario names. */
export async function openScenario(files: ScenarioFiles, plans: readonly string[]): Promise<Result<Scenario>> {
  try {
    if (files.kind === "sumo" && files.routes.length === 0 && files.counts === undefined) {
      return failed(problem("SCENARIO_NO_DEMAND", { path: files.net }));
    }
    const scenario = await opened(files, plans);
    return scenario.ok ? await counted(scenario.value, files) : scenario;
  } catch (error) {
    if (error instanceof ProblemError) return failed(...error.problems);
    // No memory for what was read: an array, or a string, longer than there can be.
    if (error instanceof RangeError) return failed(problem("SCENARIO_TOO_LARGE", { reason: error.message }));
    throw error;
  }
}
