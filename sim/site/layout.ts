/** Where the intersections of a site stand, and which of their legs the corridors join. */

import { approachOf, exitOf, outwards, sideOf } from "../../core/network/legs.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { SiteStreets } from "./schema.ts";

/** A road from a leg of one intersection to an approach of another. */
export interface Road {
  readonly from: string;
  /** Side by which `from` is left. */
  readonly exit: number;
  readonly to: string;
  readonly approach: string;
  /** From stop line to stop line. */
  readonly distance_m: number;
}

export type Place = readonly [x_m: number, y_m: number];

/** Whatever no corridor joins stands so far apart. */
const spacing_m = 3000;

function roadBetween(
  from: Intersection,
  fromPhase: number,
  to: Intersection,
  toPhase: number,
  distance_m: number,
): Road | null {
  const [leaving, arriving] = [approachOf(from, fromPhase), approachOf(to, toPhase)];
  if (leaving === null || arriving === null) return null;
  const exit = exitOf(from, sideOf(leaving), "through");
  return { from: from.id, exit, to: to.id, approach: arriving.id, distance_m };
}

type Member = SiteStreets["corridors"][number]["intersections"][number];

/** Out and back between two neighbours of a corridor. */
function roadsBetween(a: Intersection, b: Intersection, before: Member, member: Member): readonly Road[] {
  const both = [
    roadBetween(a, before.outbound_phase, b, member.outbound_phase, member.distance_m),
    roadBetween(b, member.inbound_phase, a, before.inbound_phase, member.distance_m),
  ];
  return both.filter((road) => road !== null);
}

/** Both ways along each corridor; a leg is joined once. */
export function roadsOf({ intersections, corridors }: SiteStreets): readonly Road[] {
  const byId = new Map(intersections.map((each) => [each.id, each]));
  const found = corridors.flatMap(({ intersections: members }) =>
    members.slice(1).flatMap((member, at) => {
      const before = members[at] as Member;
      const [a, b] = [byId.get(before.id), byId.get(member.id)];
      return a === undefined || b === undefined || member.distance_m === 0 ? [] : roadsBetween(a, b, before, member);
    }),
  );
  const arriving = new Map<string, Road>();
  const leaving = new Map<string, Road>();
  for (const road of found) {
    const [into, out] = [`${road.to} ${road.approach}`, `${road.from} ${road.exit}`];
    if (arriving.has(into) || leaving.has(out)) continue;
    arriving.set(into, road);
    leaving.set(out, road);
  }
  return [...arriving.values()];
}

/** Along the roads, each from the one before; only for drawing. */
export function placesOf({ intersections }: SiteStreets, roads: readonly Road[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const [at, { id }] of intersections.entries()) {
    if (places.has(id)) continue;
    places.set(id, [0, at * spacing_m]);
    spread(id, roads, places);
  }
  return places;
}

function spread(start: string, roads: readonly Road[], places: Map<string, Place>): void {
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const [x, y] = places.get(id) as Place;
    for (const road of roads) {
      if (road.from !== id || places.has(road.to)) continue;
      const [dx, dy] = outwards(road.exit);
      places.set(road.to, [x + dx * road.distance_m, y + dy * road.distance_m]);
      open.push(road.to);
    }
  }
}
