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
  /** Deciseconds since the green's detector was last covered. */
  gap: number;
  /** Deciseconds of this green during which something else asked for service. */
  opposed: number;
  walk: number;
  /** Deciseconds the pedestrian indication has been shown within this green. */
  walkTimer: number;
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
      gap: 0,
      opposed: 0,
      walk: DONT_WALK,
      walkTimer: 0,
    })),
    greenEnd: new Array<number>(PHASE_SLOTS).fill(LONG_AGO),
    yellowEnd: new Array<number>(PHASE_SLOTS).fill(LONG_AGO),
    pattern: null,
    freeStatus: "commandFree",
    local: 0,
    ahead: 0,
    corrected: 0,
    settled: false,
  };
}
