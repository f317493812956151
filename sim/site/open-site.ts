/** A site as a scenario: its streets, a demand of its volumes, its signals on their machine. */
import type { CabinetMaker } from "../../core/ports/rehearsed-cabinets.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { DeviceSignals, type DeviceSignalsParts } from "../adaptive/device-signals.ts";
import { demandOfCounts } from "../counts/demand-of-counts.ts";
import { laneMovements } from "../counts/lane-movements.ts";
import type { Demand } from "../demand/demand.ts";
import { freezeNetwork } from "../network/freeze-network.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { laneCounts, siteMix } from "./demand.ts";
import { MachineController } from "./machine-controller.ts";
import { fixedProgram } from "./machine-signals.ts";
import { siteNetwork } from "./network.ts";
import type { SiteStreets } from "./schema.ts";

export interface SiteScenario {
  readonly network: RoadNetwork;
  readonly demand: Demand;
  /** A new one for each run. */
  readonly machines: () => MachineController;
  /** The same signals shown by devices in cabinets that a policy leads. */
  readonly devices: (policyFor: DeviceSignalsParts["policyFor"], makeCabinets: CabinetMaker) => DeviceSignals;
  readonly notes: readonly Problem[];
}

export function openSite(
  site: SiteStreets,
  span: { readonly begin_s: number; readonly end_s: number },
): Result<SiteScenario> {
  const { draft, ways, turnShares } = siteNetwork(site);
  for (const intersection of site.intersections) {
    const plan = site.plans.find((each) => each.intersection === intersection.id) ?? null;
    draft.programs.push(fixedProgram(intersection, ways.get(intersection.id) ?? [], plan));
  }
  const network = freezeNetwork(draft);
  const { counts, unclear } = laneMovements(network, laneCounts(site.volumes, network, span));
  if (counts.length === 0) return failed(problem("SITE_NO_VOLUMES"));
  const made = demandOfCounts(network, counts, siteMix, (movement) => turnShares.get(movement) ?? 1);
  if (!made.ok) return made;
  const left = unclear.length === 0 ? [] : [problem("COUNTS_LANES_LEFT_OUT", { lanes: unclear.join(", ") })];
  const machines = (): MachineController => new MachineController(site, ways);
  const devices: SiteScenario["devices"] = (policyFor, makeCabinets) =>
    new DeviceSignals({ site, ways, policyFor, makeCabinets });
  return ok({ network, demand: made.value.demand, machines, devices, notes: [...left, ...made.value.notes] });
}
