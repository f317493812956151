/** Everything the machine remembers between two steps: plain numbers, so that it survives JSON unchanged. */
import { type CompiledConfig, PHASE_SLOTS } from "./compile.ts";
import type { PatternRefusal } from "./timetable.ts";
import type { MachinePattern } from "./types.ts";

/** What a ring is doing. `pending`: a phase is chosen and waits for its intergreens. */
export const IDLE = 0;
export const PENDING = 1;
export const GREEN = 2;
export const YELLOW = 3;
export const RED_CLEAR = 4;

/** Pedestrian indication of the green phase of a ring. */
export const DONT_WALK = 0;
export const WALK = 1;
export const PED_CLEAR = 2;

/** Why there is no coordination; the names of NTCIP 1202 `localFreeStatus`. */
export type FreeStatus = "notFree" | "commandFree" | PatternRefusal;

export interface RingState {
  interval: number;
  /** Phase index of the interval, or -1. */
  phase: number;
  /** Deciseconds the interval has been shown. */
  timer: number;
  /** Committed successor inside the same barrier group, or -1. */
  next: number;
  /** Place in the group of the last phase this ring took up, or -1. */
  place: number;
  /** Ended its last phase of the group and waits at the barrier. */
  leaving: boolean;
  /** This green's minimum, and the lengths of the clearances and of the pedestrian service that run, as they began. */
  least: number;
  yellow: number;
  redClear: number;
  walkFor: number;
  pedClearFor: number;
  /** Deciseconds since the green's detector was last covered. */
  gap: number;
  /** Deciseconds for which the allowed gap has been shrinking. */
  reducing: number;
  /** A gap was found that stays found. */
  gapped: boolean;
  /** Passage time still owed to the last vehicle after that. */
  owed: number;
  /** Something else asks for service now. */
  contested: boolean;
  /** Deciseconds of this green during which something else asked for service. */
  opposed: number;
  walk: number;
  /** Deciseconds the pedestrian indication has been shown within this green. */
  walkTimer: number;
}

/** What an overlap shows. `trail` is green too; `red_clear` is red, and nothing that conflicts may begin yet. */
export const OVERLAP_RED = 0;
export const OVERLAP_GREEN = 1;
export const OVERLAP_TRAIL = 2;
export const OVERLAP_YELLOW = 3;
export const OVERLAP_RED_CLEAR = 4;

export interface OverlapState {
  interval: number;
  timer: number;
  /** Lengths of the running clearance. */
  yellow: number;
  redClear: number;
  /** Mask of the included phases that it last ran with. */
  parents: number;
}

export interface MachineState {
  /** Steps since power-up. */
  step: number;
  group: number;
  /** A ring has committed to cross the barrier; the others follow. */
  crossing: boolean;
  rings: RingState[];
  /** Step at which each phase last ended its green, and its yellow. */
  greenEnd: number[];
  yellowEnd: number[];
  /** Greens in a row that each phase ended by its maximum, or (negative) by a gap. */
  streak: number[];
  /** Running maximum of each phase, where it moves; 0 is the configured one. */
  runningMax: number[];
  overlaps: OverlapState[];
  /** The pattern in force; null is free. */
  pattern: MachinePattern | null;
  freeStatus: FreeStatus;
  /** Deciseconds since local zero; meaningless when free. */
  local: number;
  /** How far local zero is ahead of where the master clock wants it, in [0, cycle). */
  ahead: number;
  /** Correction already spent in this cycle. */
  corrected: number;
  /** A local zero has passed with the coordinated phases green and nothing left to correct. */
  settled: boolean;
}

/** MUTCD-style start: everything red for six seconds before the start-up phases. */
export const STARTUP_RED_DS = 60;

const LONG_AGO = -1_000_000;

export function initialState(c: CompiledConfig): MachineState {
  return {
    step: 0,
    group: c.coordGroup,
    crossing: false,
    rings: c.order.map(() => ({
      interval: IDLE,
      phase: -1,
      timer: 0,
      next: -1,
      place: -1,
      leaving: false,
      least: 0,
      yellow: 0,
      redClear: 0,
      walkFor: 0,
      pedClearFor: 0,
      gap: 0,
      reducing: 0,
      gapped: false,
      owed: 0,
      contested: false,
      opposed: 0,
      walk: DONT_WALK,
      walkTimer: 0,
    })),
    greenEnd: new Array<number>(PHASE_SLOTS).fill(LONG_AGO),
    yellowEnd: new Array<number>(PHASE_SLOTS).fill(LONG_AGO),
    streak: new Array<number>(PHASE_SLOTS).fill(0),
    runningMax: new Array<number>(PHASE_SLOTS).fill(0),
    overlaps: c.overlaps.map(() => ({ interval: OVERLAP_RED, timer: 0, yellow: 0, redClear: 0, parents: 0 })),
    pattern: null,
    freeStatus: "commandFree",
    local: 0,
    ahead: 0,
    corrected: 0,
    settled: false,
  };
}
