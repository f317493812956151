/** What stands behind something high cannot be seen. */
import { classBit, type RoadClass } from "../network/road-network.ts";

/** Of the roof; people on two wheels are as high as their heads. Usual vehicles, rounded. */
const high: Partial<Readonly<Record<RoadClass, number>>> = {
  bus: 3.2,
  coach: 3.5,
  truck: 3.5,
  trailer: 4,
  delivery: 2.5,
  emergency: 2.5,
  motorcycle: 1.6,
  moped: 1.6,
  bicycle: 1.7,
};
const usual_m = 1.5;

const heights = new Map(Object.entries(high).map(([name, height]) => [classBit(name as RoadClass), height]));

export const height_m = (bit: number): number => heights.get(bit) ?? usual_m;

/** Where a camera hangs: so far beyond the stop line, so high. */
export interface Mounting {
  readonly beyond_m: number;
  readonly height_m: number;
}

/**
 * Is the front of a vehicle hidden by one before it? The ray from the lens over the rear edge of that one's roof comes down
 * behind it along a straight line; whoever's roof at its front lies below is not seen. Distances from the stop line.
 */
export function hidden(
  { beyond_m, height_m: lens_m }: Mounting,
  before: { readonly rear_m: number; readonly height_m: number },
  behind: { readonly front_m: number; readonly height_m: number },
): boolean {
  if (before.height_m >= lens_m) return true;
  const [edge_m, roof_m] = [beyond_m + before.rear_m, beyond_m + behind.front_m];
  return lens_m - ((lens_m - before.height_m) * roof_m) / edge_m > behind.height_m;
}
