/**
 * Where tracks stand on the ground, and how fast they go there. A vehicle touches the road at the middle of the lower
 * edge of its box. Each track keeps its last second of places; memory does not grow with its life.
 */
import type { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { MotionFit } from "../../core/geometry/motion-fit.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";

export interface Speed {
  readonly speed_kmh: number;
  /** Standard error: of the box's wobble and of the calibration together. */
  readonly error_kmh: number;
}

const kept = 32;
/** Places nearer in time than this are one: at 60 pictures a second the window must still be a second long. */
const apart_s = 0.03;
const window_s = 1.2;
const fewest = 4;
const shortest_s = 0.2;
/** Standard deviation of the lower edge of a followed box, as a share of its size. */
const wobble = 0.03;
/** Steps shorter than this are wobble and add nothing to the way, in expected standard deviations and at least in metres. */
const step_sigmas = 4;
const step_m = 0.5;
/**
 * The lower edge of a box is not one point of a vehicle: it slides from bumper to wheel as the view changes. Measured on
 * solid vehicles driven past a drawn camera: this share of the speed, and this much.
 */
const slideShare = 0.015;
const slide_m_s = 0.1;
const kmh = 3.6;

export class GroundTracks {
  readonly #plane: GroundPlane;
  readonly #fit = new MotionFit(kept);
  readonly #track = new Uint32Array(trackCapacity);
  /** Per slot: how many places it keeps, oldest first. */
  readonly #count = new Uint8Array(trackCapacity);
  readonly #places = {
    t_s: new Float64Array(trackCapacity * kept),
    x_m: new Float64Array(trackCapacity * kept),
    y_m: new Float64Array(trackCapacity * kept),
    sigma_m: new Float64Array(trackCapacity * kept),
  };
  /** Up to here the way is counted. */
  readonly #anchorX = new Float64Array(trackCapacity);
  readonly #anchorY = new Float64Array(trackCapacity);
  readonly #way_m = new Float64Array(trackCapacity);

  constructor(plane: GroundPlane) {
    this.#plane = plane;
  }

  /** After each update of the tracker. */
  observe(tracker: Tracker, time_s: number): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      const id = tracker.ids[slot] ?? 0;
      if (id === 0) this.#track[slot] = 0;
      if (id === 0 || tracker.seen[slot] === 0) continue;
      const [width, height] = [tracker.boxes[slot * 4 + 2] ?? 0, tracker.boxes[slot * 4 + 3] ?? 0];
      const x = (tracker.boxes[slot * 4] ?? 0) + width / 2;
      const y = (tracker.boxes[slot * 4 + 1] ?? 0) + height;
      if (this.#track[slot] !== id) this.#begin(slot, id);
      if (this.#plane.isGround(x, y)) this.#keep(slot, x, y, Math.sqrt(width * height), time_s);
    }
  }

  /** Does anyone know where this slot's track stands? */
  stands(slot: number): boolean {
    return this.#track[slot] !== 0 && (this.#count[slot] ?? 0) > 0;
  }

  /** Newest place on the ground; only of a track that stands somewhere. */
  x_m(slot: number): number {
    return this.#places.x_m[this.#newest(slot)] ?? 0;
  }

  y_m(slot: number): number {
    return this.#places.y_m[this.#newest(slot)] ?? 0;
  }

  /** Speed at an instant within the last second; null when too little is known. Makes one object: not for every picture. */
  speedAt(slot: number, at_s: number): Speed | null {
    if (!this.#fitAt(slot, at_s)) return null;
    const { vx, vy, error, x_m, y_m } = this.#fit;
    const speed = Math.hypot(vx, vy);
    const scale = this.#scaleError(x_m, y_m, vx, vy);
    return { speed_kmh: speed * kmh, error_kmh: Math.hypot(error, speed * scale, speed * slideShare, slide_m_s) * kmh };
  }

  /** Metres a second now, or NaN when too little is known. */
  speedNow(slot: number): number {
    const motion = this.motionNow(slot);
    return motion === null ? Number.NaN : Math.hypot(motion.vx, motion.vy);
  }

  /** Velocity now, to be read before the next question; null when too little is known. */
  motionNow(slot: number): Pick<MotionFit, "vx" | "vy" | "error"> | null {
    const count = this.#count[slot] ?? 0;
    if (count === 0 || !this.#fitAt(slot, this.#places.t_s[this.#newest(slot)] ?? 0)) return null;
    return this.#fit;
  }

  /** How far the track has come since it was first seen; null for one that never stood on the ground. */
  way_m(slot: number): number | null {
    if (!this.stands(slot)) return null;
    const rest = Math.hypot(this.x_m(slot) - (this.#anchorX[slot] ?? 0), this.y_m(slot) - (this.#anchorY[slot] ?? 0));
    const sigma = this.#places.sigma_m[this.#newest(slot)] ?? 0;
    return (this.#way_m[slot] ?? 0) + (rest > sigma ? rest : 0);
  }

  #begin(slot: number, id: number): void {
    this.#track[slot] = id;
    this.#count[slot] = 0;
    this.#way_m[slot] = 0;
  }

  #newest(slot: number): number {
    return slot * kept + Math.max(0, (this.#count[slot] ?? 0) - 1);
  }

  #keep(slot: number, x: number, y: number, size: number, time_s: number): void {
    const { t_s, x_m, y_m, sigma_m } = this.#places;
    let count = this.#count[slot] ?? 0;
    const last = this.#newest(slot);
    if (count > 0 && time_s - (t_s[last] ?? 0) < apart_s) return;
    if (count === kept) {
      const first = slot * kept;
      for (const field of [t_s, x_m, y_m, sigma_m]) field.copyWithin(first, first + 1, first + kept);
      count -= 1;
    }
    const at = slot * kept + count;
    t_s[at] = time_s;
    x_m[at] = this.#plane.x_m(x, y);
    y_m[at] = this.#plane.y_m(x, y);
    sigma_m[at] = Math.max(1e-3, wobble * size * this.#plane.coarseness_m(x, y));
    this.#count[slot] = count + 1;
    this.#advance(slot, at, count === 0 && this.#way_m[slot] === 0);
  }

  #advance(slot: number, at: number, first: boolean): void {
    const [x, y] = [this.#places.x_m[at] ?? 0, this.#places.y_m[at] ?? 0];
    const step = Math.hypot(x - (this.#anchorX[slot] ?? 0), y - (this.#anchorY[slot] ?? 0));
    if (!first && step < Math.max(step_m, step_sigmas * (this.#places.sigma_m[at] ?? 0))) return;
    if (!first) this.#way_m[slot] = (this.#way_m[slot] ?? 0) + step;
    this.#anchorX[slot] = x;
    this.#anchorY[slot] = y;
  }

  #fitAt(slot: number, at_s: number): boolean {
    const { t_s } = this.#places;
    const end = slot * kept + (this.#count[slot] ?? 0);
    let first = end;
    while (first > slot * kept && (t_s[first - 1] ?? 0) >= at_s - window_s) first -= 1;
    const count = end - first;
    if (count < fewest || (t_s[end - 1] ?? 0) - (t_s[first] ?? 0) < shortest_s) return false;
    return this.#fit.fit(this.#places, first, count, at_s);
  }

  /** Share by which the calibration makes lengths wrong here, in the direction of travel: looked at over a second. */
  #scaleError(x_m: number, y_m: number, vx: number, vy: number): number {
    const length = Math.hypot(vx, vy);
    if (length === 0) return 0;
    const [ax, ay] = this.#plane.pixelAt(x_m - vx / 2, y_m - vy / 2);
    const [bx, by] = this.#plane.pixelAt(x_m + vx / 2, y_m + vy / 2);
    if (!this.#plane.isGround(ax, ay) || !this.#plane.isGround(bx, by)) return 1;
    return this.#plane.distanceError_m(ax, ay, bx, by) / length;
  }
}
