/**
 * Webster's cycle (Road Research Technical Paper 39, 1958): C0 = (1.5 L + 5) / (1 - Y), with L the lost time of the
 * critical path and Y its sum of flow ratios. Infinite where Y reaches 1.
 */
export function websterCycle_s(lostTime_s: number, criticalFlowRatio: number): number {
  if (criticalFlowRatio >= 1) return Number.POSITIVE_INFINITY;
  return (1.5 * lostTime_s + 5) / (1 - criticalFlowRatio);
}

/** Above this the formula runs away: the longest cycle is used and splits are proportional. */
export const CRITICAL_FLOW_RATIO_LIMIT = 0.9;

export interface CycleBounds {
  readonly shortest_s: number;
  readonly longest_s: number;
}

/** Webster's cycle in whole seconds, within what minimums need and policy allows. */
export function boundedCycle_s(lostTime_s: number, criticalFlowRatio: number, bounds: CycleBounds): number {
  const { shortest_s, longest_s } = bounds;
  if (criticalFlowRatio > CRITICAL_FLOW_RATIO_LIMIT) return longest_s;
  return Math.min(longest_s, Math.max(shortest_s, Math.ceil(websterCycle_s(lostTime_s, criticalFlowRatio))));
}

/** Degree of saturation X = Y C / (C - L) that a cycle leaves on the critical path (HCM 2000, eq. 16-8). */
export function criticalDegree(cycle_s: number, lostTime_s: number, criticalFlowRatio: number): number {
  if (cycle_s <= lostTime_s) return Number.POSITIVE_INFINITY;
  return (criticalFlowRatio * cycle_s) / (cycle_s - lostTime_s);
}

/** Shortest cycle that keeps the critical path at `degree`: C = L X / (X - Y). Infinite where Y reaches X. */
export function cycleForDegree_s(lostTime_s: number, criticalFlowRatio: number, degree: number): number {
  if (criticalFlowRatio >= degree) return Number.POSITIVE_INFINITY;
  return (lostTime_s * degree) / (degree - criticalFlowRatio);
}
