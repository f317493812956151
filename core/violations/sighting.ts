/** What a rule is told: one vehicle at one moment, on the road. */
import type { VehicleClass } from "../traffic/vehicle-class.ts";
import type { Point } from "./ground.ts";

export interface Sighting {
  readonly track: number;
  readonly class: VehicleClass;
  readonly at_ms: number;
  /** Where the foremost and the rearmost wheels meet the road. */
  readonly front: Point;
  readonly rear: Point;
  /** Something else hides where it meets the road: its place is a guess. */
  readonly occluded: boolean;
}

/** Outer width, m: what a lane or a line sees of it. Usual design vehicles (AASHTO; motorcycles with handlebars). */
export const width_m: Readonly<Record<VehicleClass, number>> = {
  motorcycle: 0.8,
  bicycle: 0.6,
  car: 1.8,
  bus: 2.55,
  truck: 2.5,
  pedestrian: 0.5,
};

/**
 * Overall length, m, and how far (one standard deviation) vehicles of the class differ from it: usual design vehicles
 * (AASHTO), and the scooters of Vietnamese streets.
 */
export const length_m: Readonly<Record<VehicleClass, { readonly usual: number; readonly spread: number }>> = {
  motorcycle: { usual: 1.9, spread: 0.1 },
  bicycle: { usual: 1.8, spread: 0.1 },
  car: { usual: 4.4, spread: 0.4 },
  bus: { usual: 11, spread: 1.5 },
  truck: { usual: 7.5, spread: 2 },
  pedestrian: { usual: 0.4, spread: 0.1 },
};

/** How high above the road the outline is widest, m: a car's belt line, above which the cabin leans in; a rider's shoulders. */
export const shoulder_m: Readonly<Record<VehicleClass, number>> = {
  motorcycle: 1.3,
  bicycle: 1.3,
  car: 0.9,
  bus: 3,
  truck: 2.5,
  pedestrian: 1.4,
};
