/** Which of a network's classes are which road users. */
import { type VehicleClass, vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import type { Wanted } from "./head.ts";

/** Each of our classes with the positions that mean it among the network's classes. */
export type ClassPositions = Readonly<Partial<Record<VehicleClass, readonly number[] | undefined>>>;

/** How many classes COCO detectors score. */
export const COCO_CLASSES = 80;

/** The 80 classes of COCO in the order of every detector trained on them. */
export const cocoPositions: ClassPositions = {
  pedestrian: [0],
  bicycle: [1],
  car: [2],
  motorcycle: [3],
  bus: [5],
  truck: [7],
};

export function wantedOf(positions: ClassPositions): Wanted {
  const pairs = vehicleClasses.flatMap((name, kind) => (positions[name] ?? []).map((index) => ({ index, kind })));
  return {
    indices: Int32Array.from(pairs, ({ index }) => index),
    vehicleClass: Uint8Array.from(pairs, ({ kind }) => kind),
  };
}
