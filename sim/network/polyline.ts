/** Where two paths cross, by their corner points (x, y, x, y …, metres). */

export interface PathCrossing {
  /** From the start of each path. */
  readonly a_m: number;
  readonly b_m: number;
  /** Sine of the angle between them, 0 to 1. */
  readonly sine: number;
}

export function pathLength_m(path: Float64Array): number {
  let sum = 0;
  for (let i = 2; i < path.length; i += 2) sum += stepLength(path, i);
  return sum;
}

function stepLength(path: Float64Array, i: number): number {
  return Math.hypot((path[i] as number) - (path[i - 2] as number), (path[i + 1] as number) - (path[i - 1] as number));
}

/** One path behind the other; a corner that both have stands once. */
export function joined(a: Float64Array, b: Float64Array): Float64Array {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const same = a.at(-2) === b[0] && a.at(-1) === b[1];
  return Float64Array.from([...a, ...b.subarray(same ? 2 : 0)]);
}

/** The first crossing along `a`, or null. */
export function firstCrossing(a: Float64Array, b: Float64Array): PathCrossing | null {
  let a_m = 0;
  for (let i = 2; i < a.length; i += 2) {
    let b_m = 0;
    for (let j = 2; j < b.length; j += 2) {
      const met = segmentsCross(a, i, b, j);
      if (met !== null) {
        return { a_m: a_m + met[0] * stepLength(a, i), b_m: b_m + met[1] * stepLength(b, j), sine: met[2] };
      }
      b_m += stepLength(b, j);
    }
    a_m += stepLength(a, i);
  }
  return null;
}

/** Shares of both segments at which they meet, and the sine of their angle. */
function segmentsCross(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
): readonly [number, number, number] | null {
  const [ax, ay] = [a[i - 2] as number, a[i - 1] as number];
  const [ux, uy] = [(a[i] as number) - ax, (a[i + 1] as number) - ay];
  const [bx, by] = [b[j - 2] as number, b[j - 1] as number];
  const [vx, vy] = [(b[j] as number) - bx, (b[j + 1] as number) - by];
  const cross = ux * vy - uy * vx;
  if (cross === 0) return null;
  const s = ((bx - ax) * vy - (by - ay) * vx) / cross;
  const t = ((bx - ax) * uy - (by - ay) * ux) / cross;
  if (s < 0 || s > 1 || t < 0 || t > 1) return null;
  return [s, t, Math.abs(cross) / (Math.hypot(ux, uy) * Math.hypot(vx, vy))];
}

/** How far from its start `a` first comes nearer to `b` than that, looked at every half metre; its length where it never does. */
export function comesNear_m(a: Float64Array, b: Float64Array, near_m: number): number {
  const length = pathLength_m(a);
  for (let at = 0; at < length; at += 0.5) {
    const [x, y] = placeAt(a, at);
    if (distanceTo(b, x, y) < near_m) return at;
  }
  return length;
}

function placeAt(path: Float64Array, at_m: number): readonly [number, number] {
  let left = at_m;
  for (let i = 2; i < path.length; i += 2) {
    const step = stepLength(path, i);
    if (left <= step && step > 0) {
      const share = left / step;
      const [x, y] = [path[i - 2] as number, path[i - 1] as number];
      return [x + ((path[i] as number) - x) * share, y + ((path[i + 1] as number) - y) * share];
    }
    left -= step;
  }
  return [path.at(-2) ?? 0, path.at(-1) ?? 0];
}

function distanceTo(path: Float64Array, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 2; i < path.length; i += 2) {
    const [px, py] = [path[i - 2] as number, path[i - 1] as number];
    const [ux, uy] = [(path[i] as number) - px, (path[i + 1] as number) - py];
    const long = ux * ux + uy * uy;
    const share = long === 0 ? 0 : Math.min(1, Math.max(0, ((x - px) * ux + (y - py) * uy) / long));
    least = Math.min(least, Math.hypot(x - px - share * ux, y - py - share * uy));
  }
  return least;
}
