/** Which boxes belong to a picture: the newest found by the time it was taken, if that was just before; or none. */
import type { FeedView } from "../state/page-state.ts";

/** A vehicle at 50 km/h moves about 5 m in this time; any longer and its box would be beside it. */
const SAME_MOMENT_MS = 400;

export function viewOfPicture(views: readonly FeedView[], picture_at_ms: number): FeedView | null {
  const newest = views.findLast(({ at_ms }) => at_ms <= picture_at_ms);
  return newest !== undefined && picture_at_ms - newest.at_ms <= SAME_MOMENT_MS ? newest : null;
}
