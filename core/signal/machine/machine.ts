/**
 * The ring-and-barrier machine. One call of `step` is one tenth of a second. It reads no clock and draws no chance:
 * the same configuration, state and inputs always give the same lamps, in the street's controller and in `sim`.
 */
import { endGreens, fillRings } from "./barrier.ts";
import { type CompiledConfig, compileConfig } from "./compile.ts";
import { allRedAndClear, obey } from "./directed.ts";
import { advanceLocal, desiredLocal } from "./local-clock.ts";
import { followPhases, timeOverlaps } from "./overlaps.ts";
import { beginGreenWhenClear, takeUp, timeInterval } from "./rings.ts";
import {
  type FreeStatus,
  GREEN,
  IDLE,
  initialState,
  type MachineState,
  OVERLAP_GREEN,
  OVERLAP_TRAIL,
  OVERLAP_YELLOW,
  PED_CLEAR,
  PENDING,
  type RingState,
  STARTUP_RED_DS,
  WALK,
  YELLOW,
} from "./state.ts";
import { makeTimetable, type Timetable } from "./timetable.ts";
import type { MachineConfig, MachineEvent, MachineInput, MachinePattern, PhaseOutput } from "./types.ts";
import { collectDemand, NO_ORDERS, ringAt, type Working } from "./working.ts";

/** Bit masks of what is shown; every enabled phase is in exactly one of greens, yellows and reds. */
export interface Lamps {
  readonly greens: number;
  readonly yellows: number;
  readonly reds: number;
  readonly walks: number;
  readonly pedClears: number;
  readonly dontWalks: number;
  /** Green, yellow or red clearance. */
  readonly phaseOns: number;
  /** Committed to follow. */
  readonly phaseNexts: number;
  /** Bit 0 is overlap 1; one that is neither is red. */
  readonly overlapGreens: number;
  readonly overlapYellows: number;
}

export interface Coordination {
  /** Number of the pattern that really runs; null is free. */
  readonly pattern: number | null;
  readonly freeStatus: FreeStatus;
  /** Deciseconds since local zero, in [0, cycle); null is free. */
  readonly local_ds: number | null;
  readonly cycle_ds: number | null;
  /** Local zero is not (yet) where the master clock and the offset put it. */
  readonly inTransition: boolean;
}

export interface Machine {
  /**
   * Advances by 0.1 s and returns what happened. A vehicle call stands until the caller clears it (while its phase
   * is green); a pedestrian call until its phase shows walk. A new pattern takes effect at local zero, or at once
   * when running free.
   */
  step(input: MachineInput): readonly MachineEvent[];
  readonly lamps: Lamps;
  coordination(): Coordination;
  outputs(): readonly PhaseOutput[];
  /** Every ring stands red and every clearance has run. */
  readonly standsRed: boolean;
  /** Live state, plain JSON: clone it to keep it, hand it to `createMachine` to go on from it. */
  readonly state: MachineState;
}

const NOTHING: readonly MachineEvent[] = Object.freeze([]);

/**
 * Throws when the configuration is not one that `validateIntersection` accepts. A saved state goes with any
 * configuration of the same rings; timings may differ, and hold from the next interval on.
 */
export function createMachine(config: MachineConfig, saved?: MachineState): Machine {
  const c = compileConfig(config);
  const s = saved === undefined ? initialState(c) : structuredCopy(saved);
  const idleInput: MachineInput = { clock_ds: 0, pattern: null, vehicle_calls: 0, ped_calls: 0, occupied: 0 };
  const w: Working = {
    c,
    s,
    plan: null,
    input: idleInput,
    orders: NO_ORDERS,
    direction: null,
    events: [],
    demand: 0,
    pedDemand: 0,
    pedAsked: 0,
  };
  const patterns = patternReader(c);
  if (s.pattern !== null) {
    w.plan = patterns(s.pattern).plan;
    // A pattern that the configuration no longer holds ends here; the greens go on free.
    if (w.plan === null) s.pattern = null;
  }
  const lamps = darkLamps();
  readLamps(w, lamps);
  return {
    state: s,
    lamps,
    step(input) {
      w.input = input;
      w.orders = input.orders ?? NO_ORDERS;
      w.direction = w.orders.direction;
      if (w.events.length > 0) w.events = [];
      advance(w, patterns(input.pattern));
      readLamps(w, lamps);
      return w.events.length === 0 ? NOTHING : w.events;
    },
    coordination: () => coordinationOf(w),
    outputs: () => outputsOf(config, lamps),
    get standsRed() {
      return allRedAndClear(w);
    },
  };
}

