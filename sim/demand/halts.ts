/** Halts of a vehicle by those of the flow or the route that it comes of. */
import type { Halt } from "./demand.ts";

/** The same halts with their times so much later. */
export const haltsLater = (halts: readonly Halt[], by_s: number): readonly Halt[] =>
  halts.map((halt) => ({ ...halt, until_s: halt.until_s + by_s }));

/** Does a route come to all of them, in their order? `edgeOf`: of a lane. */
export function comesToAll(route: Int32Array, halts: readonly Halt[], edgeOf: ArrayLike<number>): boolean {
  let at = 0;
  for (const [i, { lane, end_m }] of halts.entries()) {
    const edge = edgeOf[lane] as number;
    const before = halts[i - 1];
    if (before !== undefined && edgeOf[before.lane] === edge && end_m < before.end_m) at += 1;
    at = route.indexOf(edge, at);
    if (at === -1) return false;
  }
  return true;
}
