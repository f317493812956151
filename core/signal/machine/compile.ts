/** Turns a machine configuration into index tables, so that a step reads arrays instead of searching lists. */
import { type CompiledOptions, compileOptions, type OptionMasks, optionMasks } from "./compile-options.ts";
import type { MachineConfig, MachineOverlap } from "./types.ts";

/** Phase tables are indexed by phase number minus one; bit i of a mask is the same index. */
export const PHASE_SLOTS = 16;

export interface CompiledOverlap {
  readonly number: number;
  readonly included: number;
  /** Phases it must not run with; none of a normal overlap. */
  readonly modifiers: number;
  readonly trailGreen: number;
  readonly trailYellow: number;
  readonly trailRed: number;
}

interface Intergreen {
  readonly other: number;
  readonly ds: number;
}

export interface CompiledConfig extends CompiledOptions, OptionMasks {
  readonly ringCount: number;
  readonly groupCount: number;
  /** `order[ring][group]`: phase indexes in the order they run. */
  readonly order: readonly (readonly (readonly number[])[])[];
  readonly phases: readonly number[];
  readonly ringOf: Int8Array;
  readonly groupOf: Int8Array;
  readonly placeOf: Int8Array;
  readonly groupMask: Int32Array;
  readonly minGreen: Int32Array;
  readonly maxGreen: Int32Array;
  readonly passage: Int32Array;
  readonly walk: Int32Array;
  readonly pedClear: Int32Array;
  readonly yellow: Int32Array;
  readonly redClear: Int32Array;
  /** Explicit intergreens towards a phase, and away from it. */
  readonly intergreensTo: readonly (readonly Intergreen[])[];
  readonly intergreensFrom: readonly (readonly Intergreen[])[];
  /** Coordinated phase of each ring. */
  readonly coord: readonly number[];
  readonly coordMask: number;
  readonly coordGroup: number;
  /** Phase that each ring starts with, or -1; and those of them that start with walk. */
  readonly start: readonly number[];
  readonly startWalks: number;
  /** Per phase: phases that must not be on together with it. */
  readonly apart: Int32Array;
  readonly overlaps: readonly CompiledOverlap[];
  readonly allMask: number;
  readonly walkMask: number;
  readonly vehicleRecallMask: number;
  readonly maxRecallMask: number;
  readonly pedRecallMask: number;
}

export function compileConfig(config: MachineConfig): CompiledConfig {
  const ringOf = new Int8Array(PHASE_SLOTS).fill(-1);
  const groupOf = new Int8Array(PHASE_SLOTS).fill(-1);
  const placeOf = new Int8Array(PHASE_SLOTS).fill(-1);
  const order = config.rings.map((ring, r) =>
    ring.map((group, g) =>
      group.map((number, place) => {
        const index = number - 1;
        ringOf[index] = r;
        groupOf[index] = g;
        placeOf[index] = place;
        return index;
      }),
    ),
  );
  const groupCount = order[0]?.length ?? 0;
  const groupMask = new Int32Array(groupCount);
  for (const ring of order) for (const [g, group] of ring.entries()) groupMask[g] = (groupMask[g] ?? 0) | maskOf(group);
  return {
    ringCount: order.length,
    groupCount,
    order,
    phases: config.phases.map((p) => p.number - 1),
    ringOf,
    groupOf,
    placeOf,
    groupMask,
    ...timings(config),
    ...intergreens(config),
    ...coordination(config, ringOf, groupOf),
    ...starting(config, ringOf),
    apart: apartOf(config, ringOf, groupOf),
    overlaps: (config.overlaps ?? []).map(compileOverlap),
    ...recalls(config),
    ...compileOptions(config, PHASE_SLOTS),
    ...optionMasks(config),
  };
}

