/** Turns a machine configuration into index tables, so that a step reads arrays instead of searching lists. */
import type { MachineConfig } from "./types.ts";

/** Phase tables are indexed by phase number minus one; bit i of a mask is the same index. */
export const PHASE_SLOTS = 16;

interface Intergreen {
  readonly other: number;
  readonly ds: number;
}

export interface CompiledConfig {
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
    ...recalls(config),
  };
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
    pedRecallMask: having((p) => p.recall === "ped"),
  };
}
