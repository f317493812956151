/** Puts derived times where the file states none. */
import type { SignalSpec } from "../schema.ts";
import { LONGEST_RED_CLEAR_S, LONGEST_YELLOW_S } from "./clearances.ts";
import { type Derivation, derivations, type Geometry } from "./derivations.ts";

interface Filled {
  readonly signal: SignalSpec;
  /** Keys that are neither stated nor can be derived; paths are relative to the signal. */
  readonly missing: readonly (readonly (string | number)[])[];
}

/**
 * The longest of the derived values wins; a clearance is capped at what a controller takes, and `validate` then says
 * that it is too short. A value that is missing stands as 0, and the reader of the file refuses it.
 */
export function fillDerived(geometry: Geometry): Filled {
  const { signal } = geometry;
  const found = derivations(geometry);
  const longest = (what: Derivation["what"], phase: number, to?: number): number | undefined => {
    const values = found.flatMap((each) =>
      each.what === what && each.phase === phase && each.to === to ? [each.derived.value_s] : [],
    );
    return values.length === 0 ? undefined : Math.max(...values);
  };
  const missing: (string | number)[][] = [];
  const clearances = signal.clearances.map((clearance, i) => {
    const yellow_s = clearance.yellow_s ?? longest("yellow", clearance.phase);
    const red_clear_s = clearance.red_clear_s ?? longest("red_clear", clearance.phase);
    if (yellow_s === undefined) missing.push(["clearances", i, "yellow_s"]);
    if (red_clear_s === undefined) missing.push(["clearances", i, "red_clear_s"]);
    return {
      ...clearance,
      yellow_s: Math.min(LONGEST_YELLOW_S, yellow_s ?? 0),
      red_clear_s: Math.min(LONGEST_RED_CLEAR_S, red_clear_s ?? 0),
    };
  });
  const conflicts = signal.conflicts.map((pair) => {
    const ab = pair.intergreen_ab_s ?? longest("intergreen", pair.a, pair.b);
    const ba = pair.intergreen_ba_s ?? longest("intergreen", pair.b, pair.a);
    return {
      ...pair,
      ...(ab === undefined ? {} : { intergreen_ab_s: ab }),
      ...(ba === undefined ? {} : { intergreen_ba_s: ba }),
    };
  });
  const phases = signal.phases.map((phase) => ({
    ...phase,
    ped_clear_s: phase.ped_clear_s ?? longest("ped_clear", phase.number) ?? 0,
  }));
  return { signal: { ...signal, clearances, conflicts, phases }, missing };
}
