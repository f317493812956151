/** Counts by class to passenger-car units. */
import type { FlowInterval } from "./flow-interval.ts";
import { type ClassCounts, defaultPcu, type VehicleClass, vehicleClasses } from "./vehicle-class.ts";

export type PcuTable = Readonly<Record<VehicleClass, number>>;

function pcuOf(counts: ClassCounts, table: PcuTable = defaultPcu): number {
  return vehicleClasses.reduce((sum, name) => sum + (counts[name] ?? 0) * table[name], 0);
}

/** PCU per hour over the part of the interval that was seen. */
export function pcuPerHour(interval: FlowInterval, table: PcuTable = defaultPcu): number {
  return (pcuOf(interval.by_class, table) * 3600) / observed_s(interval);
}

export const observed_s = (interval: FlowInterval): number => interval.length_s - interval.gap_s;
