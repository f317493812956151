/** Who drives where nobody has counted. */
import type { PcuTable } from "../traffic/pcu.ts";
import { defaultPcu, type VehicleClass, vehicleClasses } from "../traffic/vehicle-class.ts";

/**
 * Shares of the vehicles that a site file's `flow_veh_h` stands for: four in five are motorcycles, the usual finding
 * of counts in Vietnamese cities. Sums to 1; pedestrians are not vehicles.
 */
export const assumedClassMix: Readonly<Record<VehicleClass, number>> = {
  motorcycle: 0.8,
  bicycle: 0.02,
  car: 0.15,
  bus: 0.01,
  truck: 0.02,
  pedestrian: 0,
};

/** Mean passenger-car units of a vehicle of that mix: what turns an assumed veh/h into PCU/h. */
export const assumedPcuIn = (pcu: PcuTable): number =>
  vehicleClasses.reduce((sum, each) => sum + assumedClassMix[each] * pcu[each], 0);

/** The same with Viet Nam's design values. */
export const assumedPcuPerVehicle: number = assumedPcuIn(defaultPcu);
