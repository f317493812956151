/** Classes a detector mixes up with one another, by index into `vehicleClasses`. */
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";

export const fourWheels = 0;
export const twoWheels = 1;
export const onFoot = 2;

const groups: Readonly<Record<VehicleClass, number>> = {
  motorcycle: twoWheels,
  bicycle: twoWheels,
  car: fourWheels,
  bus: fourWheels,
  truck: fourWheels,
  pedestrian: onFoot,
};

const groupByIndex = Uint8Array.from(vehicleClasses, (name) => groups[name]);

export function classGroup(index: number): number {
  return groupByIndex[index] ?? fourWheels;
}

/** The same by name. */
export const groupOfClass = (name: VehicleClass): number => groups[name];