function compileOverlap(overlap: MachineOverlap): CompiledOverlap {
  const mask = (numbers: readonly number[]): number => maskOf(numbers.map((number) => number - 1));
  return {
    number: overlap.number,
    included: mask(overlap.included),
    modifiers: overlap.type === "minus_green_yellow" ? mask(overlap.modifiers) : 0,
    trailGreen: overlap.trail_green_ds,
    trailYellow: overlap.trail_yellow_ds,
    trailRed: overlap.trail_red_ds,
  };
}

/** The same ring, or the other side of a barrier. */
function apartOf(config: MachineConfig, ringOf: Int8Array, groupOf: Int8Array): Int32Array {
  const apart = new Int32Array(PHASE_SLOTS);
  const indexes = config.phases.map((phase) => phase.number - 1);
  for (const p of indexes) {
    apart[p] = maskOf(indexes.filter((q) => q !== p && (ringOf[q] === ringOf[p] || groupOf[q] !== groupOf[p])));
  }
  return apart;
}

/** Start phases that could not be green together are a caller's bug; a ring without one starts red. */
function starting(config: MachineConfig, ringOf: Int8Array) {
  const chosen = config.start_phases ?? config.coord_phases;
  const start = config.rings.map((_, ring) => (chosen.findLast((p) => ringOf[p - 1] === ring) ?? 0) - 1);
  return { start, startWalks: maskOf((config.start_walks ?? []).map((number) => number - 1)) };
}

const maskOf = (indexes: readonly number[]): number => indexes.reduce((mask, i) => mask | (1 << i), 0);

function timings(config: MachineConfig) {
  const table = (read: (phase: MachineConfig["phases"][number]) => number): Int32Array => {
    const values = new Int32Array(PHASE_SLOTS);
    for (const phase of config.phases) values[phase.number - 1] = read(phase);
    return values;
  };
  return {
    minGreen: table((p) => p.min_green_ds),
    maxGreen: table((p) => p.max_green_ds),
    passage: table((p) => p.passage_ds),
    walk: table((p) => p.walk_ds),
    pedClear: table((p) => p.ped_clear_ds),
    yellow: table((p) => p.yellow_ds),
    redClear: table((p) => p.red_clear_ds),
  };
}

function intergreens(config: MachineConfig) {
  const intergreensTo: Intergreen[][] = Array.from({ length: PHASE_SLOTS }, () => []);
  const intergreensFrom: Intergreen[][] = Array.from({ length: PHASE_SLOTS }, () => []);
  for (const { from, to, ds } of config.intergreens) {
    intergreensTo[to - 1]?.push({ other: from - 1, ds });
    intergreensFrom[from - 1]?.push({ other: to - 1, ds });
  }
  return { intergreensTo, intergreensFrom };
}

/** A machine without one coordinated phase per ring in one barrier group cannot keep time: that is a caller's bug. */
function coordination(config: MachineConfig, ringOf: Int8Array, groupOf: Int8Array) {
  const coord = config.rings.map((_, ring) => config.coord_phases.findLast((p) => ringOf[p - 1] === ring));
  const indexes = coord.map((number) => {
    if (number === undefined) throw new Error("every ring needs one coordinated phase; run validateIntersection first");
    return number - 1;
  });
  const coordGroup = groupOf[indexes[0] ?? 0] ?? -1;
  if (indexes.some((i) => groupOf[i] !== coordGroup)) {
    throw new Error("coordinated phases must stand in one barrier group; run validateIntersection first");
  }
  return { coord: indexes, coordMask: maskOf(indexes), coordGroup };
}

function recalls(config: MachineConfig) {
  const having = (test: (phase: MachineConfig["phases"][number]) => boolean): number =>
    maskOf(config.phases.filter(test).map((p) => p.number - 1));
  return {
    allMask: having(() => true),
    walkMask: having((p) => p.walk_ds > 0),
    vehicleRecallMask: having((p) => p.recall === "min" || p.recall === "max"),
    maxRecallMask: having((p) => p.recall === "max"),
    pedRecallMask: having((p) => p.recall === "ped" || p.options?.ped_recall === true),
  };
}
