/** In which pictures a vehicle is seen best. */

interface Shown {
  /** Shares of the picture [x, y, w, h], origin top left. */
  readonly box: readonly [number, number, number, number];
}

/** The picture's edge cuts off what comes closer, as a share of the picture. */
const EDGE = 0.004;
/** Pictures closer to each other show the same blur and the same glare. */
export const sightsApart_s = 0.15;

const isWhole = ({ box: [x, y, w, h] }: Shown): boolean => x > EDGE && y > EDGE && x + w < 1 - EDGE && y + h < 1 - EDGE;

/** Whole before cut off, then large before small. */
const bySight = (a: Shown, b: Shown): number =>
  Number(isWhole(b)) - Number(isWhole(a)) || b.box[2] * b.box[3] - a.box[2] * a.box[3];

/** At most `most` of one track's places that are not too close in time, the best first. */
export function bestSights<T extends Shown>(places: readonly T[], pts_s: (place: T) => number, most: number): T[] {
  const chosen: T[] = [];
  for (const place of places.toSorted(bySight)) {
    if (chosen.length === most) break;
    if (chosen.every((other) => Math.abs(pts_s(other) - pts_s(place)) >= sightsApart_s)) chosen.push(place);
  }
  return chosen;
}
