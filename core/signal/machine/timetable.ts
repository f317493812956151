/**
 * The fixed-time realisation of a pattern: when each phase's slot starts, when it turns green and when it is
 * forced off, in local time (0 is the begin of green of the coordinated phases). A pattern that cannot be run
 * safely is refused with the reason NTCIP 1202 names in `localFreeStatus`.
 */
import { type CompiledConfig, compileConfig, PHASE_SLOTS } from "./compile.ts";
import type { MachineConfig, MachinePattern } from "./types.ts";

export type PatternRefusal = "badCycleTime" | "invalidOffset" | "splitOverrun" | "badPlan";

export interface Timetable {
  readonly pattern: MachinePattern;
  readonly cycle: number;
  /** Of local zero as this table counts it: the last coordinated begin of green. */
  readonly offset: number;
  /** Local time of the instant that the pattern's own offset times. */
  readonly reference: number;
  readonly correction: "dwell" | "shortway" | "add_only";
  readonly maxMode: "max1" | "max2" | "inhibit";
  /** Every phase but the coordinated ones is limited to the green of its own split. */
  readonly floating: boolean;
  readonly splitGreen: Int32Array;
  /** Per phase index, local time in [0, cycle). Zero where the phase is omitted. */
  readonly greenStart: Int32Array;
  readonly forceOff: Int32Array;
  /** Per ring: local time at which the coordinated phase may yield. */
  readonly yieldAt: Int32Array;
  /**
   * Per ring: time from its yield to the start of the coordinated group. From there to the next yield the
   * coordinated green holds, also when it came early because the phases before it were not called.
   */
  readonly holdAfter: Int32Array;
  /** Per phase, as time since its ring's yield: force-off, latest end before its barrier, and the barrier. */
  readonly forceAfter: Int32Array;
  readonly leaveAfter: Int32Array;
  readonly barrierAfter: Int32Array;
  readonly activeMask: number;
  readonly vehicleRecallMask: number;
  readonly maxRecallMask: number;
  readonly pedRecallMask: number;
  /** Coordinated phases whose planned green covers local zero. */
  readonly zeroMask: number;
  /** Ring whose yield comes first after local zero: an offset correction dwells there. */
  readonly dwellRing: number;
  /** How much the coordinated greens can give up in one cycle without touching a minimum. */
  readonly coordSlack: number;
}

export type TimetableResult =
  | { readonly ok: true; readonly timetable: Timetable }
  | { readonly ok: false; readonly refusal: PatternRefusal };

const refuse = (refusal: PatternRefusal): TimetableResult => ({ ok: false, refusal });

/** NTCIP 1202 (TS 2) range of patternCycleTime. */
const CYCLE_MIN_DS = 300;
const CYCLE_MAX_DS = 2550;

const at = (values: Int32Array | Int8Array, index: number): number => values[index] ?? 0;
const modulo = (value: number, cycle: number): number => ((value % cycle) + cycle) % cycle;

/** Green a phase must be able to show: its minimum, and a whole pedestrian service where people walk with it. */
function needGreen(c: CompiledConfig, phase: number): number {
  const pedestrian = at(c.walk, phase) > 0 ? at(c.walk, phase) + at(c.pedClear, phase) : 0;
  return Math.max(at(c.minGreen, phase), pedestrian);
}

const clearance = (c: CompiledConfig, phase: number): number => at(c.yellow, phase) + at(c.redClear, phase);

export function makeTimetable(c: CompiledConfig, pattern: MachinePattern): TimetableResult {
  const splits = readSplits(c, pattern);
  if (splits === null) return refuse("badPlan");
  const cycle = pattern.cycle_ds;
  const needs = (p: number): number => needGreen(c, p) + clearance(c, p);
  if (cycle < CYCLE_MIN_DS || cycle > CYCLE_MAX_DS || cycle < criticalSum(c, splits.active, needs)) {
    return refuse("badCycleTime");
  }
  if (pattern.offset_ds < 0 || pattern.offset_ds >= cycle) return refuse("invalidOffset");
  if (criticalSum(c, splits.active, (p) => at(splits.split, p)) > cycle) return refuse("splitOverrun");
  const slots = layOut(c, splits, cycle);
  if (slots === null) return refuse("badPlan");
  const timetable = relate(c, pattern, splits, slots);
  return timetable === null ? refuse("badPlan") : { ok: true, timetable };
}

interface Splits {
  readonly split: Int32Array;
  readonly active: number;
  readonly vehicle: number;
  readonly max: number;
  readonly ped: number;
}

/** Null when a phase is unknown or named twice, or when a coordinated phase is omitted. */
function readSplits(c: CompiledConfig, pattern: MachinePattern): Splits | null {
  const split = new Int32Array(PHASE_SLOTS);
  const sets = { active: c.allMask, vehicle: c.vehicleRecallMask, max: c.maxRecallMask, ped: c.pedRecallMask };
  let seen = 0;
  for (const { phase, split_ds, mode } of pattern.splits) {
    const bit = 1 << (phase - 1);
    if ((c.allMask & bit) === 0 || (seen & bit) !== 0) return null;
    seen |= bit;
    split[phase - 1] = mode === "omitted" ? 0 : split_ds;
    applyMode(sets, bit, mode);
  }
  return (sets.active & c.coordMask) === c.coordMask ? { split, ...sets } : null;
}

