/** Plane geometry on the road, in metres. Right-handed: x to the east or any other way, y to its left. */

export interface Point {
  readonly x_m: number;
  readonly y_m: number;
}

/** A straight piece of road marking. */
export interface Marking {
  readonly from: Point;
  readonly to: Point;
}

export type Polygon = readonly Point[];

export const distance_m = (a: Point, b: Point): number => Math.hypot(b.x_m - a.x_m, b.y_m - a.y_m);

export const between = (a: Point, b: Point, share: number): Point => ({
  x_m: a.x_m + (b.x_m - a.x_m) * share,
  y_m: a.y_m + (b.y_m - a.y_m) * share,
});

/** Distance of `p` from the infinite line of `marking`, positive to the left of someone walking from `from` to `to`. */
export function sideOf({ from, to }: Marking, p: Point): number {
  const length_m = distance_m(from, to);
  return ((to.x_m - from.x_m) * (p.y_m - from.y_m) - (to.y_m - from.y_m) * (p.x_m - from.x_m)) / length_m;
}

/** Where along `marking` the foot of `p` lies: 0 at `from`, 1 at `to`. */
export function along({ from, to }: Marking, p: Point): number {
  const [dx, dy] = [to.x_m - from.x_m, to.y_m - from.y_m];
  return ((p.x_m - from.x_m) * dx + (p.y_m - from.y_m) * dy) / (dx * dx + dy * dy);
}

/** By the parity of edges that a ray to the right meets (even-odd rule). */
export function inside(polygon: Polygon, p: Point): boolean {
  let odd = false;
  for (const [index, a] of polygon.entries()) {
    const b = polygon[(index + 1) % polygon.length] as Point;
    const spans = a.y_m > p.y_m !== b.y_m > p.y_m;
    if (spans && p.x_m < a.x_m + ((b.x_m - a.x_m) * (p.y_m - a.y_m)) / (b.y_m - a.y_m)) odd = !odd;
  }
  return odd;
}

/** Distance of `p` from the edge of `polygon`: positive inside. */
export function depth_m(polygon: Polygon, p: Point): number {
  let nearest_m = Number.POSITIVE_INFINITY;
  for (const [index, from] of polygon.entries()) {
    const to = polygon[(index + 1) % polygon.length] as Point;
    const foot = between(from, to, Math.min(1, Math.max(0, along({ from, to }, p))));
    nearest_m = Math.min(nearest_m, distance_m(foot, p));
  }
  return inside(polygon, p) ? nearest_m : -nearest_m;
}

/** Angle of the way from `a` to `b`, radians, anticlockwise from x. */
export const bearing = (a: Point, b: Point): number => Math.atan2(b.y_m - a.y_m, b.x_m - a.x_m);

/** Turn from bearing `a` to bearing `b`, in (-π, π]: positive to the left. */
export function turn(a: number, b: number): number {
  const raw = (b - a) % (2 * Math.PI);
  if (raw > Math.PI) return raw - 2 * Math.PI;
  return raw <= -Math.PI ? raw + 2 * Math.PI : raw;
}
