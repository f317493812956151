/** Halts of a vehicle by those of the flow or the route that it comes of. */
import type { Halt } from "./demand.ts";

/** The same halts with their times so much later. */
export const haltsLater = (halts: readonly Halt[], by_s: number): readonly Halt[] =>
  halts.map((halt) => ({ ...halt, until_s: halt.until_s + by_s }));

/** Where in a route each of them is, in their order; null where it does not come to all. `edgeOf`: of a lane. */
export function haltPlaces(
  route: Int32Array,
  halts: readonly Halt[],
  edgeOf: ArrayLike<number>,
): readonly number[] | null {
  const places: number[] = [];
  let at = 0;
  for (const [i, { lane, end_m }] of halts.entries()) {
    const edge = edgeOf[lane] as number;
    const before = halts[i - 1];
    if (before !== undefined && edgeOf[before.lane] === edge && end_m < before.end_m) at += 1;
    at = route.indexOf(edge, at);
    if (at === -1) return null;
    places.push(at);
  }
  return places;
}
