/** From an instance to its answer, in the form of the instances' own: the widest bands, measured and with their proof. */
import type { ProgramSolver } from "../ports/program-solver.ts";
import { failed, ok, problem, type Result } from "../problems/problem.ts";
import { type BandCorridor, type BandObjective, narrower, weightedSum } from "./corridor.ts";
import type { DesignGoal } from "./design.ts";
import { type BandSolution, widestBands } from "./exact.ts";
import { type BandInstance, type BandQuestion, corridorOf, designOf, questionOf } from "./instance.ts";
import { measureBands } from "./measure-corridor.ts";
import { designBands } from "./solve-design.ts";

export interface BandProof {
  /** Nothing better is possible. */
  readonly proved: boolean;
  /** Share of what is possible at most that is not reached; 0 when proved. */
  readonly gap: number;
  /** `every case`: all were looked at; `HiGHS`: a mixed-integer program. */
  readonly method: "every case" | "HiGHS";
}

export interface BandResult extends BandProof {
  readonly cycle_s: number;
  readonly bandwidth_out_s: number;
  readonly bandwidth_in_s: number;
  readonly total_s: number;
  /** Both bands as a share of both cycles, and of the shortest greens. */
  readonly efficiency: number;
  readonly attainability: number;
  /** Begin of outbound green after that of the first light. */
  readonly one_optimal_offset_set_s: readonly number[];
  /** Widths found by driving at every departure. */
  readonly evaluator_check_out_in: readonly [number, number];
  /** Chosen order of left turns, where it was open. */
  readonly left_turns?: readonly (string | null)[];
  /** Chosen speeds, where they were open. */
  readonly speed_out_mps?: readonly (number | null)[];
  readonly speed_in_mps?: readonly (number | null)[];
}

/** The street as it was given, and its answers. */
export interface BandAnswer extends BandQuestion {
  readonly max_sum: BandResult;
  readonly max_equal: BandResult;
}

export interface BandMeans {
  /** Needed where `needsSolver` says so. */
  readonly solver: ProgramSolver | null;
  /** For each program. */
  readonly limit_s: number;
  /** Asks the solver also where every case can be looked at. */
  readonly always?: boolean;
}

/** With fixed speeds and one band each way every case can be looked at; anything else is a program. */
export const needsSolver = ({ speed_slack = 0, link_weight_out }: BandInstance): boolean =>
  speed_slack > 0 || link_weight_out !== undefined;

export function solverOf({ solver }: BandMeans): ProgramSolver {
  if (solver === null) throw new Error("a street with open speeds or links of their own needs a solver");
  return solver;
}

export function answerBands(instance: BandInstance, means: BandMeans): Result<BandAnswer> {
  const { weight_out = 1, weight_in = 1 } = instance;
  const sum = resultFor(instance, weightedSum(weight_out, weight_in), means, {
    kind: "sum",
    out: weight_out,
    in: weight_in,
  });
  if (!sum.ok) return sum;
  const equal = resultFor(instance, narrower(1, 1), means, { kind: "equal" });
  if (!equal.ok) return equal;
  return ok({ ...questionOf(instance), max_sum: sum.value, max_equal: equal.value });
}

type SingleGoal = Exclude<DesignGoal, { kind: "links" }>;

interface Found extends BandProof {
  readonly corridor: BandCorridor;
  readonly solution: BandSolution;
}

function resultFor(
  instance: BandInstance,
  objective: BandObjective,
  means: BandMeans,
  goal: SingleGoal,
): Result<BandResult> {
  const open = (instance.speed_slack ?? 0) > 0 || means.always === true;
  const found = open ? byProgram(instance, objective, means, goal) : byEveryCase(instance, objective);
  return describe(instance, found, goal);
}

/** Fixed speeds. Of a range of cycles, every whole second and both ends. */
function byEveryCase(instance: BandInstance, objective: BandObjective): Found {
  const [least, most] = instance.cycle_range_s ?? [instance.cycle_s, instance.cycle_s];
  let best: { readonly share: number; readonly corridor: BandCorridor; readonly solution: BandSolution } | null = null;
  for (
    let cycle_s = least;
    cycle_s <= most;
    cycle_s = cycle_s === most ? most + 1 : Math.min(most, Math.floor(cycle_s) + 1)
  ) {
    const corridor = corridorOf(instance, cycle_s);
    const solution = widestBands(corridor, objective);
    const share = objective.value(solution.widths) / cycle_s;
    if (best === null || share > best.share + 1e-12) best = { share, corridor, solution };
  }
  if (best === null) throw new Error("a range of cycles holds one at least");
  return { corridor: best.corridor, solution: best.solution, proved: true, gap: 0, method: "every case" };
}

