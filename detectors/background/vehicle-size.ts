/** What size says, seen from straight above: whether a blob is a road user at all, and with a scale of which class. */
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";

export interface VehicleSizes {
  /** Pixels: no blob is smaller or larger. */
  readonly least_px2: number;
  readonly most_px2: number;
  /** Index into `vehicleClasses` of a blob of this length in pixels. */
  classOf(length_px: number): number;
}

/** Shares of the picture, where nobody said how much road it shows. */
const share = { least: 0.0012, most: 0.4 } as const;
/** Square metres: a person from above, and a bus of 18 m with what is left of its shadow. */
const area_m2 = { least: 0.3, most: 70 } as const;
/** Longer is the next class; a motorcycle is 1.9 to 2.2 m long, the longest car 5.5 m. */
const upTo_m: readonly (readonly [number, VehicleClass])[] = [
  [1.2, "pedestrian"],
  [2.9, "motorcycle"],
  [6.5, "car"],
];

/** `metre_px`: pixels that a metre of road takes; null when nobody said. */
export function vehicleSizes(width: number, height: number, metre_px: number | null): VehicleSizes {
  const car = vehicleClasses.indexOf("car");
  if (metre_px === null) {
    const pixels = width * height;
    return { least_px2: share.least * pixels, most_px2: share.most * pixels, classOf: () => car };
  }
  const classes = upTo_m.map(([length_m, name]) => [length_m * metre_px, vehicleClasses.indexOf(name)] as const);
  const longest = vehicleClasses.indexOf("truck");
  return {
    least_px2: area_m2.least * metre_px ** 2,
    most_px2: area_m2.most * metre_px ** 2,
    classOf(length_px) {
      for (const [upTo_px, vehicleClass] of classes) if (length_px <= upTo_px) return vehicleClass;
      return longest;
    },
  };
}
