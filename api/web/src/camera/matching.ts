/** Which boxes belong to a picture: those seen at about the moment it was taken, or none. */
import type { FeedView } from "../state/page-state.ts";

/** A vehicle at 50 km/h moves about 5 m in this time; any longer and its box would be beside it. */
const SAME_MOMENT_MS = 400;

export function viewOfPicture(views: readonly FeedView[], picture_at_ms: number): FeedView | null {
  let best: FeedView | null = null;
  for (const view of views) {
    const apart_ms = Math.abs(view.at_ms - picture_at_ms);
    if (apart_ms <= SAME_MOMENT_MS && (best === null || apart_ms < Math.abs(best.at_ms - picture_at_ms))) best = view;
  }
  return best;
}
