/** The way over a corner, from the end of one footway to the end of another. After SUMO's paths over walking areas. */
import type { Footways } from "./footways.ts";
import { wayOf } from "./footways.ts";

/** People keep on a little before they turn: at most so much of the way from end to end. */
const straightOn = 1 / 4;
const least_m = 0.1;

interface Tip {
  readonly x: number;
  readonly y: number;
  /** Unit vector out of the footway. */
  readonly ahead: readonly [number, number];
}

function tipOf({ shape }: Footways, end: number): Tip | null {
  const path = shape[wayOf(end)] as Float64Array;
  const last = path.length / 2 - 1;
  if (last < 1) return null;
  const [at, before] = (end & 1) === 0 ? [0, 1] : [last, last - 1];
  const [x, y] = [path[2 * at] as number, path[2 * at + 1] as number];
  const [dx, dy] = [x - (path[2 * before] as number), y - (path[2 * before + 1] as number)];
  const long = Math.hypot(dx, dy) || 1;
  return { x, y, ahead: [dx / long, dy / long] };
}

/** Corner points x, y, x, y …; empty where nothing is drawn. Both ends hang at the same corner. */
export function cornerPath(footways: Footways, from: number, to: number): Float64Array {
  const corner = footways.corner[from] as number;
  const [one, other] = [tipOf(footways, from), tipOf(footways, to)];
  if (one === null || other === null || footways.corners.ids[corner] === "") return new Float64Array();
  const apart_m = Math.hypot(other.x - one.x, other.y - one.y);
  const on_m = Math.min(apart_m * straightOn, (footways.corners.width_m[corner] as number) / 2);
  if (on_m < least_m) return Float64Array.of(one.x, one.y, other.x, other.y);
  const along = ({ x, y, ahead }: Tip): [number, number] => [x + on_m * ahead[0], y + on_m * ahead[1]];
  return Float64Array.of(one.x, one.y, ...along(one), ...along(other), other.x, other.y);
}

/** Straight from one end to the other; 0 where nothing is drawn, and over junctions without corners, which take no time either. */
export function apart_m(footways: Footways, from: number, to: number): number {
  if (footways.corners.ids[footways.corner[from] as number] === "") return 0;
  const [one, other] = [tipOf(footways, from), tipOf(footways, to)];
  return one === null || other === null ? 0 : Math.hypot(other.x - one.x, other.y - one.y);
}
