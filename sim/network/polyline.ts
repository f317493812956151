/** Paths by their corner points (x, y, x, y …, metres): how long, where they meet, how far apart. */

const stepLength = (path: Float64Array, i: number): number =>
  Math.hypot((path[i] as number) - (path[i - 2] as number), (path[i + 1] as number) - (path[i - 1] as number));

export function pathLength_m(path: Float64Array): number {
  let sum = 0;
  for (let i = 2; i < path.length; i += 2) sum += stepLength(path, i);
  return sum;
}

/** How far along `a` it last meets `b`, m; null where they never meet. */
export function lastMeeting(a: Float64Array, b: Float64Array): number | null {
  let found: number | null = null;
  let before_m = 0;
  for (let i = 2; i < a.length; i += 2) {
    for (let j = 2; j < b.length; j += 2) {
      const share = meets(a, i, b, j);
      if (share === null) continue;
      const at_m = before_m + share * stepLength(a, i);
      if (found === null || at_m > found) found = at_m;
    }
    before_m += stepLength(a, i);
  }
  return found;
}

/** The share of a's segment at which it meets b's. */
function meets(a: Float64Array, i: number, b: Float64Array, j: number): number | null {
  const [ax, ay] = [a[i - 2] as number, a[i - 1] as number];
  const [ux, uy] = [(a[i] as number) - ax, (a[i + 1] as number) - ay];
  const [bx, by] = [b[j - 2] as number, b[j - 1] as number];
  const [vx, vy] = [(b[j] as number) - bx, (b[j + 1] as number) - by];
  const cross = ux * vy - uy * vx;
  if (cross === 0) return null;
  const s = ((bx - ax) * vy - (by - ay) * vx) / cross;
  const t = ((bx - ax) * uy - (by - ay) * ux) / cross;
  return s < 0 || s > 1 || t < 0 || t > 1 ? null : s;
}

export function backwards(path: Float64Array): Float64Array {
  const turned = new Float64Array(path.length);
  for (let i = 0; i < path.length; i += 2) {
    turned[i] = path[path.length - 2 - i] as number;
    turned[i + 1] = path[path.length - 1 - i] as number;
  }
  return turned;
}

/** Between the first points, or the last, of two paths. */
export function firstApart_m(a: Float64Array, b: Float64Array): number {
  return Math.hypot((a[0] as number) - (b[0] as number), (a[1] as number) - (b[1] as number));
}

/** What is left of `a` behind the place from which on it is farther than `apart_m` from `b`; 0 where it never is in the end. */
export function beyondParting_m(a: Float64Array, b: Float64Array, apart_m: number): number {
  let beyond = 0;
  let after = distanceTo(b, a.at(-2) as number, a.at(-1) as number);
  for (let i = a.length - 2; i >= 2 && after > apart_m; i -= 2) {
    const here = distanceTo(b, a[i - 2] as number, a[i - 1] as number);
    const step = stepLength(a, i);
    if (here <= apart_m) return beyond + step - ((apart_m - here) * step) / (after - here);
    beyond += step;
    after = here;
  }
  return beyond;
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
