/** The machine's configuration, read out of the device's parameter database. */
import type { MachineConfig, MachineOverlap, MachinePhase, PhaseOptions } from "../../../core/signal/machine/types.ts";
import { type ObjectName, overlapType, phaseOption, phaseStartup } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { enabledPhases, ringsOf } from "./rings.ts";

/** TS 2: what the device runs at least, whatever is stored. */
const LEAST_GREEN_DS = 10;
const LEAST_YELLOW_DS = 30;

/** What of the configuration NTCIP has no object for, or what a pattern decides. */
export interface ConfigChoice {
  readonly sequence: number;
  readonly coord_phases: readonly number[];
  readonly intergreens: MachineConfig["intergreens"];
  /** Of a pattern without a cycle: greens that its splits allow at most, by phase. */
  readonly maximums?: ReadonlyMap<number, number>;
}

export function machineConfig(parameters: Parameters, sizes: Sizes, choice: ConfigChoice): MachineConfig {
  const phases = enabledPhases(parameters, sizes);
  const startup = (value: number): readonly number[] =>
    phases.filter((phase) => parameters.number("phaseStartup", phase) === value);
  const walks = startup(phaseStartup.greenWalk);
  const starts = [...walks, ...startup(phaseStartup.greenNoWalk)];
  return {
    phases: phases.map((phase) => machinePhase(parameters, phase, choice.maximums)),
    rings: ringsOf(parameters, sizes, choice.sequence),
    coord_phases: choice.coord_phases,
    intergreens: choice.intergreens,
    overlaps: overlapsOf(parameters, sizes, phases),
    ...(starts.length === 0 ? {} : { start_phases: starts, start_walks: walks }),
  };
}

function machinePhase(parameters: Parameters, phase: number, maximums?: ReadonlyMap<number, number>): MachinePhase {
  const number = (name: ObjectName): number => parameters.number(name, phase);
  return {
    number: phase,
    min_green_ds: Math.max(LEAST_GREEN_DS, number("phaseMinimumGreen") * 10),
    max_green_ds: maximums?.get(phase) ?? number("phaseMaximum1") * 10,
    passage_ds: number("phasePassage"),
    walk_ds: number("phaseWalk") * 10,
    ped_clear_ds: number("phasePedestrianClear") * 10,
    yellow_ds: Math.max(LEAST_YELLOW_DS, number("phaseYellowChange")),
    red_clear_ds: number("phaseRedClear"),
    recall: recallOf(number("phaseOptions")),
    options: optionsOf(parameters, phase),
  };
}

function recallOf(options: number): MachinePhase["recall"] {
  if ((options & phaseOption.maxVehRecall) !== 0) return "max";
  return (options & phaseOption.minVehRecall) !== 0 ? "min" : "none";
}

function optionsOf(parameters: Parameters, phase: number): PhaseOptions {
  const bits = parameters.number("phaseOptions", phase);
  const on = (bit: number): boolean => (bits & bit) !== 0;
  const number = (name: ObjectName, scale = 1): number => parameters.number(name, phase) * scale;
  return {
    red_revert_ds: Math.max(number("phaseRedRevert"), parameters.number("unitRedRevert")),
    max2_green_ds: number("phaseMaximum2", 10),
    added_initial_ds: number("phaseAddedInitial"),
    max_initial_ds: number("phaseMaximumInitial", 10),
    minimum_gap_ds: number("phaseMinimumGap"),
    before_reduction_ds: number("phaseTimeBeforeReduction", 10),
    cars_before_reduction: number("phaseCarsBeforeReduction"),
    to_reduce_ds: number("phaseTimeToReduce", 10),
    reduce_by_ds: number("phaseReduceBy"),
    dynamic_max_limit_ds: number("phaseDynamicMaxLimit", 10),
    dynamic_max_step_ds: number("phaseDynamicMaxStep"),
    ped_recall: on(phaseOption.pedRecall),
    soft_recall: on(phaseOption.softVehRecall),
    dual_entry: on(phaseOption.dualEntry),
    simultaneous_gap_disable: on(phaseOption.simultaneousGapDisable),
    guaranteed_passage: on(phaseOption.guaranteedPassage),
    rest_in_walk: on(phaseOption.actuatedRestInWalk),
    conditional_service: on(phaseOption.conditionalServiceEnable),
  };
}

/** Overlaps with at least one enabled phase; the others stay red. */
function overlapsOf(parameters: Parameters, sizes: Sizes, phases: readonly number[]): readonly MachineOverlap[] {
  return Array.from({ length: sizes.overlaps }, (_, at) => at + 1).flatMap((overlap) => {
    const included = parameters.list("overlapIncludedPhases", overlap).filter((phase) => phases.includes(phase));
    const type = parameters.number("overlapType", overlap);
    if (included.length === 0 || type === overlapType.other) return [];
    return [
      {
        number: overlap,
        type: type === overlapType.minusGreenYellow ? ("minus_green_yellow" as const) : ("normal" as const),
        included,
        modifiers: parameters.list("overlapModifierPhases", overlap),
        trail_green_ds: parameters.number("overlapTrailGreen", overlap) * 10,
        trail_yellow_ds: parameters.number("overlapTrailYellow", overlap),
        trail_red_ds: parameters.number("overlapTrailRed", overlap),
      },
    ];
  });
}
