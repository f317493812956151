/** One phase row, and the channel of its vehicle heads, as the site file has them. */
import type { Intersection } from "../../../core/network/schema.ts";
import { deciseconds } from "../../../core/signal/machine/convert.ts";
import type { Phase } from "../../../core/signal/schema.ts";
import { channelFlash, channelType, phaseOption, phaseStartup } from "../../ntcip/oids.ts";
import type { Put } from "./parameters.ts";

/** Dual entry for the last phase of each ring between two barriers: commonly the through movement. */
function entersAlong(site: Intersection, number: number): boolean {
  return site.signal.rings.some((groups) => groups.some((members) => members.at(-1) === number));
}

function optionsOf(site: Intersection, phase: Phase | undefined): number {
  if (phase === undefined) return 0;
  const recalls = {
    none: 0,
    min: phaseOption.minVehRecall,
    max: phaseOption.maxVehRecall,
    ped: phaseOption.pedRecall,
  };
  const entry = entersAlong(site, phase.number) ? phaseOption.dualEntry : 0;
  return phaseOption.enabled | entry | recalls[phase.recall];
}

/** Phases of the other rings between the same two barriers. */
function concurrentWith(site: Intersection, phase: number): readonly number[] {
  const ring = site.signal.rings.findIndex((groups) => groups.flat().includes(phase));
  const group = site.signal.rings[ring]?.findIndex((members) => members.includes(phase));
  if (group === undefined) return [];
  return site.signal.rings
    .flatMap((groups, other) => (other === ring ? [] : (groups[group] ?? [])))
    .sort((a, b) => a - b);
}

export function putPhase(put: Put, site: Intersection, number: number): void {
  const phase = site.signal.phases.find((candidate) => candidate.number === number);
  const clearance = site.signal.clearances.find((candidate) => candidate.phase === number);
  const ring = site.signal.rings.findIndex((groups) => groups.flat().includes(number)) + 1;
  put("phaseWalk", phase?.walk_s ?? 0, number);
  put("phasePedestrianClear", phase?.ped_clear_s ?? 0, number);
  put("phaseMinimumGreen", phase?.min_green_s ?? 0, number);
  put("phasePassage", deciseconds(phase?.passage_s ?? 0), number);
  put("phaseMaximum1", phase?.max_green_s ?? 0, number);
  put("phaseMaximum2", phase?.max_green_s ?? 0, number);
  put("phaseYellowChange", deciseconds(clearance?.yellow_s ?? 3), number);
  put("phaseRedClear", deciseconds(clearance?.red_clear_s ?? 0), number);
  put("phaseRedRevert", 20, number);
  put("phaseMinimumGap", deciseconds(phase?.passage_s ?? 0), number);
  put("phaseStartup", phaseStartup.phaseNotOn, number);
  put("phaseOptions", optionsOf(site, phase), number);
  put("phaseRing", ring, number);
  put("phaseConcurrency", concurrentWith(site, number), number);
  const coordinated = site.signal.coord_phases.includes(number);
  put("channelControlSource", number, number);
  put("channelControlType", channelType.phaseVehicle, number);
  put("channelFlash", coordinated ? channelFlash.yellow : channelFlash.red, number);
}
