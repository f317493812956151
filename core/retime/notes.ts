/** What a person should know about a proposal beside its numbers. */
import type { Intersection } from "../network/schema.ts";
import { type Problem, problem } from "../problems/problem.ts";
import { CRITICAL_FLOW_RATIO_LIMIT } from "../timing/webster.ts";
import type { Assessment } from "./intersection-plan.ts";
import type { DemandByLane } from "./phase-demand.ts";

export function saturationNotes(
  { intersection, oversaturated, critical }: Assessment,
  cycle_s: number,
): readonly Problem[] {
  if (!oversaturated) return [];
  const ratio = critical.flow_ratio.toFixed(2);
  const words = { intersection: intersection.id, ratio, limit: CRITICAL_FLOW_RATIO_LIMIT, cycle_s };
  return [problem("DEMAND_ABOVE_CAPACITY", words)];
}

export function demandNotes({ id, approaches }: Intersection, demand: DemandByLane): readonly Problem[] {
  const all = approaches.flatMap((approach) => approach.lanes);
  const known = all.flatMap((lane) => demand.get(lane.id) ?? []);
  const assumed = all.length - known.filter((one) => one.origin !== "assumed").length;
  const simulated = known.filter((one) => one.simulated).length;
  const share = (lanes: number) => ({ intersection: id, lanes, of: all.length });
  return [
    ...(assumed > 0 ? [problem("DEMAND_ASSUMED", share(assumed))] : []),
    ...(simulated > 0 ? [problem("DEMAND_SIMULATED", share(simulated))] : []),
    ...known
      .filter((one) => one.saturated)
      .map(({ lane, flow_pcu_h }) =>
        problem("QUEUE_OUTLIVES_GREEN", { intersection: id, lane, flow_pcu_h: Math.round(flow_pcu_h) }),
      ),
  ];
}
