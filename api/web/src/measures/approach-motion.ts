/** How fast vehicles cross the stop lines of an approach, and how long its queues were, from the newest intervals. */
import type { Approach, FlowInterval } from "../state/page-state.ts";
import { isSilent } from "./approach-flow.ts";

export interface ApproachMotion {
  /** Mean of the vehicles whose speed is known; null without a calibrated camera. */
  readonly speed_kmh: number | null;
  /** Of the lane with the longest queue; null where no queue is looked at. */
  readonly queue_veh: number | null;
  readonly queue_m: number | null;
}

/** `flows` newest first within each lane. */
export function approachMotion(approach: Approach, flows: readonly FlowInterval[], now_ms: number): ApproachMotion {
  const newest = approach.lanes.flatMap(({ id }) => {
    const found = flows.find(({ lane }) => lane === id);
    return found === undefined || isSilent(found, now_ms) || found.quality === "missing" ? [] : [found];
  });
  const speeds = newest.flatMap(({ speeds: count, mean_speed_kmh }) =>
    count != null && mean_speed_kmh != null ? [{ count, mean_speed_kmh }] : [],
  );
  const vehicles = speeds.reduce((sum, { count }) => sum + count, 0);
  const sum = speeds.reduce((total, { count, mean_speed_kmh }) => total + count * mean_speed_kmh, 0);
  return {
    speed_kmh: vehicles === 0 ? null : sum / vehicles,
    queue_veh: largest(newest.map(({ max_queue_veh }) => max_queue_veh)),
    queue_m: largest(newest.map(({ max_queue_m }) => max_queue_m)),
  };
}

function largest(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value != null);
  return known.length === 0 ? null : Math.max(...known);
}
