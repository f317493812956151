/** Loops before a site's stop lines, by the channels that the site file gives them. */
import type { Intersection } from "../../core/network/schema.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { RunningStreet } from "../street/running-street.ts";

/** Before the stop line; a motorcycle or a car that stands is on it. */
const zone_m = 12;

interface StopLane {
  readonly lane: number;
  readonly phase: number;
  readonly channel: number;
}

export function stopLanes({ approaches }: Intersection, { lanes }: RoadNetwork): readonly StopLane[] {
  return approaches.flatMap((approach) =>
    approach.lanes.flatMap(({ id, phase, detector_channel }) => {
      const lane = lanes.ids.indexOf(id);
      return lane === -1 ? [] : [{ lane, phase, channel: detector_channel }];
    }),
  );
}

export function isOccupied(street: RunningStreet, lane: number): boolean {
  const { count, length_m, position_m } = street.lane(lane);
  return count > 0 && (position_m[0] as number) > length_m - zone_m;
}

export const standingChannels = (
  lanes: readonly StopLane[],
  street: RunningStreet,
): readonly (readonly [channel: number, on: boolean])[] =>
  lanes.map(({ lane, channel }) => [channel, isOccupied(street, lane)] as const);
