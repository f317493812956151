/** The machine's configuration, read out of the device's parameter database. */
import type { MachineConfig, MachinePhase } from "../../../core/signal/machine/types.ts";
import { phaseOption } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { enabledPhases, ringsOf } from "./rings.ts";

/** What of the configuration NTCIP has no object for, or what a pattern decides. */
export interface ConfigChoice {
  readonly sequence: number;
  readonly coord_phases: readonly number[];
  readonly intergreens: MachineConfig["intergreens"];
}

export function machineConfig(parameters: Parameters, sizes: Sizes, choice: ConfigChoice): MachineConfig {
  return {
    phases: enabledPhases(parameters, sizes).map((phase) => machinePhase(parameters, phase)),
    rings: ringsOf(parameters, sizes, choice.sequence),
    coord_phases: choice.coord_phases,
    intergreens: choice.intergreens,
  };
}

/** Rings or coordinated phases differ: the machine must start anew. */
export function sameStructure(a: MachineConfig, b: MachineConfig): boolean {
  const structure = (config: MachineConfig): string =>
    JSON.stringify([config.rings, config.coord_phases, config.phases.map((phase) => phase.number)]);
  return structure(a) === structure(b);
}

export const sameConfig = (a: MachineConfig, b: MachineConfig): boolean => JSON.stringify(a) === JSON.stringify(b);

function machinePhase(parameters: Parameters, phase: number): MachinePhase {
  return {
    number: phase,
    min_green_ds: parameters.number("phaseMinimumGreen", phase) * 10,
    max_green_ds: parameters.number("phaseMaximum1", phase) * 10,
    passage_ds: parameters.number("phasePassage", phase),
    walk_ds: parameters.number("phaseWalk", phase) * 10,
    ped_clear_ds: parameters.number("phasePedestrianClear", phase) * 10,
    yellow_ds: parameters.number("phaseYellowChange", phase),
    red_clear_ds: parameters.number("phaseRedClear", phase),
    recall: recallOf(parameters.number("phaseOptions", phase)),
  };
}

function recallOf(options: number): MachinePhase["recall"] {
  if ((options & phaseOption.maxVehRecall) !== 0) return "max";
  if ((options & phaseOption.pedRecall) !== 0) return "ped";
  return (options & phaseOption.minVehRecall) !== 0 ? "min" : "none";
}
