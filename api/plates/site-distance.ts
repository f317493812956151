/** How far apart intersections stand, as the site file says. */
import type { Distance } from "../../core/plates/journeys.ts";
import type { Site } from "../site/schema.ts";

/** Mean radius of the Earth (IUGG). */
const EARTH_M = 6_371_009;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great circle between their places, by the haversine formula. */
export function siteDistance({ intersections }: Pick<Site, "intersections">): Distance {
  const places = new Map(
    intersections.flatMap(({ id, latitude, longitude }) =>
      latitude === undefined || longitude === undefined ? [] : [[id, { latitude, longitude }] as const],
    ),
  );
  return (from, to) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) return null;
    const up = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
    const along = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
    const share = up + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * along;
    return 2 * EARTH_M * Math.asin(Math.sqrt(share));
  };
}
