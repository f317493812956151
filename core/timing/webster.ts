/**
 * Webster's cycle (Road Research Technical Paper 39, 1958): C0 = (1.5 L + 5) / (1 - Y), with L the lost time of the
 * critical path and Y its sum of flow ratios.
 */
export function websterCycle_s(lostTime_s: number, criticalFlowRatio: number): number {
  if (criticalFlowRatio >= 1) return Number.POSITIVE_INFINITY;
  return (1.5 * lostTime_s + 5) / (1 - criticalFlowRatio);
}

/** Above this the formula runs away: the longest cycle is used and splits are proportional. */
export const CRITICAL_FLOW_RATIO_LIMIT = 0.9;
