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