const darkLamps = (): WritableLamps => ({
  greens: 0,
  yellows: 0,
  reds: 0,
  walks: 0,
  pedClears: 0,
  dontWalks: 0,
  phaseOns: 0,
  phaseNexts: 0,
  overlapGreens: 0,
  overlapYellows: 0,
});

const structuredCopy = (state: MachineState): MachineState => ({
  ...state,
  rings: state.rings.map((ring) => ({ ...ring })),
  greenEnd: [...state.greenEnd],
  yellowEnd: [...state.yellowEnd],
  streak: [...state.streak],
  runningMax: [...state.runningMax],
  overlaps: state.overlaps.map((overlap) => ({ ...overlap })),
});

interface Requested {
  readonly plan: Timetable | null;
  readonly status: FreeStatus;
}

const FREE: Requested = { plan: null, status: "commandFree" };

/** Remembers the last pattern asked for, because the same one comes with every step. */
function patternReader(c: CompiledConfig): (pattern: MachinePattern | null) => Requested {
  let last: MachinePattern | null = null;
  let read: Requested = FREE;
  return (pattern) => {
    if (pattern === null) return FREE;
    if (pattern === last) return read;
    if (last === null || !samePattern(pattern, last)) {
      const result = makeTimetable(c, pattern);
      read = result.ok ? { plan: result.timetable, status: "notFree" } : { plan: null, status: result.refusal };
    }
    last = pattern;
    return read;
  };
}

const samePattern = (a: MachinePattern, b: MachinePattern): boolean =>
  a.number === b.number &&
  a.cycle_ds === b.cycle_ds &&
  a.offset_ds === b.offset_ds &&
  a.correction === b.correction &&
  a.max_mode === b.max_mode &&
  a.force_mode === b.force_mode &&
  a.offset_reference === b.offset_reference &&
  a.splits.length === b.splits.length &&
  a.splits.every((split, i) => {
    const other = b.splits[i];
    return split.phase === other?.phase && split.split_ds === other.split_ds && split.mode === other.mode;
  });

function advance(w: Working, requested: Requested): void {
  const { s } = w;
  s.step += 1;
  keepTime(w, requested);
  if (s.step <= STARTUP_RED_DS) return;
  if (s.step === STARTUP_RED_DS + 1 && w.direction === null) beginOperation(w);
  for (let r = 0; r < s.rings.length; r++) timeInterval(w, r, ringAt(w, r));
  timeOverlaps(w);
  if (w.direction === null) {
    collectDemand(w);
    if (s.step === STARTUP_RED_DS + 1) w.pedDemand |= w.c.startWalks & w.c.walkMask;
    endGreens(w);
    fillRings(w);
  } else {
    obey(w, w.direction);
  }
  for (let r = 0; r < s.rings.length; r++) beginGreenWhenClear(w, r, ringAt(w, r));
  followPhases(w);
  if (w.plan !== null && s.local === 0) settle(w, w.plan);
}

/** After power-up and flash: the start phases, one a ring at most. */
function beginOperation(w: Working): void {
  for (const [r, phase] of w.c.start.entries()) {
    if (phase < 0) continue;
    w.s.group = w.c.groupOf[phase] ?? 0;
    takeUp(w, ringAt(w, r), phase);
  }
}