/**
 * Open speeds. What the program chose is then fixed, and the widest bands with it are those of every case. A program
 * that was stopped early may have found less than the speeds that were given allow.
 */
function byProgram(instance: BandInstance, objective: BandObjective, means: BandMeans, goal: SingleGoal): Found {
  const { bands, bound, proved } = designBands(designOf(instance), goal, solverOf(means), means.limit_s);
  const given = bands === null || (!proved && instance.speed_change === undefined);
  const tried = [
    ...(bands === null ? [] : [{ corridor: bands.corridor, solution: widestBands(bands.corridor, objective) }]),
    ...(given ? [byEveryCase(instance, objective)] : []),
  ].map((one) => ({ ...one, share: objective.value(one.solution.widths) / one.corridor.cycle_s }));
  const { corridor, solution, share } = tried.reduce((a, b) => (b.share > a.share ? b : a));
  // A solution without two lines, one direction alone, is not in the program: it may beat the program's bound.
  const gap = proved || bound <= share ? 0 : (bound - share) / bound;
  return { corridor, solution, proved: proved || gap === 0, gap, method: "HiGHS" };
}

/** Between what is computed and what is driven: rounding, of offsets too. */
const ROUNDING_S = 1e-4;

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

function describe(instance: BandInstance, found: Found, goal: SingleGoal): Result<BandResult> {
  const { corridor, solution, proved, gap, method } = found;
  const { cycle_s, signals } = corridor;
  const { widths, phasings } = solution;
  const offsets_s = solution.offsets_s.map((offset) => (round(offset) >= cycle_s ? 0 : round(offset)));
  const { outbound, inbound } = measureBands(corridor, offsets_s, phasings);
  const equal = Math.min(widths.out_s, widths.in_s);
  const [out_s, in_s] = goal.kind === "equal" ? [equal, equal] : [widths.out_s, widths.in_s];
  if (outbound.width_s < out_s - ROUNDING_S || inbound.width_s < in_s - ROUNDING_S) {
    const words = { computed_s: round(out_s + in_s), measured_s: round(outbound.width_s + inbound.width_s) };
    return failed(problem("BANDS_UNPROVED", words));
  }
  const shortest = (way: "green_out_s" | "green_in_s"): number => Math.min(...signals.map((one) => one[way]));
  const total = out_s + in_s;
  return ok({
    cycle_s: round(cycle_s),
    bandwidth_out_s: round(out_s),
    bandwidth_in_s: round(in_s),
    total_s: round(total),
    efficiency: round(total / (2 * cycle_s)),
    attainability: round(total / (shortest("green_out_s") + shortest("green_in_s"))),
    one_optimal_offset_set_s: offsets_s,
    evaluator_check_out_in: [round(outbound.width_s), round(inbound.width_s)],
    ...chosenDesign(instance, corridor, phasings),
    proved,
    gap: round(gap),
    method,
  });
}

/** Of what the instance leaves open: the orders of left turns and the speeds that were chosen. */
export function chosenDesign(instance: BandInstance, corridor: BandCorridor, phasings: readonly number[]) {
  const lefts = { left_turns: corridor.signals.map((signal, i) => signal.phasings[phasings[i] ?? 0]?.name ?? null) };
  return {
    ...(instance.left_out_s === undefined ? {} : lefts),
    ...((instance.speed_slack ?? 0) > 0 ? chosenSpeeds(instance, corridor) : {}),
  };
}

/** Null on a link without length. */
function chosenSpeeds({ positions_m, queue_out_s, queue_in_s }: BandInstance, { out_s, in_s }: BandCorridor) {
  const speed = (i: number, band_s: number, clear_s: number): number | null => {
    const length_m = (positions_m[i + 1] ?? 0) - (positions_m[i] ?? 0);
    return length_m > 0 ? round(length_m / (band_s + clear_s)) : null;
  };
  return {
    speed_out_mps: out_s.map((s, i) => speed(i, s, queue_out_s?.[i + 1] ?? 0)),
    speed_in_mps: in_s.map((s, i) => speed(i, s, queue_in_s?.[i] ?? 0)),
  };
}
