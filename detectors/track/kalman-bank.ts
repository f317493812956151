/**
 * Kalman filters for the boxes of many tracks, as flat arrays: each track has four independent ones. Centre x and y move
 * with constant velocity; width and height only drift, else a box would grow wildly while its vehicle is hidden. Time is the picture's own, so uneven frame rates are no special case.
 *
 * Model (Bar-Shalom, Li, Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001, ch. 6.3.2):
 * x' = x + v dt, disturbed by a piecewise constant acceleration of standard deviation a.
 */

const dimensions = 4;

/** All in box sizes (square root of the area), so that a near lorry and a far motorcycle obey the same rules. */
const motion = {
  /** Hard braking is about 0.7 car lengths per s²; perspective and turning add to it. */
  acceleration: 4,
  /** Random walk of width and height, per square root of a second. */
  growth: 0.3,
  /** A detector's box wobbles by about this share of its size. */
  wobble: 0.05,
  /** How fast a new track may be going: a motorcycle at 50 km/h covers 7 of its lengths a second. */
  firstSpeed: 6,
} as const;

export class KalmanBank {
  readonly #position: Float64Array;
  readonly #speed: Float64Array;
  /** Covariance of position with itself, position with speed, and speed with itself. */
  readonly #pp: Float64Array;
  readonly #ps: Float64Array;
  readonly #ss: Float64Array;

  constructor(tracks: number) {
    const size = tracks * dimensions;
    this.#position = new Float64Array(size);
    this.#speed = new Float64Array(size);
    this.#pp = new Float64Array(size);
    this.#ps = new Float64Array(size);
    this.#ss = new Float64Array(size);
  }

  /** Begins a track at a detection; `boxes` holds x, y, w, h from index `at`. */
  begin(track: number, boxes: Float32Array, at: number): void {
    const size = sizeOf(boxes, at);
    for (let d = 0; d < dimensions; d += 1) {
      const i = track * dimensions + d;
      this.#position[i] = measured(boxes, at, d);
      this.#speed[i] = 0;
      this.#pp[i] = (motion.wobble * size) ** 2;
      this.#ps[i] = 0;
      this.#ss[i] = d < 2 ? (motion.firstSpeed * size) ** 2 : 0;
    }
  }

  predict(track: number, dt_s: number): void {
    const size = Math.sqrt(Math.max(1, this.value(track, 2) * this.value(track, 3)));
    const noise = (motion.acceleration * size) ** 2;
    for (let d = 2; d < dimensions; d += 1) {
      const i = track * dimensions + d;
      this.#pp[i] = (this.#pp[i] ?? 0) + (motion.growth * size) ** 2 * dt_s;
    }
    for (let d = 0; d < 2; d += 1) {
      const i = track * dimensions + d;
      const ps = this.#ps[i] ?? 0;
      const ss = this.#ss[i] ?? 0;
      this.#position[i] = (this.#position[i] ?? 0) + (this.#speed[i] ?? 0) * dt_s;
      this.#pp[i] = (this.#pp[i] ?? 0) + 2 * ps * dt_s + ss * dt_s ** 2 + (noise * dt_s ** 4) / 4;
      this.#ps[i] = ps + ss * dt_s + (noise * dt_s ** 3) / 2;
      this.#ss[i] = ss + noise * dt_s ** 2;
    }
  }

  correct(track: number, boxes: Float32Array, at: number): void {
    const wobble = (motion.wobble * sizeOf(boxes, at)) ** 2;
    for (let d = 0; d < dimensions; d += 1) {
      const i = track * dimensions + d;
      const pp = this.#pp[i] ?? 0;
      const ps = this.#ps[i] ?? 0;
      const gain = pp / (pp + wobble);
      const speedGain = ps / (pp + wobble);
      const surprise = measured(boxes, at, d) - (this.#position[i] ?? 0);
      this.#position[i] = (this.#position[i] ?? 0) + gain * surprise;
      this.#speed[i] = (this.#speed[i] ?? 0) + speedGain * surprise;
      this.#pp[i] = (1 - gain) * pp;
      this.#ss[i] = (this.#ss[i] ?? 0) - speedGain * ps;
      this.#ps[i] = (1 - gain) * ps;
    }
  }

  /** Squared distance of a detection's centre from the predicted one, in standard deviations (chi-square, 2 degrees). */
  distance2(track: number, boxes: Float32Array, at: number): number {
    const wobble = (motion.wobble * sizeOf(boxes, at)) ** 2;
    let sum = 0;
    for (let d = 0; d < 2; d += 1) {
      const i = track * dimensions + d;
      sum += (measured(boxes, at, d) - (this.#position[i] ?? 0)) ** 2 / ((this.#pp[i] ?? 0) + wobble);
    }
    return sum;
  }

  /** 0: centre x, 1: centre y, 2: width, 3: height. */
  value(track: number, dimension: number): number {
    return this.#position[track * dimensions + dimension] ?? 0;
  }

  /** Pixels per second. */
  speed(track: number, dimension: number): number {
    return this.#speed[track * dimensions + dimension] ?? 0;
  }

  /** Writes x, y, w, h (top left corner) at index `at`. */
  writeBox(track: number, into: Float32Array, at: number): void {
    const w = Math.max(1, this.value(track, 2));
    const h = Math.max(1, this.value(track, 3));
    into[at] = this.value(track, 0) - w / 2;
    into[at + 1] = this.value(track, 1) - h / 2;
    into[at + 2] = w;
    into[at + 3] = h;
  }
}

function measured(boxes: Float32Array, at: number, dimension: number): number {
  const extent = boxes[at + 2 + (dimension % 2)] ?? 0;
  return dimension < 2 ? (boxes[at + dimension] ?? 0) + extent / 2 : extent;
}

function sizeOf(boxes: Float32Array, at: number): number {
  return Math.sqrt(Math.max(1, (boxes[at + 2] ?? 0) * (boxes[at + 3] ?? 0)));
}