type ModeSets = { active: number; vehicle: number; max: number; ped: number };

/** A mode other than `none` replaces the phase's own recall while the pattern runs. */
function applyMode(sets: ModeSets, bit: number, mode: MachinePattern["splits"][number]["mode"]): void {
  if (mode === "none") return;
  if (mode === "omitted") sets.active &= ~bit;
  const max = mode === "max_recall" || mode === "max_ped_recall";
  const ped = mode === "ped_recall" || mode === "max_ped_recall";
  sets.vehicle = max || mode === "min_recall" ? sets.vehicle | bit : sets.vehicle & ~bit;
  sets.max = max ? sets.max | bit : sets.max & ~bit;
  sets.ped = ped ? sets.ped | bit : sets.ped & ~bit;
}

const activeOf = (group: readonly number[] | undefined, active: number): readonly number[] =>
  (group ?? []).filter((p) => (active & (1 << p)) !== 0);

/** Sum over barrier groups of the longest ring. */
function criticalSum(c: CompiledConfig, active: number, value: (phase: number) => number): number {
  let sum = 0;
  for (let g = 0; g < c.groupCount; g++) {
    const perRing = c.order.map((ring) => activeOf(ring[g], active).reduce((total, p) => total + value(p), 0));
    sum += Math.max(0, ...perRing);
  }
  return sum;
}

interface Slots {
  /** From the start of the coordinated group, not reduced by the cycle. */
  readonly start: Int32Array;
  readonly length: Int32Array;
  readonly barrier: Int32Array;
}

/** Slots ring by ring. Spare time goes to the coordinated phase; any other gap between rings is a bad plan. */
function layOut(c: CompiledConfig, splits: Splits, cycle: number): Slots | null {
  const slots = {
    start: new Int32Array(PHASE_SLOTS),
    length: Int32Array.from(splits.split),
    barrier: new Int32Array(PHASE_SLOTS),
  };
  const sumOf = (group: readonly number[]): number => group.reduce((sum, p) => sum + at(splits.split, p), 0);
  const rows = Array.from({ length: c.groupCount }, (_, g) => c.order.map((ring) => activeOf(ring[g], splits.active)));
  const lengths = rows.map((groups) => Math.max(0, ...groups.map(sumOf)));
  const others = lengths.reduce((sum, length, g) => (g === c.coordGroup ? sum : sum + length), 0);
  let from = 0;
  for (let step = 0; step < c.groupCount; step++) {
    const g = (c.coordGroup + step) % c.groupCount;
    const length = step === 0 ? cycle - others : (lengths[g] ?? 0);
    for (const group of rows[g] ?? []) {
      const spare = length - sumOf(group);
      if (step > 0 && group.length > 0 && spare !== 0) return null;
      placeGroup(c, slots, group, { from, length, spare });
    }
    from += length;
  }
  return slots;
}

interface Extent {
  readonly from: number;
  readonly length: number;
  readonly spare: number;
}

function placeGroup(c: CompiledConfig, slots: Slots, group: readonly number[], { from, length, spare }: Extent): void {
  let start = from;
  for (const p of group) {
    if ((c.coordMask & (1 << p)) !== 0) slots.length[p] = at(slots.length, p) + spare;
    slots.start[p] = start;
    slots.barrier[p] = from + length;
    start += at(slots.length, p);
  }
}

/** Greens inside the slots, seen from local zero and from each ring's yield. Null when a green is too short. */
function relate(c: CompiledConfig, pattern: MachinePattern, splits: Splits, slots: Slots): Timetable | null {
  const cycle = pattern.cycle_ds;
  const active = c.phases.filter((p) => (splits.active & (1 << p)) !== 0);
  const force = new Int32Array(PHASE_SLOTS);
  for (const p of active) force[p] = at(slots.start, p) + at(slots.length, p) - clearance(c, p);
  const green = new Int32Array(PHASE_SLOTS);
  for (const p of active) {
    green[p] = at(slots.start, p) + lead(c, splits.active, p, at(slots.start, p), force, cycle);
    if (at(force, p) - at(green, p) < needGreen(c, p)) return null;
  }
  const zero = Math.max(...c.coord.map((p) => at(green, p)));
  const local = (values: Int32Array): Int32Array =>
    values.map((v, p) => (active.includes(p) ? modulo(v - zero, cycle) : 0));
  const greenStart = local(green);
  const forceOff = local(force);
  const yieldAt = Int32Array.from(c.coord, (p) => at(forceOff, p));
  const reference = modulo(referenceOf(c, pattern, green, force) - zero, cycle);
  const after = sinceYield(c, active, { slots, green, force, yieldAt, forceOff }, cycle);
  const allServed = Math.max(zero, ...c.coord.map((p) => at(green, p) + needGreen(c, p)));
  const slack = Math.min(...c.coord.map((p) => at(force, p))) - allServed;
  const firstYield = Math.min(...yieldAt);
  return {
    pattern,
    cycle,
    offset: modulo(pattern.offset_ds - reference, cycle),
    reference,
    correction: pattern.correction ?? "shortway",
    maxMode: pattern.max_mode ?? "inhibit",
    floating: pattern.force_mode === "floating",
    splitGreen: force.map((ends, p) => ends - at(green, p)),
    greenStart,
    forceOff,
    yieldAt,
    holdAfter: Int32Array.from(c.coord, (p) => modulo(-at(force, p), cycle)),
    ...after,
    activeMask: splits.active,
    vehicleRecallMask: splits.vehicle,
    maxRecallMask: splits.max,
    pedRecallMask: splits.ped,
    zeroMask: c.coord.reduce((mask, p) => (at(force, p) > zero ? mask | (1 << p) : mask), 0),
    dwellRing: yieldAt.indexOf(firstYield),
    coordSlack: Math.max(0, slack),
  };
}

