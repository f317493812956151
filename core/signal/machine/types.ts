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
  /** What NTCIP 1202 adds to these; absent is none of it. */
  readonly options?: PhaseOptions;
}

/** Options and volume-density timings of a phase (NTCIP 1202, 2.2.2), each absent where the phase has none. */
export interface PhaseOptions {
  /** Shortest red between two greens of this phase; 2.0 s (NEMA) where absent. */
  readonly red_revert_ds?: number;
  readonly max2_green_ds?: number;
  /** Green that each vehicle counted during red adds to the minimum, up to `max_initial_ds`. */
  readonly added_initial_ds?: number;
  readonly max_initial_ds?: number;
  /** The gap shrinks from passage to `minimum_gap_ds`, over `to_reduce_ds`, from then or from so many vehicles on. */
  readonly minimum_gap_ds?: number;
  readonly before_reduction_ds?: number;
  readonly cars_before_reduction?: number;
  readonly to_reduce_ds?: number;
  /** In steps of this instead of evenly. */
  readonly reduce_by_ds?: number;
  /** Where greens keep ending by their maximum, it moves towards this limit, step by step. */
  readonly dynamic_max_limit_ds?: number;
  readonly dynamic_max_step_ds?: number;
  /** A standing pedestrian call, whatever `recall` says. */
  readonly ped_recall?: boolean;
  /** A call that stands while nobody else calls. */
  readonly soft_recall?: boolean;
  /** Comes along when its barrier group is entered and its ring has no call there. */
  readonly dual_entry?: boolean;
  /** A gap once found stays found, although vehicles come while the other ring still runs. */
  readonly simultaneous_gap_disable?: boolean;
  /** The last vehicle gets its whole passage time, although the gap was reduced. */
  readonly guaranteed_passage?: boolean;
  /** Rests in walk while nobody else calls. */
  readonly rest_in_walk?: boolean;
  /** Served once more after its successor, while the other ring is busy long enough. */
  readonly conditional_service?: boolean;
}

/**
 * A signal timed by the phases it includes. `normal`: green with any of them and from one to the next.
 * `minus_green_yellow`: the same, but never with a modifier phase.
 */
export interface MachineOverlap {
  readonly number: number;
  readonly type: "normal" | "minus_green_yellow";
  readonly included: readonly number[];
  readonly modifiers: readonly number[];
  /** Green that goes on after the phases end theirs; its yellow and red then count instead of the phase's. */
  readonly trail_green_ds: number;
  readonly trail_yellow_ds: number;
  readonly trail_red_ds: number;
}

export interface MachineConfig {
  readonly phases: readonly MachinePhase[];
  /** `rings[r][g]`: phases of ring r in barrier group g, in order. */
  readonly rings: readonly (readonly (readonly number[])[])[];
  /** One per ring, all in the same barrier group. */
  readonly coord_phases: readonly number[];
  /** Minimum from end of green of the first to start of green of the second, where longer than yellow + red. */
  readonly intergreens: readonly { readonly from: number; readonly to: number; readonly ds: number }[];
  readonly overlaps?: readonly MachineOverlap[];
  /** What turns green first after power-up and flash, at most one a ring; the coordinated phases where absent. */
  readonly start_phases?: readonly number[];
  /** Those of them that start with walk. */
  readonly start_walks?: readonly number[];
}

export interface MachinePattern {
  readonly number: number;
  readonly cycle_ds: number;
  readonly offset_ds: number;
  readonly splits: readonly {
    readonly phase: number;
    readonly split_ds: number;
    readonly mode: "none" | "min_recall" | "max_recall" | "ped_recall" | "max_ped_recall" | "omitted";
  }[];
  /** How local zero comes back to the master clock; `shortway` where absent. */
  readonly correction?: "dwell" | "shortway" | "add_only";
  /** Whether maximum greens count beside the force-offs; `inhibit` where absent. */
  readonly max_mode?: "max1" | "max2" | "inhibit";
  /** Time that a phase leaves goes to the next one (`fixed`, where absent) or to the coordinated phase (`floating`). */
  readonly force_mode?: "fixed" | "floating";
  /** The instant that the offset times; `begin_green` of the last coordinated phase where absent. */
  readonly offset_reference?: OffsetReference;
}

/**
 * Of the coordinated phases: when the first or the last of them turns green, when the first or the last of them yields, or when
 * the last of them turns red.
 */
export type OffsetReference = "first_begin_green" | "begin_green" | "first_end_green" | "end_green" | "begin_red";

export interface MachineInput {
  /** Master clock: ds since the Unix epoch. Local zero is where (clock - offset) mod cycle = 0. */
  readonly clock_ds: number;
  /** Coordinated under this pattern; null runs free. */
  readonly pattern: MachinePattern | null;
  /** Latched vehicle and pedestrian calls, and detectors covered right now (for extension), by phase. */
  readonly vehicle_calls: number;
  readonly ped_calls: number;
  readonly occupied: number;
  /** What is ordered beside that; absent is nothing. */
  readonly orders?: MachineOrders;
}

/**
 * Orders from outside, as NTCIP 1202 names them. Phases and rings are bit masks, bit 0 is the first. No order shortens
 * a minimum green, a walk, a pedestrian clearance, a yellow or a red clearance, except as a `direction` says.
 */
export interface MachineOrders {
  /** A green that is on stays on, also against `force_off`. */
  readonly hold: number;
  /** The green ends as soon as it may and something else can be served. */
  readonly force_off: number;
  readonly phase_omit: number;
  readonly ped_omit: number;
  /** Phases that run without detectors: called for vehicles and pedestrians every time. */
  readonly non_actuated: number;
  /** Those rest in walk without `hold` too. */
  readonly walk_rest: boolean;
  /** Every phase has a standing call. */
  readonly min_recall: boolean;
  /** By ring. */
  readonly stop_time: number;
  readonly ring_force_off: number;
  readonly max2: number;
  readonly max_inhibit: number;
  readonly ped_recycle: number;
  readonly red_rest: number;
  /** Vehicles counted since each phase last ended its green, by phase number minus one. */
  readonly actuations: Int32Array | null;
  /** Preemption, flash and restart: who shall be green, instead of whoever calls. */
  readonly direction: Direction | null;
}

/**
 * Phases that shall be green until further notice, and how those in their way may end. Zero is all red. Yellow and red
 * clearance belong to the intersection: no direction touches them.
 */
export interface Direction {
  readonly phases: number;
  /** Those of them that rest in walk. */
  readonly walks: number;
  /** The lesser of these and the phase's own counts for greens that end on entry; null is the phase's own. */
  readonly min_green_ds: number | null;
  readonly walk_ds: number | null;
  readonly ped_clear_ds: number | null;
  /** Overlaps that must stay red, by bit; bit 0 is overlap 1. */
  readonly dark_overlaps: number;
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
    | "min_green_over"
    | "gap_out"
    | "max_out"
    | "force_off"
    | "begin_yellow"
    | "end_yellow"
    | "end_red_clear"
    | "begin_walk"
    | "begin_ped_clear"
    | "begin_dont_walk"
    | "skip"
    /** Of overlaps: `phase` is the number of the overlap. */
    | "overlap_green"
    | "overlap_trail_green"
    | "overlap_yellow"
    | "overlap_red_clear"
    | "overlap_off";
}
