/** The flow intervals that demand is made from: the last hour of every lane, and earlier days where that is silent. */
import type { Intersection } from "../../core/network/schema.ts";
import type { FlowStore } from "../../core/ports/storage.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The same weekday lies at most eight days back; an interval is at least 10 s long. */
const HISTORY_MS = 8 * DAY_MS;
const HISTORY_ROWS = 8 * 24 * 360;
const ROWS_PER_LANE_HOUR = 360;

export async function recentFlow(
  flows: FlowStore,
  intersections: readonly Intersection[],
  now_ms: number,
): Promise<readonly FlowInterval[]> {
  const lanes = intersections.flatMap(({ approaches }) => approaches.flatMap((approach) => approach.lanes));
  const told = lanes.map(async ({ id: lane }) => {
    const hour = await flows.recent({ lane, since_ms: now_ms - HOUR_MS, limit: ROWS_PER_LANE_HOUR });
    const isSilent = hour.every(({ quality }) => quality === "missing");
    return isSilent ? flows.recent({ lane, since_ms: now_ms - HISTORY_MS, limit: HISTORY_ROWS }) : hour;
  });
  return (await Promise.all(told)).flat();
}
