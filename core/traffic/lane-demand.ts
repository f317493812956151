/**
 * How much traffic wants to use a lane. A missing interval is silence, not an empty road: the newest good
 * measurement speaks instead, then the same time on earlier days, then the site file.
 */
import type { FlowInterval } from "./flow-interval.ts";
import { observed_s, type PcuTable, pcuPerHour } from "./pcu.ts";
import { defaultPcu } from "./vehicle-class.ts";

export type DemandOrigin = "measured" | "last_valid" | "history" | "assumed";

export interface LaneDemand {
  readonly lane: string;
  readonly flow_pcu_h: number;
  readonly origin: DemandOrigin;
  /** Some of it comes from the arrival generator, not from a camera. */
  readonly simulated: boolean;
  /** The queue outlived the green; `flow_pcu_h` is above what crossed the line. */
  readonly saturated: boolean;
}

export interface LaneDemandInput {
  readonly lane: string;
  readonly now_ms: number;
  /** Of any age and order, of any lane: what does not belong is passed over. */
  readonly intervals: readonly FlowInterval[];
  /** The site file's volume for the lane. */
  readonly assumed_veh_h: number;
  /** How many PCU a vehicle of the site file's volume is; 1 unless said. */
  readonly assumed_pcu_per_veh?: number;
  /** Discharge of the lane under the plan in force; without it only occupancy can show saturation. */
  readonly served?: { readonly saturation_pcu_h: number; readonly green_s: number; readonly cycle_s: number };
  readonly pcu?: PcuTable;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WINDOW_MS = 15 * MINUTE_MS;
/** In the window a measurement counts half as much for every five minutes of age. */
const HALF_LIFE_MS = 5 * MINUTE_MS;
/** Past this the same time on earlier days tells more than the last measurement. */
const LAST_VALID_MS = 60 * MINUTE_MS;
/** History means the same time of day give or take this. */
const SAME_TIME_MS = 15 * MINUTE_MS;
/** A partial interval is used, over the time it saw, when no more than this share is missing. */
const GAP_SHARE = 0.25;

const SATURATED_DEGREE = 0.95;
/** Covered nearly all the time, red and green: vehicles still stand when red returns. */
const SATURATED_OCCUPANCY = 0.9;
/**
 * A count at the stop line cannot exceed what the green serves, so how much waits behind is unknown. Each pass asks
 * for this much more, until the queue no longer outlives the green.
 */
const SATURATED_RAISE = 1.15;

export function laneDemand(input: LaneDemandInput): LaneDemand {
  const { lane, now_ms, assumed_veh_h, assumed_pcu_per_veh = 1, pcu = defaultPcu } = input;
  const usable = input.intervals.filter((interval) => interval.lane === lane && isUsable(interval, now_ms));
  const source = measured(usable, now_ms) ?? lastValid(usable, now_ms) ?? history(usable, now_ms);
  if (source === null) {
    const flow_pcu_h = assumed_veh_h * assumed_pcu_per_veh;
    return { lane, flow_pcu_h, origin: "assumed", simulated: false, saturated: false };
  }
  const flow = weightedMean(source.samples, (interval) => pcuPerHour(interval, pcu));
  const saturated = source.origin !== "history" && isSaturated(flow, source.samples, input.served);
  return {
    lane,
    flow_pcu_h: saturated ? flow * SATURATED_RAISE : flow,
    origin: source.origin,
    simulated: source.samples.some(({ interval }) => interval.origin === "simulated"),
    saturated,
  };
}

interface Sample {
  readonly interval: FlowInterval;
  readonly weight: number;
}

interface Source {
  readonly origin: DemandOrigin;
  readonly samples: readonly Sample[];
}

const age = (interval: FlowInterval, now_ms: number): number => now_ms - (interval.start_ms + interval.length_s * 1000);

function isUsable(interval: FlowInterval, now_ms: number): boolean {
  if (age(interval, now_ms) < 0 || observed_s(interval) <= 0) return false;
  if (interval.quality === "partial") return interval.gap_s <= GAP_SHARE * interval.length_s;
  return interval.quality === "valid";
}

function measured(usable: readonly FlowInterval[], now_ms: number): Source | null {
  const recent = usable.filter((interval) => age(interval, now_ms) <= WINDOW_MS);
  if (recent.length === 0) return null;
  const samples = recent.map((interval) => ({
    interval,
    weight: observed_s(interval) * 0.5 ** (age(interval, now_ms) / HALF_LIFE_MS),
  }));
  return { origin: "measured", samples };
}

function lastValid(usable: readonly FlowInterval[], now_ms: number): Source | null {
  const newest = usable
    .filter((interval) => age(interval, now_ms) <= LAST_VALID_MS)
    .reduce<FlowInterval | null>((best, one) => (best === null || one.start_ms > best.start_ms ? one : best), null);
  return newest === null ? null : { origin: "last_valid", samples: [{ interval: newest, weight: 1 }] };
}

/** The same weekday if there is one, else the same time of any day. */
function history(usable: readonly FlowInterval[], now_ms: number): Source | null {
  for (const period_ms of [7 * DAY_MS, DAY_MS]) {
    const same = usable.filter((interval) => isSameTime(age(interval, now_ms), period_ms));
    if (same.length > 0) {
      return { origin: "history", samples: same.map((interval) => ({ interval, weight: observed_s(interval) })) };
    }
  }
  return null;
}

function isSameTime(age_ms: number, period_ms: number): boolean {
  const periods = Math.round(age_ms / period_ms);
  return periods >= 1 && Math.abs(age_ms - periods * period_ms) <= SAME_TIME_MS;
}

function weightedMean(samples: readonly Sample[], value: (interval: FlowInterval) => number): number {
  const weight = samples.reduce((sum, sample) => sum + sample.weight, 0);
  return samples.reduce((sum, sample) => sum + sample.weight * value(sample.interval), 0) / weight;
}

function isSaturated(flow_pcu_h: number, samples: readonly Sample[], served: LaneDemandInput["served"]): boolean {
  const watched = samples.filter(({ interval }) => interval.occupancy !== null);
  if (watched.length > 0 && weightedMean(watched, (i) => i.occupancy ?? 0) >= SATURATED_OCCUPANCY) return true;
  if (served === undefined || flow_pcu_h === 0) return false;
  const capacity = (served.saturation_pcu_h * served.green_s) / served.cycle_s;
  return flow_pcu_h >= SATURATED_DEGREE * capacity;
}
