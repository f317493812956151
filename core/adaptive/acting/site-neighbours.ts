/** Which exits of a site's intersections lead to whose stop lines: as its corridors say. */
import { approachOf, compass, exitOf, sideOf } from "../../network/legs.ts";
import type { Approach, Corridor, Intersection } from "../../network/schema.ts";
import { starting_s } from "../neighbours/feeds.ts";

export interface SiteWay {
  /** The neighbour, and the side by which one leaves it. */
  readonly from: string;
  readonly exit: Approach["from"];
  /** Lanes that it leads to, by their places in the order of the file. */
  readonly lanes: readonly number[];
  readonly travel_s: number;
}

type Member = Corridor["intersections"][number];

/** All that lead to `intersection`. Neighbours without a corridor that joins them are not known to be any. */
export function waysTo(
  intersection: Intersection,
  intersections: readonly Intersection[],
  corridors: readonly Corridor[],
): readonly SiteWay[] {
  return corridors.flatMap(({ intersections: members }) => {
    const at = members.findIndex(({ id }) => id === intersection.id);
    const [own, before, after] = [members[at], members[at - 1], members[at + 1]];
    if (own === undefined) return [];
    return [
      ...(before === undefined ? [] : way(before, own, "outbound_phase", own.distance_m)),
      ...(after === undefined ? [] : way(after, own, "inbound_phase", after.distance_m)),
    ];
  });

  function way(
    from: Member,
    to: Member,
    phase: "outbound_phase" | "inbound_phase",
    distance_m: number,
  ): readonly SiteWay[] {
    const neighbour = intersections.find(({ id }) => id === from.id);
    const leaving = neighbour === undefined ? null : approachOf(neighbour, from[phase]);
    const coming = approachOf(intersection, to[phase]);
    if (neighbour === undefined || leaving === null || coming === null) return [];
    const exit = compass[exitOf(neighbour, sideOf(leaving), "through")] as SiteWay["exit"];
    const travel_s = distance_m / (coming.speed_kmh / 3.6) + starting_s;
    return [{ from: from.id, exit, lanes: placesOf(intersection, coming), travel_s }];
  }
}

const placesOf = ({ approaches }: Intersection, own: Approach): readonly number[] =>
  approaches
    .flatMap((approach) => approach.lanes.map(() => approach))
    .flatMap((approach, place) => (approach === own ? [place] : []));
