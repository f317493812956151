/** From the clock of a camera's stream to ours and back, by what is known of the act. */
import type { Detection, TrackPoint } from "../../../core/cases/detection.ts";
import type { ClipPicture } from "../../../detectors/index.ts";

export type Box = TrackPoint["box"];

/** Points further apart than this say nothing of what was between them. */
const hole_s = 1;

const between = (a: number, b: number, share: number): number => a + (b - a) * share;

/** Time of the act by the stream's clock: between the points of the track around it, else as far from the nearest as by our clock. */
export function actPts_s({ at_ms, points }: Pick<Detection, "at_ms" | "points">): number {
  const after = points.findIndex((point) => point.at_ms >= at_ms);
  const [next, before] = [points[after], points[after - 1]];
  if (next !== undefined && before !== undefined && next.at_ms > before.at_ms) {
    return between(before.pts_s, next.pts_s, (at_ms - before.at_ms) / (next.at_ms - before.at_ms));
  }
  const nearest = (after < 0 ? points.at(-1) : next) as TrackPoint;
  return nearest.pts_s + (at_ms - nearest.at_ms) / 1000;
}

/**
 * When the camera saw each picture, in the order in which they are shown: within the session of the act by the stream's
 * clock, which knows no delays; else by arrival. Never runs backwards.
 */
export function picturesAt_ms(
  pictures: readonly ClipPicture[],
  detection: Pick<Detection, "at_ms" | "points" | "session_ms">,
): readonly number[] {
  const act_s = actPts_s(detection);
  let latest = Number.NEGATIVE_INFINITY;
  return pictures.map(({ session_ms, pts_s, arrival_ms }) => {
    const at_ms = session_ms === detection.session_ms ? detection.at_ms + (pts_s - act_s) * 1000 : arrival_ms;
    latest = Math.max(latest, at_ms);
    return latest;
  });
}

/** Where the vehicle was at that time of its stream; null where the track does not tell. */
export function boxAt(points: readonly TrackPoint[], pts_s: number): Box | null {
  const after = points.findIndex((point) => point.pts_s >= pts_s);
  const [next, before] = [after < 0 ? undefined : points[after], after < 0 ? points.at(-1) : points[after - 1]];
  if (next !== undefined && before !== undefined && next.pts_s - before.pts_s <= hole_s) {
    const share = (pts_s - before.pts_s) / (next.pts_s - before.pts_s || 1);
    return next.box.map((value, n) => between(before.box[n] as number, value, share)) as unknown as Box;
  }
  const nearest = [before, next]
    .filter((point) => point !== undefined)
    .toSorted((a, b) => Math.abs(a.pts_s - pts_s) - Math.abs(b.pts_s - pts_s))[0];
  // A track is looked at a few times a second: for that long it is still about there.
  return nearest !== undefined && Math.abs(nearest.pts_s - pts_s) <= hole_s / 4 ? nearest.box : null;
}
