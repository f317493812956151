/** What it takes to come from one plan to another (Signal Timing Manual, 2nd ed.; shared limits of transition). */
import { modulo } from "../../bands/corridor.ts";

export interface Running {
  readonly cycle_s: number;
  readonly offset_s: number;
}

export interface Changeover {
  /** By how much the reference point moves: later if positive, the shorter way round. */
  readonly shift_s: number;
  readonly way: "none" | "longer cycles" | "shorter cycles";
  readonly cycles: number;
  /** Until the new offset is met. */
  readonly lasts_s: number;
}

/** A cycle is made longer by at most this share, or shorter by at most that. */
const longer = 0.2;
const shorter = 0.17;

/** The way with fewer cycles. Cycles of the new length are run from the change on, stretched or shortened until they fit. */
export function changeover(from: Running, to: Running): Changeover {
  const { cycle_s } = to;
  // The moment of the change is taken to be zero of the old plan's cycle.
  const later_s = modulo(to.offset_s - from.offset_s, cycle_s);
  if (later_s < 1e-6 || cycle_s - later_s < 1e-6) return { shift_s: 0, way: "none", cycles: 0, lasts_s: 0 };
  const adding = Math.ceil(later_s / (longer * cycle_s) - 1e-9);
  const taking = Math.ceil((cycle_s - later_s) / (shorter * cycle_s) - 1e-9);
  const round = (value: number): number => Math.round(value * 10) / 10;
  if (adding <= taking) {
    return {
      shift_s: round(later_s),
      way: "longer cycles",
      cycles: adding,
      lasts_s: round(adding * cycle_s + later_s),
    };
  }
  const sooner_s = cycle_s - later_s;
  return {
    shift_s: round(-sooner_s),
    way: "shorter cycles",
    cycles: taking,
    lasts_s: round(taking * cycle_s - sooner_s),
  };
}
