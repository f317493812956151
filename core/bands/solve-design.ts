/** Best cycle, speeds, phasings and offsets of a street within its limits, by a solver of mixed-integer programs. */
import type { Program, ProgramSolver } from "../ports/program-solver.ts";
import { type BandCorridor, modulo } from "./corridor.ts";
import type { BandDesign, DesignGoal } from "./design.ts";
import { type BandProgram, bandProgram, lagsOf } from "./program.ts";

export interface DesignedBands {
  /** The street with the cycle and the times that were chosen. */
  readonly corridor: BandCorridor;
  readonly offsets_s: readonly number[];
  readonly phasings: readonly number[];
  /** Widths of the bands around the lines: one each way, or one for each link. */
  readonly out_s: readonly number[];
  readonly in_s: readonly number[];
}

export interface DesignAnswer {
  /** Null when no two lines run through all greens, or none was found in time. */
  readonly bands: DesignedBands | null;
  /** What the goal counts, in cycles: sum of bands, the equal band, or the sum over links; 0 without bands. */
  readonly value: number;
  /** Nothing is worth more. */
  readonly bound: number;
  readonly proved: boolean;
}

/** Below this a bound is reached: rounding of the solver. */
const REACHED = 1e-6;

export function designBands(
  design: BandDesign,
  goal: DesignGoal,
  solver: ProgramSolver,
  limit_s: number,
): DesignAnswer {
  const asked = bandProgram(design, goal);
  const { values, bound: told, state } = solver.solve(asked.program, limit_s);
  // A solver that is stopped early may know no bound yet.
  const bound = Math.min(told, mostOf(asked.program));
  if (values === null) return { bands: null, value: 0, bound: Math.max(0, bound), proved: state === "infeasible" };
  const value = asked.program.variables.reduce((sum, { gain }, i) => sum + gain * (values[i] ?? 0), 0);
  const proved = state === "optimal" || bound - value <= REACHED;
  return { bands: readSolution(design, asked, values), value, bound: proved ? value : bound, proved };
}

/** Everything that is worth something, at its upper bound. */
const mostOf = ({ variables }: Program): number => variables.reduce((sum, { gain, upper }) => sum + gain * upper, 0);

function readSolution({ signals, links }: BandDesign, asked: BandProgram, values: readonly number[]): DesignedBands {
  const of = (variable: number | undefined): number => (variable === undefined ? 0 : (values[variable] ?? 0));
  const cycle_s = 1 / of(asked.frequency);
  const out_s = links.map((_, i) => of(asked.out_time[i]) * cycle_s);
  const in_s = links.map((_, i) => of(asked.in_time[i]) * cycle_s);
  let passed_s = 0;
  const begins_s = signals.map((_, i) => {
    if (i > 0) passed_s += out_s[i - 1] ?? 0;
    return passed_s - of(asked.out[i]) * cycle_s;
  });
  const corridor: BandCorridor = {
    cycle_s,
    signals: signals.map(({ green_out, green_in, phasings, greens_per_cycle }) => ({
      green_out_s: green_out * cycle_s,
      green_in_s: green_in * cycle_s,
      phasings: phasings.map(({ name, inbound_after }) => ({ name, inbound_after_s: inbound_after * cycle_s })),
      greens_per_cycle,
    })),
    out_s,
    in_s,
  };
  const phasings = signals.map((signal, i) => {
    const chosen = lagsOf(signal).findIndex((_, p) => of(asked.phasings[i]?.[p]) > 0.5);
    return lagsOf(signal)[Math.max(0, chosen)]?.phasing ?? 0;
  });
  return {
    corridor,
    offsets_s: begins_s.map((begin_s) => modulo(begin_s - (begins_s[0] ?? 0), cycle_s)),
    phasings,
    out_s: asked.out_bands.map((band) => of(band) * cycle_s),
    in_s: asked.in_bands.map((band) => of(band) * cycle_s),
  };
}
