/**
 * Everybody on the road in each looked-at picture, as one block of numbers: it travels to the parent, which judges. Only
 * proved tracks that were seen in that very picture.
 */
import type { GroundCalibration } from "../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../core/geometry/ground-plane.ts";
import type { Sightings } from "../../core/ports/detection-feed.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { length_m } from "../../core/violations/sighting.ts";
import type { Frame } from "../decode/frame.ts";
import type { Detections } from "../inference/detector.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";
import { Facing } from "./facing.ts";
import { Footprint } from "./footprint.ts";
import { GroundTracks } from "./ground-tracks.ts";
import { isHidden } from "./hidden.ts";
import { PictureClock } from "./picture-clock.ts";

/** Numbers of one road user: track, class, box (4), front (2), rear (2), error of the front, hidden. */
const rowLength = 12;
/** Of a box's edge, as a share of the box's size: as in ground-tracks.ts. */
const wobble = 0.03;
const spreads = Float64Array.from(vehicleClasses, (name) => length_m[name].spread);

type Seen = Pick<Frame, "width" | "height" | "pts_s" | "arrival_ms" | "session_ms">;

/** What one picture showed; `rows` is a new array each time, for it is sent away. */
export interface SightingRows {
  readonly at_ms: number;
  readonly session_ms: number;
  readonly pts_s: number;
  readonly rows: Float64Array<ArrayBuffer>;
}

interface View {
  readonly width: number;
  readonly height: number;
  readonly plane: GroundPlane;
  readonly ground: GroundTracks;
  readonly facing: Facing;
  readonly footprint: Footprint;
}

export class SightingWatch {
  readonly #calibration: GroundCalibration;
  readonly #clock = new PictureClock();
  readonly #all = new Float64Array(trackCapacity * rowLength);
  #view: View | null = null;

  constructor(calibration: GroundCalibration) {
    this.#calibration = calibration;
  }

  /** The stream's clock starts anew. */
  epoch(): void {
    this.#clock.epoch();
  }

  /**
   * After every update of the tracker with `detections`. Places are those of the detections' own boxes: the size of a track's
   * box follows slowly, so that a bus that grows as it comes would seem to come too late.
   */
  observe(
    tracker: Tracker,
    { boxes }: Pick<Detections, "boxes">,
    { width, height, pts_s, arrival_ms, session_ms }: Seen,
  ): SightingRows {
    const view = this.#viewOf(width, height);
    view.ground.observe(tracker, pts_s);
    view.facing.observe(tracker, view.ground);
    let count = 0;
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (tracker.ids[slot] === 0 || tracker.seen[slot] === 0 || !tracker.proved(slot)) continue;
      if (this.#write(tracker, slot, boxes, view, count * rowLength)) count += 1;
    }
    const at_ms = this.#clock.at_ms(pts_s, arrival_ms, session_ms);
    return { at_ms, session_ms, pts_s, rows: this.#all.slice(0, count * rowLength) };
  }

  #viewOf(width: number, height: number): View {
    if (this.#view !== null && this.#view.width === width && this.#view.height === height) return this.#view;
    const plane = new GroundPlane(this.#calibration, width, height);
    this.#view = {
      width,
      height,
      plane,
      ground: new GroundTracks(plane),
      facing: new Facing(),
      footprint: new Footprint(this.#calibration, width, height),
    };
    return this.#view;
  }

  /** False for what does not stand on the ground. */
  #write(tracker: Tracker, slot: number, boxes: Float32Array, view: View, to: number): boolean {
    const { width, height, plane, facing, footprint } = view;
    const at = (tracker.detection[slot] ?? 0) * 4;
    const [x, y, w, h] = [boxes[at] ?? 0, boxes[at + 1] ?? 0, boxes[at + 2] ?? 0, boxes[at + 3] ?? 0];
    const [middle, bottom] = [x + w / 2, y + h];
    if (!plane.isGround(middle, bottom)) return false;
    const [awayX, awayY] = [plane.awayX(middle, bottom), plane.awayY(middle, bottom)];
    const known_rad = facing.of(slot);
    // What never moved faces away, for want of better; rules about movement do not ask.
    const facing_rad = Number.isNaN(known_rad) ? Math.atan2(awayY, awayX) : known_rad;
    const vehicleClass = tracker.classOf(slot);
    if (!footprint.lay(middle, bottom, facing_rad, vehicleClass)) return false;
    const away = Math.cos(facing_rad) * awayX + Math.sin(facing_rad) * awayY;
    const edge_m = wobble * Math.sqrt(w * h) * plane.coarseness_m(middle, bottom);
    const all = this.#all;
    const [left, top] = [share(x, width), share(y, height)];
    all[to] = tracker.ids[slot] ?? 0;
    all[to + 1] = vehicleClass;
    all[to + 2] = left;
    all[to + 3] = top;
    all[to + 4] = share(x + w, width) - left;
    all[to + 5] = share(y + h, height) - top;
    all[to + 6] = footprint.frontX_m;
    all[to + 7] = footprint.frontY_m;
    all[to + 8] = footprint.rearX_m;
    all[to + 9] = footprint.rearY_m;
    // Seen from behind, the front is a whole length from what is seen; from ahead it is seen itself.
    all[to + 10] = Math.hypot(edge_m, ((1 + away) / 2) * (spreads[vehicleClass] ?? 0));
    all[to + 11] = isHidden(tracker, slot, width, height) ? 1 : 0;
    return true;
  }
}

/** A pixel position as a share of the picture's side, never outside. */
const share = (at: number, side: number): number => Math.min(1, Math.max(0, at / side));

/** The numbers as everybody else reads them. */
export function readSightings(feed: string, { at_ms, session_ms, pts_s, rows }: SightingRows): Sightings {
  const tracks: Sightings["tracks"][number][] = [];
  for (let at = 0; at + rowLength <= rows.length; at += rowLength) {
    const n = (index: number): number => rows[at + index] ?? 0;
    tracks.push({
      track: n(0),
      class: vehicleClasses[n(1)] ?? "car",
      box: [n(2), n(3), n(4), n(5)],
      front: { x_m: n(6), y_m: n(7) },
      rear: { x_m: n(8), y_m: n(9) },
      front_error_m: n(10),
      occluded: n(11) === 1,
    });
  }
  return { feed, at_ms, stream: { session_ms, pts_s }, tracks };
}
