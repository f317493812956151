/** What lanes saw, quarter by quarter of local days, as the demand that plans are made for. */
import { type SlotSeries, slot_ms, slotsOfDay } from "../forecast/slot-series.ts";
import { localTime } from "../signal/schedule/zone.ts";
import type { DemandVector } from "./plan-schedule.ts";

/** One quarter of an hour of one day, with what every lane saw in it. */
export interface SeenSlot {
  /** From 0, Sunday. */
  readonly weekday: number;
  /** Quarters since midnight. */
  readonly slot: number;
  /** By lane, in the order asked for, veh/h times `pcuPerVehicle`. */
  readonly demand: DemandVector;
}

export interface LaneSlotsOptions {
  readonly lanes: readonly string[];
  readonly series: readonly SlotSeries[];
  readonly zone: string;
  readonly pcuPerVehicle: number;
  /** Veh/h of a lane of which nothing is stored. */
  readonly assumed_veh_h: (lane: string) => number;
}

const slotsPerHour = 3_600_000 / slot_ms;
const slot_s = slot_ms / 1000;

/** Quarters in which every lane of which anything is stored was seen, the oldest first. */
export function laneSlots({ assumed_veh_h, lanes, pcuPerVehicle, series, zone }: LaneSlotsOptions): SeenSlot[] {
  const known = lanes.map((lane) => series.find((each) => each.lane === lane) ?? null);
  const some = known.flatMap((each) => each ?? []);
  const first_ms = Math.max(...some.map((each) => each.first_ms));
  const last_ms = Math.min(...some.map((each) => each.first_ms + each.vehicles.length * slot_ms));
  const found: SeenSlot[] = [];
  for (let at_ms = first_ms; at_ms < last_ms; at_ms += slot_ms) {
    const demand = known.map((each, lane) => {
      if (each === null) return assumed_veh_h(lanes[lane] as string) * pcuPerVehicle;
      const vehicles = each.vehicles[(at_ms - each.first_ms) / slot_ms];
      return vehicles == null ? null : vehicles * slotsPerHour * pcuPerVehicle;
    });
    if (demand.some((flow) => flow === null)) continue;
    const { second, weekday } = localTime(zone, at_ms);
    // Where the clock is changed a quarter may begin anywhere; it counts for the one that it begins in.
    found.push({ weekday, slot: Math.floor(second / slot_s) % slotsOfDay, demand: demand as number[] });
  }
  return found;
}
