/** Every time of an intersection that its geometry and speeds determine, each with its inputs and its place. */
import type { StatedSignal } from "../schema.ts";
import { type Approaching, deriveRedClear, deriveYellow } from "./clearances.ts";
import type { Derived } from "./derived.ts";
import { deriveMinGreen, derivePedClear } from "./greens.ts";
import { deriveIntergreen } from "./intergreen.ts";

/** What the formulas read of an intersection, stated or filled in. */
export interface Geometry {
  readonly approaches: readonly (Approaching & {
    readonly id: string;
    readonly lanes: readonly {
      readonly phase: number;
      readonly turns: readonly string[];
      readonly detector_setback_m?: number | undefined;
    }[];
  })[];
  readonly signal: StatedSignal;
}

export interface Derivation {
  readonly what: "yellow" | "red_clear" | "intergreen" | "ped_clear" | "min_green";
  /** The phase; of an intergreen, the one that ends. */
  readonly phase: number;
  /** Of an intergreen, the one that starts. */
  readonly to?: number;
  /** Of a yellow, the approach whose speed asks for it. */
  readonly approach?: string;
  readonly path: readonly (string | number)[];
  /** Undefined where the file leaves it to the formula. */
  readonly stated_s: number | undefined;
  readonly derived: Derived;
}

type Approach = Geometry["approaches"][number];

const lanesOf = ({ lanes }: Approach, phase: number) => lanes.filter((lane) => lane.phase === phase);
const serving = ({ approaches }: Geometry, phase: number): readonly Approach[] =>
  approaches.filter((approach) => lanesOf(approach, phase).length > 0);

function ofClearances(geometry: Geometry): readonly Derivation[] {
  return geometry.signal.clearances.flatMap(
    ({ phase, yellow_s, red_clear_s, conflict_width_m, entry_speed_kmh }, i): Derivation[] => {
      const served = serving(geometry, phase);
      const yellows = served.map((approach): Derivation => {
        const derived = deriveYellow(approach, entry_speed_kmh);
        const path = ["clearances", i, "yellow_s"];
        return { what: "yellow", phase, approach: approach.id, path, stated_s: yellow_s, derived };
      });
      if (conflict_width_m === undefined) return yellows;
      const reds = served.map(({ speed_kmh }): Derivation => {
        const derived = deriveRedClear(conflict_width_m, Math.min(speed_kmh, entry_speed_kmh ?? speed_kmh));
        return { what: "red_clear", phase, path: ["clearances", i, "red_clear_s"], stated_s: red_clear_s, derived };
      });
      return [...yellows, ...reds];
    },
  );
}

function ofConflicts(geometry: Geometry): readonly Derivation[] {
  const onlyTurns = (phase: number): boolean =>
    serving(geometry, phase).every((approach) =>
      lanesOf(approach, phase).every(({ turns }) => !turns.includes("through")),
    );
  return geometry.signal.conflicts.flatMap((pair, i): Derivation[] => {
    const { a, b, path_a_m, path_b_m } = pair;
    if (path_a_m === undefined || path_b_m === undefined) return [];
    const one = (from: number, to: number, key: "intergreen_ab_s" | "intergreen_ba_s", paths: [number, number]) => {
      const [path_from_m, path_to_m] = paths;
      const derived = deriveIntergreen({ path_from_m, path_to_m, turning: onlyTurns(from) });
      return {
        what: "intergreen" as const,
        phase: from,
        to,
        path: ["conflicts", i, key],
        stated_s: pair[key],
        derived,
      };
    };
    return [one(a, b, "intergreen_ab_s", [path_a_m, path_b_m]), one(b, a, "intergreen_ba_s", [path_b_m, path_a_m])];
  });
}

function ofPhases(geometry: Geometry): readonly Derivation[] {
  const setbacks = geometry.approaches.flatMap((approach) => approach.lanes);
  return geometry.signal.phases.flatMap((phase, i): Derivation[] => {
    const { number, walk_s, ped_clear_s, crossing_m, walking_speed_ms, min_green_s } = phase;
    const walks = walk_s > 0 && crossing_m !== undefined;
    const pedestrians = walks
      ? [{ path: ["phases", i, "ped_clear_s"], derived: derivePedClear(crossing_m, walk_s, walking_speed_ms) }]
      : [];
    const farthest_m = Math.max(
      -1,
      ...setbacks.flatMap((lane) => (lane.phase === number ? [lane.detector_setback_m ?? -1] : [])),
    );
    const queues = farthest_m >= 0 ? [{ path: ["phases", i, "min_green_s"], derived: deriveMinGreen(farthest_m) }] : [];
    return [
      ...pedestrians.map((each) => ({ what: "ped_clear" as const, phase: number, stated_s: ped_clear_s, ...each })),
      ...queues.map((each) => ({ what: "min_green" as const, phase: number, stated_s: min_green_s, ...each })),
    ];
  });
}

/** Of the signal's clearances, conflicts and phases, in that order; paths are relative to the signal. */
export function derivations(geometry: Geometry): readonly Derivation[] {
  return [...ofClearances(geometry), ...ofConflicts(geometry), ...ofPhases(geometry)];
}
