/** Where the vehicles before one camera were in the last seconds, for whoever wants pictures of one of them. */
import type { FeedView, StreamTime } from "../ports/detection-feed.ts";
import { bestSights } from "./best-sight.ts";

export interface TrailPoint {
  readonly stream: StreamTime;
  /** Shares of the picture [x, y, w, h], origin top left. */
  readonly box: readonly [number, number, number, number];
}

/** At ten views a second the newest five seconds of a track. */
const MOST_POINTS = 50;
/** A track that was not seen for so long is over, and was asked for. */
const FORGOTTEN_MS = 10_000;

interface Trail {
  readonly points: TrailPoint[];
  seen_ms: number;
}

export class Trails {
  readonly #trails = new Map<number, Trail>();

  add({ at_ms, stream, tracks }: Pick<FeedView, "at_ms" | "stream" | "tracks">): void {
    if (stream === undefined) return;
    for (const { track, box } of tracks) {
      const trail = this.#trails.get(track) ?? { points: [], seen_ms: at_ms };
      trail.points.push({ stream, box });
      if (trail.points.length > MOST_POINTS) trail.points.shift();
      trail.seen_ms = at_ms;
      this.#trails.set(track, trail);
    }
    for (const [track, { seen_ms }] of this.#trails) if (at_ms - seen_ms > FORGOTTEN_MS) this.#trails.delete(track);
  }

  /**
   * At most `most` places of the track in the same session within `reach_s` of that moment, where it is seen best. In
   * order of time.
   */
  around(track: number, { session_ms, pts_s }: StreamTime, reach_s: number, most: number): readonly TrailPoint[] {
    const near = (this.#trails.get(track)?.points ?? []).filter(
      ({ stream }) => stream.session_ms === session_ms && Math.abs(stream.pts_s - pts_s) <= reach_s,
    );
    const chosen = bestSights(near, ({ stream }) => stream.pts_s, most);
    return chosen.sort((a, b) => a.stream.pts_s - b.stream.pts_s);
  }
}