/** The instant that the offset times, counted like `green` and `force`. */
function referenceOf(c: CompiledConfig, pattern: MachinePattern, green: Int32Array, force: Int32Array): number {
  const begins = c.coord.map((p) => at(green, p));
  const ends = c.coord.map((p) => at(force, p));
  switch (pattern.offset_reference ?? "begin_green") {
    case "begin_green":
      return Math.max(...begins);
    case "first_begin_green":
      return Math.min(...begins);
    case "end_green":
      return Math.max(...ends);
    case "first_end_green":
      return Math.min(...ends);
    case "begin_red":
      return Math.max(...c.coord.map((p) => at(force, p) + at(c.yellow, p)));
  }
}

/** How long after its slot starts a phase must still wait for conflict-specific intergreens. */
function lead(
  c: CompiledConfig,
  active: number,
  phase: number,
  start: number,
  force: Int32Array,
  cycle: number,
): number {
  let wait = 0;
  for (const { other, ds } of c.intergreensTo[phase] ?? []) {
    if ((active & (1 << other)) !== 0) wait = Math.max(wait, ds - modulo(start - at(force, other), cycle));
  }
  return wait;
}

interface Placed {
  readonly slots: Slots;
  readonly green: Int32Array;
  readonly force: Int32Array;
  readonly yieldAt: Int32Array;
  readonly forceOff: Int32Array;
}

function sinceYield(c: CompiledConfig, active: readonly number[], placed: Placed, cycle: number) {
  const forceAfter = new Int32Array(PHASE_SLOTS);
  const leaveAfter = new Int32Array(PHASE_SLOTS);
  const barrierAfter = new Int32Array(PHASE_SLOTS);
  for (const p of active) {
    const yields = at(placed.yieldAt, at(c.ringOf, p));
    const forced = modulo(at(placed.forceOff, p) - yields, cycle);
    const barrier = forced + at(placed.slots.barrier, p) - at(placed.force, p);
    let leave = barrier - clearance(c, p);
    for (const { other, ds } of c.intergreensFrom[p] ?? []) {
      const later =
        c.ringOf[other] === c.ringOf[p] && c.groupOf[other] === c.groupOf[p] && at(c.placeOf, other) > at(c.placeOf, p);
      if (later || !active.includes(other)) continue;
      leave = Math.min(leave, forced + modulo(at(placed.green, other) - at(placed.force, p), cycle) - ds);
    }
    forceAfter[p] = forced;
    leaveAfter[p] = Math.max(forced, leave);
    barrierAfter[p] = barrier;
  }
  return { forceAfter, leaveAfter, barrierAfter };
}

/** From the begin of green of the last coordinated phase to the instant that the pattern's offset times; null when it cannot run. */
export function referenceOf_ds(config: MachineConfig, pattern: MachinePattern): number | null {
  const result = makeTimetable(compileConfig(config), pattern);
  return result.ok ? result.timetable.reference : null;
}

/**
 * How long all coordinated phases are green together, from local zero on, where the last of them begins: 0 where one has ended by
 * then, as the first of a ring may before the last of another begins. Null when it cannot run.
 */
export function coordinatedGreen_ds(config: MachineConfig, pattern: MachinePattern): number | null {
  const compiled = compileConfig(config);
  const result = makeTimetable(compiled, pattern);
  if (!result.ok) return null;
  const { zeroMask, yieldAt } = result.timetable;
  return zeroMask === compiled.coordMask ? Math.min(...yieldAt) : 0;
}

/** Why a controller would run free instead of this pattern; null when it can run. */
export function refusalOf(config: MachineConfig, pattern: MachinePattern): PatternRefusal | null {
  const result = makeTimetable(compileConfig(config), pattern);
  return result.ok ? null : result.refusal;
}
