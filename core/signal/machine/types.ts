/**
 * The pure ring-and-barrier machine's words. Time runs in whole deciseconds (ds), phases travel as bit masks:
 * bit 0 is phase 1, bit 15 is phase 16. `controllers/virtual` and `sim` run the same machine.
 */
export interface MachinePhase {
  readonly number: number;
  readonly min_green_ds: number;
  readonly max_green_ds: number;
  readonly passage_ds: number;
  readonly walk_ds: number;
  readonly ped_clear_ds: number;
  readonly yellow_ds: number;
  readonly red_clear_ds: number;
  readonly recall: "none" | "min" | "max" | "ped";
}

export interface MachineConfig {
  readonly phases: readonly MachinePhase[];
  /** `rings[r][g]`: phases of ring r in barrier group g, in order. */
  readonly rings: readonly (readonly (readonly number[])[])[];
  /** One per ring, all in the same barrier group. */
  readonly coord_phases: readonly number[];
  /** Minimum from end of green of the first to start of green of the second, where longer than yellow + red. */
  readonly intergreens: readonly { readonly from: number; readonly to: number; readonly ds: number }[];
}

export interface MachinePattern {
  readonly number: number;
  readonly cycle_ds: number;
  readonly offset_ds: number;
  readonly splits: readonly {
    readonly phase: number;
    readonly split_ds: number;
    readonly mode: "none" | "min_recall" | "max_recall" | "ped_recall" | "omitted";
  }[];
}

export interface MachineInput {
  /** Master clock: ds since the Unix epoch. Local zero is where (clock - offset) mod cycle = 0. */
  readonly clock_ds: number;
  /** Coordinated under this pattern; null runs free. */
  readonly pattern: MachinePattern | null;
  /** Latched vehicle and pedestrian calls, and detectors covered right now (for extension), by phase. */
  readonly vehicle_calls: number;
  readonly ped_calls: number;
  readonly occupied: number;
}

export interface PhaseOutput {
  readonly phase: number;
  readonly indication: "green" | "yellow" | "red";
  readonly walk: "walk" | "ped_clear" | "dont_walk";
}

/** Why a green ended, and other turning points; the names behind the Indiana codes. */
export interface MachineEvent {
  readonly at_ds: number;
  readonly phase: number;
  readonly kind:
    | "phase_on"
    | "begin_green"
    | "gap_out"
    | "max_out"
    | "force_off"
    | "begin_yellow"
    | "end_yellow"
    | "end_red_clear"
    | "begin_walk"
    | "begin_ped_clear"
    | "begin_dont_walk"
    | "skip";
}
