/** Demand from a site's volumes: each is what is counted over its lane's stop line in an hour. */
import { assumedClassMix } from "../../core/network/class-mix.ts";
import type { Volume } from "../../core/network/schema.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { Mix } from "../counts/demand-of-counts.ts";
import type { LaneCount } from "../counts/lane-movements.ts";
import { usualType } from "../demand/usual-types.ts";
import type { RoadClass, RoadNetwork } from "../network/road-network.ts";

const classes: Readonly<Partial<Record<VehicleClass, RoadClass>>> = {
  motorcycle: "motorcycle",
  bicycle: "bicycle",
  car: "passenger",
  bus: "bus",
  truck: "truck",
};

/** Who drives where nobody has counted. */
export const siteMix: Mix = Object.entries(classes).map(([name, of]) => ({
  type: { id: name, class: of, ...usualType(of) },
  share: assumedClassMix[name as VehicleClass],
}));

/** For the whole span of a drive. */
export function laneCounts(
  volumes: readonly Volume[],
  { lanes }: RoadNetwork,
  { begin_s, end_s }: { readonly begin_s: number; readonly end_s: number },
): readonly LaneCount[] {
  const hours = (end_s - begin_s) / 3600;
  return volumes.flatMap(({ lane, flow_veh_h }) => {
    const at = lanes.ids.indexOf(lane);
    return at === -1 ? [] : [{ lane: at, begin_s, end_s, count: flow_veh_h * hours }];
  });
}
