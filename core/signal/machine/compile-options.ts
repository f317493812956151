/** The optional part of a phase's configuration as index tables and masks; a phase without options gets none of it. */
import type { MachineConfig, MachinePhase, PhaseOptions } from "./types.ts";

/** NEMA red revert: the same phase does not turn green again sooner than this after its yellow. */
const RED_REVERT_DS = 20;

/** By phase index, in deciseconds. */
export interface CompiledOptions {
  readonly redRevert: Int32Array;
  readonly max2: Int32Array;
  readonly addedInitial: Int32Array;
  readonly maxInitial: Int32Array;
  /** Not below passage where the gap is never reduced. */
  readonly minimumGap: Int32Array;
  readonly beforeReduction: Int32Array;
  readonly carsBeforeReduction: Int32Array;
  readonly toReduce: Int32Array;
  readonly reduceBy: Int32Array;
  readonly dynamicLimit: Int32Array;
  readonly dynamicStep: Int32Array;
}

/** Bit i is phase index i. */
export interface OptionMasks {
  readonly softRecallMask: number;
  readonly dualEntryMask: number;
  readonly latchedGapMask: number;
  readonly guaranteedMask: number;
  readonly restInWalkMask: number;
  readonly conditionalMask: number;
}

export function compileOptions(config: MachineConfig, slots: number): CompiledOptions {
  const table = (read: (phase: MachinePhase) => number | undefined, absent = 0): Int32Array => {
    const values = new Int32Array(slots);
    for (const phase of config.phases) values[phase.number - 1] = read(phase) ?? absent;
    return values;
  };
  return {
    redRevert: table((p) => p.options?.red_revert_ds, RED_REVERT_DS),
    max2: table((p) => p.options?.max2_green_ds ?? p.max_green_ds),
    addedInitial: table((p) => p.options?.added_initial_ds),
    maxInitial: table((p) => p.options?.max_initial_ds),
    minimumGap: table(({ passage_ds, options }) => Math.min(passage_ds, options?.minimum_gap_ds || passage_ds)),
    beforeReduction: table((p) => p.options?.before_reduction_ds),
    carsBeforeReduction: table((p) => p.options?.cars_before_reduction),
    toReduce: table((p) => p.options?.to_reduce_ds),
    reduceBy: table((p) => p.options?.reduce_by_ds),
    dynamicLimit: table((p) => p.options?.dynamic_max_limit_ds),
    dynamicStep: table((p) => p.options?.dynamic_max_step_ds),
  };
}

export function optionMasks(config: MachineConfig): OptionMasks {
  const having = (option: keyof PhaseOptions): number =>
    config.phases.reduce((mask, p) => (p.options?.[option] === true ? mask | (1 << (p.number - 1)) : mask), 0);
  return {
    softRecallMask: having("soft_recall"),
    dualEntryMask: having("dual_entry"),
    latchedGapMask: having("simultaneous_gap_disable"),
    guaranteedMask: having("guaranteed_passage"),
    restInWalkMask: having("rest_in_walk"),
    conditionalMask: having("conditional_service"),
  };
}