/** Local time, and the safe point at which another pattern takes over: local zero, or at once when free. */
function keepTime(w: Working, requested: Requested): void {
  const { s } = w;
  const atZero = w.plan !== null && advanceLocal(w, w.plan);
  if (w.plan !== null && (!atZero || requested.plan === w.plan)) return;
  if (w.plan === null && requested.plan === null) {
    s.freeStatus = requested.status;
    return;
  }
  const fromFree = w.plan === null;
  w.plan = requested.plan;
  s.pattern = requested.plan === null ? null : requested.plan.pattern;
  s.freeStatus = requested.status;
  s.corrected = 0;
  s.settled = false;
  if (requested.plan === null) return;
  const desired = desiredLocal(requested.plan, w.input.clock_ds);
  s.local = fromFree ? desired : 0;
  s.ahead = fromFree || desired === 0 ? 0 : requested.plan.cycle - desired;
}

function settle(w: Working, plan: Timetable): void {
  let greens = 0;
  for (const ring of w.s.rings) if (ring.interval === GREEN) greens |= 1 << ring.phase;
  w.s.settled = w.s.ahead === 0 && (greens & plan.zeroMask) === plan.zeroMask;
}

type WritableLamps = { -readonly [K in keyof Lamps]: number };

function readLamps(w: Working, lamps: WritableLamps): void {
  lamps.greens = lamps.yellows = lamps.walks = lamps.pedClears = lamps.phaseOns = lamps.phaseNexts = 0;
  if (w.c.overlaps.length > 0) readOverlaps(w, lamps);
  for (const ring of w.s.rings) readRing(ring, lamps);
  lamps.reds = w.c.allMask & ~lamps.greens & ~lamps.yellows;
  lamps.dontWalks = w.c.allMask & ~lamps.walks & ~lamps.pedClears;
}

function readOverlaps(w: Working, lamps: WritableLamps): void {
  lamps.overlapGreens = lamps.overlapYellows = 0;
  for (const [i, { interval }] of w.s.overlaps.entries()) {
    const bit = 1 << ((w.c.overlaps[i]?.number ?? 1) - 1);
    if (interval === OVERLAP_GREEN || interval === OVERLAP_TRAIL) lamps.overlapGreens |= bit;
    if (interval === OVERLAP_YELLOW) lamps.overlapYellows |= bit;
  }
}

function readRing(ring: RingState, lamps: WritableLamps): void {
  if (ring.next >= 0) lamps.phaseNexts |= 1 << ring.next;
  if (ring.interval === IDLE) return;
  const bit = 1 << ring.phase;
  if (ring.interval === PENDING) {
    lamps.phaseNexts |= bit;
    return;
  }
  lamps.phaseOns |= bit;
  if (ring.interval === YELLOW) lamps.yellows |= bit;
  if (ring.interval !== GREEN) return;
  lamps.greens |= bit;
  if (ring.walk === WALK) lamps.walks |= bit;
  if (ring.walk === PED_CLEAR) lamps.pedClears |= bit;
}

function coordinationOf({ s, plan }: Working): Coordination {
  return {
    pattern: plan === null ? null : plan.pattern.number,
    freeStatus: s.freeStatus,
    local_ds: plan === null ? null : (s.local + plan.cycle - plan.reference) % plan.cycle,
    cycle_ds: plan === null ? null : plan.cycle,
    inTransition: plan !== null && (s.ahead !== 0 || !s.settled),
  };
}

function outputsOf(config: MachineConfig, lamps: Lamps): readonly PhaseOutput[] {
  return config.phases.map(({ number }) => {
    const bit = 1 << (number - 1);
    const lit = (mask: number): boolean => (mask & bit) !== 0;
    return {
      phase: number,
      indication: lit(lamps.greens) ? "green" : lit(lamps.yellows) ? "yellow" : "red",
      walk: lit(lamps.walks) ? "walk" : lit(lamps.pedClears) ? "ped_clear" : "dont_walk",
    };
  });
}
