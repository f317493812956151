/** Where the vehicle of the case is at any time of its clip. */
import { type Box, mixed } from "./region.ts";

export interface SubjectPoint {
  /** Since the clip's first picture. */
  readonly pts_s: number;
  /** x, y, w, h as shares of the picture. */
  readonly box: Box;
}

/** Beyond its first and last point nothing is known of it for longer than this. */
const BEYOND_S = 0.2;

/** Between two points in proportion; null where the subject is not known. `points` in order of time. */
export function subjectAt(points: readonly SubjectPoint[], time_s: number): Box | null {
  const after = points.findIndex(({ pts_s }) => pts_s >= time_s);
  const next = after === -1 ? undefined : points[after];
  const last = after === -1 ? points.at(-1) : points[after - 1];
  if (last === undefined || next === undefined) {
    const only = last ?? next;
    return only !== undefined && Math.abs(only.pts_s - time_s) <= BEYOND_S ? only.box : null;
  }
  return mixed(last.box, next.box, (time_s - last.pts_s) / (next.pts_s - last.pts_s));
}
