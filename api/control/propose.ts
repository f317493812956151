/** One corridor's proposal from what is known: the same for the retiming loop and for `greenwave retime`. */
import { assumedPcuIn } from "../../core/network/class-mix.ts";
import type { Corridor, Intersection } from "../../core/network/schema.ts";
import type { Result } from "../../core/problems/problem.ts";
import { gatherDemand } from "../../core/retime/gather-demand.ts";
import type { CorridorObjective, RetimeProposal } from "../../core/retime/proposal.ts";
import { retimeCorridor, retimeIntersection } from "../../core/retime/retime.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { Site } from "../site/schema.ts";

export interface Known {
  readonly intervals: readonly FlowInterval[];
  /** Plans in force. */
  readonly plans: readonly Plan[];
}

/** The push moves a plan to the other pattern of its pair when this one runs. */
const PATTERN = 1;

export function membersOf(site: Site, corridor: Corridor): readonly Intersection[] {
  const members = new Set(corridor.intersections.map(({ id }) => id));
  return site.intersections.filter(({ id }) => members.has(id));
}

/** What every lane of these is taken to want. */
export function demandAt(site: Site, intersections: readonly Intersection[], known: Known, now_ms: number) {
  const streets = site.controllers.filter(({ kind }) => kind !== "virtual").map(({ intersection }) => intersection);
  const real = new Set(streets);
  return gatherDemand({
    intersections,
    // A real street is never timed by made-up traffic.
    intervals: known.intervals.filter((one) => one.origin === "camera" || !real.has(one.intersection)),
    volumes: site.volumes,
    now_ms,
    plans: known.plans,
    pcu: site.pcu,
    assumed_pcu_per_veh: assumedPcuIn(site.pcu),
  });
}

export function propose(
  site: Site,
  corridor: Corridor,
  known: Known,
  now_ms: number,
  objective: CorridorObjective = "band",
): Result<RetimeProposal> {
  const intersections = membersOf(site, corridor);
  const demand = demandAt(site, intersections, known, now_ms);
  return retimeCorridor({ corridor, intersections, demand, pattern: PATTERN, objective });
}

/** The same for one on its own. */
export function proposeAlone(
  site: Site,
  intersection: Intersection,
  known: Known,
  now_ms: number,
): Result<RetimeProposal> {
  const demand = demandAt(site, [intersection], known, now_ms);
  return retimeIntersection({ intersection, demand, pattern: PATTERN });
}
