/** Flow of an approach from the intervals of its lanes, and how far each number can be trusted. */
import { observed_s, type PcuTable, pcuPerHour } from "../../../../core/traffic/pcu.ts";
import type { Approach, FlowInterval, Volume } from "../state/page-state.ts";

export type FlowSource = "measured" | "partial" | "simulated" | "assumed" | "unknown";

export interface Flow {
  readonly veh_h: number | null;
  /** Null where the mix of vehicles is not known, as with assumed volumes. */
  readonly pcu_h: number | null;
}

export interface ApproachFlow extends Flow {
  /** Where the lanes' numbers come from; more than one when lanes differ. */
  readonly sources: readonly FlowSource[];
  /** Vehicles per hour, oldest first, null where a lane had no usable interval. */
  readonly trend: readonly (number | null)[];
  /** Length of one step of the trend. */
  readonly step_s: number;
}

export const TREND_STEPS = 30;
/** A lane that has not reported for this many of its own intervals is not being measured. */
const SILENT_INTERVALS = 3;

/** Over the time that was seen. Vehicles only: pedestrians cross lines too, but are not lane flow. */
function vehiclesPerHour(interval: FlowInterval): number {
  const vehicles = interval.total - (interval.by_class.pedestrian ?? 0);
  return (vehicles * 3600) / observed_s(interval);
}

/** `pcu`: the site's factors. */
export function hourly(interval: FlowInterval, pcu: PcuTable): Flow {
  return { veh_h: vehiclesPerHour(interval), pcu_h: pcuPerHour(interval, pcu) };
}

const usable = (interval: FlowInterval): boolean => interval.quality !== "missing" && observed_s(interval) > 0;

const end_ms = (interval: FlowInterval): number => interval.start_ms + interval.length_s * 1000;

/** Its camera has not reported for a while: what it said last is not how things are. */
export const isSilent = (newest: FlowInterval, now_ms: number): boolean =>
  now_ms - end_ms(newest) > SILENT_INTERVALS * newest.length_s * 1000;

function latestOf(
  intervals: readonly FlowInterval[],
  volume: Volume | undefined,
  now_ms: number,
  pcu: PcuTable,
): Flow & { readonly source: FlowSource } {
  const newest = intervals[0];
  if (newest === undefined || isSilent(newest, now_ms) || !usable(newest)) {
    if (volume === undefined) return { veh_h: null, pcu_h: null, source: "unknown" };
    return { veh_h: volume.flow_veh_h, pcu_h: null, source: "assumed" };
  }
  const measured = newest.quality === "partial" ? "partial" : "measured";
  return { ...hourly(newest, pcu), source: newest.origin === "simulated" ? "simulated" : measured };
}

const total = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);

/** `flows` newest first within each lane. */
export function approachFlow(
  approach: Approach,
  flows: readonly FlowInterval[],
  volumes: readonly Volume[],
  now_ms: number,
  pcu: PcuTable,
): ApproachFlow {
  const lanes = approach.lanes.map(({ id }) => flows.filter(({ lane }) => lane === id));
  const latest = approach.lanes.map(({ id }, index) =>
    latestOf(
      lanes[index] ?? [],
      volumes.find(({ lane }) => lane === id),
      now_ms,
      pcu,
    ),
  );
  const step_s = Math.max(...lanes.flat().map(({ length_s }) => length_s), 0) || 60;
  return {
    veh_h: total(latest.map(({ veh_h }) => veh_h)),
    pcu_h: total(latest.map(({ pcu_h }) => pcu_h)),
    sources: [...new Set(latest.map(({ source }) => source))],
    trend: trendOf(lanes, step_s),
    step_s,
  };
}

/** Lanes may use intervals of other lengths and phases: each step takes the interval that covers its middle. */
function trendOf(lanes: readonly (readonly FlowInterval[])[], step_s: number): readonly (number | null)[] {
  const ends = lanes.flatMap((intervals) => intervals.slice(0, 1).map(end_ms));
  if (ends.length === 0) return [];
  const last_ms = Math.min(...ends);
  const steps = Array.from({ length: TREND_STEPS }, (_, index) => {
    const middle_ms = last_ms - (TREND_STEPS - index - 0.5) * step_s * 1000;
    return total(
      lanes.map((intervals) => {
        const covering = intervals.find((each) => each.start_ms <= middle_ms && middle_ms < end_ms(each));
        return covering === undefined || !usable(covering) ? null : vehiclesPerHour(covering);
      }),
    );
  });
  const first = steps.findIndex((value) => value !== null);
  return first === -1 ? [] : steps.slice(first);
}
