/** What was seen of the tracks of one camera, as far back as evidence needs it. Memory does not grow with a track's life. */
import type { TrackPoint } from "../../core/cases/detection.ts";
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import { distance_m, type Point } from "../../core/violations/ground.ts";

type Seen = Sightings["tracks"][number];

interface Moment {
  readonly point: TrackPoint;
  readonly front: Point;
  readonly front_error_m: number;
}

interface Remembered {
  class: VehicleClass;
  last_ms: number;
  moments: Moment[];
}

/** As many as a detection may carry. */
const mostMoments = 600;
/** Of these the newest stay one by one, 15 s at 20 pictures a second; of older ones every other goes. */
const dense = 300;
/** Speed at an instant is that between the sightings around it, this far apart at most. */
const around_ms = 400;

const rounded = (share: number): number => Math.round(share * 1e5) / 1e5;

/** Longer than the tracker waits for a vehicle that it lost from sight. */
const gone_ms = 1500;

export class TrackMemory {
  readonly #tracks = new Map<number, Remembered>();

  saw({ track, class: vehicleClass, box, front, front_error_m }: Seen, at_ms: number, pts_s: number): void {
    const known = this.#tracks.get(track) ?? { class: vehicleClass, last_ms: at_ms, moments: [] };
    known.class = vehicleClass;
    known.last_ms = at_ms;
    const [x, y, w, h] = box;
    const point: TrackPoint = { at_ms, pts_s, box: [rounded(x), rounded(y), rounded(w), rounded(h)] };
    known.moments.push({ point, front, front_error_m });
    if (known.moments.length > mostMoments) {
      const old = known.moments.length - dense;
      known.moments = known.moments.filter((_, index) => index >= old || index % 2 === 0);
    }
    this.#tracks.set(track, known);
  }

  /** Tracks that ended before `now_ms`, and are still remembered. */
  gone(now_ms: number): readonly number[] {
    return [...this.#tracks].filter(([, { last_ms }]) => now_ms - last_ms > gone_ms).map(([track]) => track);
  }

  all(): readonly number[] {
    return [...this.#tracks.keys()];
  }

  forget(track: number): void {
    this.#tracks.delete(track);
  }

  points(track: number): readonly TrackPoint[] {
    return this.#tracks.get(track)?.moments.map(({ point }) => point) ?? [];
  }

  classOf(track: number): VehicleClass | null {
    return this.#tracks.get(track)?.class ?? null;
  }

  /**
   * How wrong the moment at which the track's front was somewhere may be: the error of the place over the speed there. For
   * what stands it is the time between two sightings, in which it can have come to stand.
   */
  timeError_ms(track: number, at_ms: number): number {
    const moments = this.#tracks.get(track)?.moments ?? [];
    const after = moments.findIndex(({ point }) => point.at_ms >= at_ms);
    const index = after === -1 ? moments.length - 1 : after;
    const [first, last] = [this.#near(moments, index, -1), this.#near(moments, index, 1)];
    if (first === undefined || last === undefined) return around_ms;
    const passed_ms = last.point.at_ms - first.point.at_ms;
    const spacing_ms = passed_ms / Math.max(1, moments.indexOf(last) - moments.indexOf(first));
    const speed_m_ms = passed_ms > 0 ? distance_m(first.front, last.front) / passed_ms : 0;
    const by_place_ms = last.front_error_m / speed_m_ms;
    return Number.isFinite(by_place_ms) && by_place_ms < around_ms ? by_place_ms : Math.max(spacing_ms, around_ms);
  }

  /** The farthest sighting to one side that is still near in time. */
  #near(moments: readonly Moment[], index: number, step: 1 | -1): Moment | undefined {
    const from_ms = moments[index]?.point.at_ms ?? 0;
    let best = index;
    while (Math.abs((moments[best + step]?.point.at_ms ?? Number.POSITIVE_INFINITY) - from_ms) <= around_ms)
      best += step;
    return moments[best];
  }
}
