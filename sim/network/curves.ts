/**
 * How tightly ways bend inside junctions. Bodies are straight: whoever turns across sticks out of his curve, so that others
 * are in his way for longer. After SUMO's link leaders.
 */
import type { LinkDraft, NetworkDraft } from "./draft.ts";
import { pathLength_m } from "./polyline.ts";

/** Of the segment that ends at this corner of a path, radians. */
const heading = (path: Float64Array, corner: number): number =>
  Math.atan2(
    (path[2 * corner + 1] as number) - (path[2 * corner - 1] as number),
    (path[2 * corner] as number) - (path[2 * corner - 2] as number),
  );

/** Between the last piece of one path and the first of another, 0 to pi. */
function turn(from: Float64Array, to: Float64Array): number {
  if (from.length < 4 || to.length < 4) return 0;
  const between = Math.abs(heading(to, 1) - heading(from, from.length / 2 - 1));
  return Math.min(between, 2 * Math.PI - between);
}

/** By lane, m; infinite outside junctions and on ways that do not bend. `inner`: lanes inside by link. */
export function radiiOf(
  { lanes }: NetworkDraft,
  links: readonly LinkDraft[],
  inner: readonly (readonly number[])[],
): Float64Array {
  const radii = new Float64Array(lanes.length).fill(Number.POSITIVE_INFINITY);
  const shapeOf = (lane: number): Float64Array => lanes[lane]?.shape ?? new Float64Array();
  for (const [at, { from, to, bends }] of links.entries()) {
    if (bends !== true) continue;
    const path = inner[at] ?? [];
    const angle = turn(shapeOf(from), shapeOf(to));
    const length_m = path.reduce((sum, lane) => sum + pathLength_m(shapeOf(lane)), 0);
    if (angle > 0 && length_m > 0) for (const lane of path) radii[lane] = length_m / angle;
  }
  return radii;
}
