/** The controller's own clock between two of its reports. */
import type { ControllerStatus, StoredPlan } from "../state/page-state.ts";
import { isFresh } from "./heads.ts";

/** Seconds since local zero, carried forward from the last report; null when free, stale or under another pattern. */
export function localClock_s(
  status: ControllerStatus | undefined,
  plan: StoredPlan["plan"] | undefined,
  now_ms: number,
): number | null {
  if (!isFresh(status, now_ms) || plan === undefined) return null;
  if (status.local_clock_s === null || status.pattern !== plan.pattern) return null;
  const age_s = Math.max(0, (now_ms - status.at_ms) / 1000);
  return (status.local_clock_s + age_s) % plan.cycle_s;
}
