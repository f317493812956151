/** MULTIBAND's answer: a band of its own for each link and way, each worth what the instance says. */
import { failed, ok, problem, type Result } from "../problems/problem.ts";
import { type BandMeans, chosenDesign, solverOf } from "./answer.ts";
import type { BandCorridor } from "./corridor.ts";
import { type BandInstance, designOf } from "./instance.ts";
import { measureBands } from "./measure-corridor.ts";
import { designBands } from "./solve-design.ts";

export interface LinkBands {
  readonly cycle_s: number;
  readonly bandwidth_out_s: readonly number[];
  readonly bandwidth_in_s: readonly number[];
  /** Weighted. */
  readonly total_s: number;
  readonly one_optimal_offset_set_s: readonly number[];
  /** What a driver finds on each link by itself: at least the band, which also has to meet that of its neighbours. */
  readonly evaluator_check_out_in: readonly (readonly [number, number])[];
  readonly left_turns?: readonly (string | null)[];
  readonly speed_out_mps?: readonly (number | null)[];
  readonly speed_in_mps?: readonly (number | null)[];
  readonly proved: boolean;
  readonly gap: number;
  readonly method: "HiGHS";
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
const ROUNDING_S = 2e-3;

/** Undefined where the instance gives links no weights. */
export function answerLinks(instance: BandInstance, means: BandMeans): Result<LinkBands> | undefined {
  const { link_weight_out: out, link_weight_in: back } = instance;
  if (out === undefined || back === undefined) return undefined;
  const goal = { kind: "links" as const, out, in: back };
  const { bands, value, bound, proved } = designBands(designOf(instance), goal, solverOf(means), means.limit_s);
  if (bands === null) return failed(problem("BANDS_NO_LINE", { limit_s: means.limit_s }));
  const { corridor, offsets_s, phasings, out_s, in_s } = bands;
  const driven = out_s.map((_, i) => driveLink(corridor, offsets_s, phasings, i));
  for (const [i, [drivenOut, drivenIn]] of driven.entries()) {
    const [computedOut, computedIn] = [out_s[i] ?? 0, in_s[i] ?? 0];
    if (drivenOut < computedOut - ROUNDING_S || drivenIn < computedIn - ROUNDING_S) {
      const words = { computed_s: round(computedOut + computedIn), measured_s: round(drivenOut + drivenIn) };
      return failed(problem("BANDS_UNPROVED", words));
    }
  }
  return ok({
    cycle_s: round(corridor.cycle_s),
    bandwidth_out_s: out_s.map(round),
    bandwidth_in_s: in_s.map(round),
    total_s: round(value * corridor.cycle_s),
    one_optimal_offset_set_s: offsets_s.map(round),
    evaluator_check_out_in: driven.map(([a, b]) => [round(a), round(b)] as const),
    ...chosenDesign(instance, corridor, phasings),
    proved,
    gap: proved ? 0 : round((bound - value) / bound),
    method: "HiGHS",
  });
}

/** The two lights of link `i` alone. */
function driveLink(
  corridor: BandCorridor,
  offsets_s: readonly number[],
  phasings: readonly number[],
  i: number,
): readonly [number, number] {
  const link = {
    cycle_s: corridor.cycle_s,
    signals: corridor.signals.slice(i, i + 2),
    out_s: corridor.out_s.slice(i, i + 1),
    in_s: corridor.in_s.slice(i, i + 1),
  };
  const { outbound, inbound } = measureBands(link, offsets_s.slice(i, i + 2), phasings.slice(i, i + 2));
  return [outbound.width_s, inbound.width_s];
}
