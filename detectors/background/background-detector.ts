/** Road users as what differs from the empty street, for views in which no network sees any: straight down. */
import { calibrateGround } from "../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { ProblemError } from "../../core/problems/problem.ts";
import type { Calibration } from "../calibration/schema.ts";
import type { Detections, Detector } from "../inference/detector.ts";
import { body, createBackgroundModel } from "./background-model.ts";
import { BlobFinder, mostBlobs } from "./blobs.ts";
import { createGhosts } from "./ghosts.ts";
import { createMaskCleaner } from "./mask.ts";
import { createReducedPicture } from "./reduced-picture.ts";
import { VehiclePieces } from "./vehicle-pieces.ts";
import { vehicleSizes } from "./vehicle-size.ts";

export interface BackgroundOptions {
  /** Longer side, in pixels, of the reduced picture that is compared. */
  readonly longSide_px: number;
  /** Detections below are dropped, 0 to 1. */
  readonly scoreThreshold: number;
  /** Ties the picture to the ground; null when nobody did. */
  readonly calibration: Calibration | null;
}

/** Until it has learned for this long, nothing is reported: what stands still at first cannot be told from the road. */
const warmUp_s = 1.5;
/** Nothing is learned from pictures that follow one another faster. */
const learnEvery_s = 0.15;
/** After an outage the street is learned no faster than after this long. */
const longest_s = 1;
/** Pictures without times come as often as this. */
const usual_s = 0.1;
/** When this share of the picture differs, no traffic does that: the street is learned anew. */
const anotherStreet = 0.7;
/** Gaps up to twice this share of the picture's longer side close. */
const gapShare = 0.008;
const leastRadius = 2;
/** A blob fills its own rectangle by this share at least, or it is no vehicle. */
const leastSolid = 0.5;
const bestScore = 0.95;

/** Pixels that a metre of road takes in the middle of the picture: seen from straight above about the same everywhere. */
function metrePixels(calibration: Calibration | null, width: number, height: number): number | null {
  if (calibration === null) return null;
  const calibrated = calibrateGround(calibration);
  if (!calibrated.ok) throw new ProblemError(calibrated.problems);
  const { most, least } = new GroundPlane(calibrated.value, width, height).metre_px(width / 2, height / 2);
  return Math.sqrt(most * least);
}

/** All that depends on the frame size, made once per size. */
class Street {
  readonly #options: BackgroundOptions;
  readonly #picture: ReturnType<typeof createReducedPicture>;
  readonly #model: ReturnType<typeof createBackgroundModel>;
  readonly #cleaner: ReturnType<typeof createMaskCleaner>;
  readonly #finder: BlobFinder;
  readonly #pieces: VehiclePieces;
  readonly #ghosts: ReturnType<typeof createGhosts>;
  readonly #sizes: ReturnType<typeof vehicleSizes>;
  readonly #mask: Uint8Array;
  readonly #joined: Uint8Array;
  /** What may hide the road: where a body ends, pixels are neither it nor the road. */
  readonly #covered: Uint8Array;
  readonly #radius: number;
  /** Since the street was last learned, and altogether; negative before the first picture. */
  #unlearned_s = 0;
  #learned_s = -1;
  readonly detections: Detections = {
    count: 0,
    boxes: new Float32Array(mostBlobs * 4),
    scores: new Float32Array(mostBlobs),
    classes: new Uint8Array(mostBlobs),
  };

  constructor(options: BackgroundOptions, frameWidth: number, frameHeight: number) {
    this.#options = options;
    this.#picture = createReducedPicture(frameWidth, frameHeight, options.longSide_px);
    const { width, height } = this.#picture;
    this.#model = createBackgroundModel(width, height);
    this.#cleaner = createMaskCleaner(width, height);
    this.#finder = new BlobFinder(width, height);
    this.#pieces = new VehiclePieces(this.#finder, width, height);
    this.#ghosts = createGhosts(width, height);
    this.#sizes = vehicleSizes(width, height, metrePixels(options.calibration, width, height));
    this.#mask = new Uint8Array(width * height);
    this.#joined = new Uint8Array(width * height);
    this.#covered = new Uint8Array(width * height);
    this.#radius = Math.max(leastRadius, Math.round(gapShare * Math.max(width, height)));
  }

  look(frame: Uint8Array, dt_s: number): Detections {
    const { rgb } = this.#picture;
    this.#picture.fill(frame);
    this.detections.count = 0;
    if (this.#learned_s < 0) {
      this.#begin();
      return this.detections;
    }
    if (this.#model.compare(rgb) > anotherStreet && this.#learned_s >= warmUp_s) {
      this.#picture.fill(frame);
      this.#begin();
      return this.detections;
    }
    this.#findBlobs();
    this.#learn(dt_s);
    if (this.#learned_s >= warmUp_s) this.#describe();
    return this.detections;
  }

  #begin(): void {
    this.#model.reset(this.#picture.rgb);
    this.#learned_s = 0;
    this.#unlearned_s = 0;
  }

  #findBlobs(): void {
    const { shown } = this.#model;
    for (let p = 0; p < shown.length; p++) this.#mask[p] = shown[p] === body ? 1 : 0;
    this.#cleaner.clean(this.#mask, this.#covered, this.#joined, this.#radius);
    this.#finder.find(this.#joined, this.#sizes.least_px2 / 4);
    this.#pieces.arrange(this.#mask);
  }

  #learn(dt_s: number): void {
    this.#unlearned_s += dt_s;
    const warm = this.#learned_s >= warmUp_s;
    if (warm && this.#unlearned_s < learnEvery_s) return;
    const { rgb } = this.#picture;
    // At first everything counts alike: what hides the road and what is road is yet to be seen.
    if (!warm) this.#covered.fill(0);
    this.#model.learn(rgb, this.#covered, this.#unlearned_s);
    if (this.#ghosts.look(this.#finder.blobs, rgb, this.#model.colour, this.#unlearned_s)) {
      this.#model.replace(rgb, this.#ghosts.found);
    }
    this.#learned_s += this.#unlearned_s;
    this.#unlearned_s = 0;
  }

  #describe(): void {
    const { blobs } = this.#finder;
    const { boxes, scores, classes } = this.detections;
    const { least_px2, most_px2 } = this.#sizes;
    const { step } = this.#picture;
    for (let a = 0; a < blobs.count; a++) {
      const area = blobs.areas[a] as number;
      const [length, width] = [blobs.lengths[a] as number, blobs.widths[a] as number];
      const solid = area / (length * width);
      const score = Math.min(bestScore, solid);
      if (area < least_px2 || area > most_px2 || solid < leastSolid || score < this.#options.scoreThreshold) continue;
      const at = this.detections.count++;
      const [left, top] = [blobs.corners[a * 4] as number, blobs.corners[a * 4 + 1] as number];
      boxes[at * 4] = left * step;
      boxes[at * 4 + 1] = top * step;
      boxes[at * 4 + 2] = ((blobs.corners[a * 4 + 2] as number) - left) * step;
      boxes[at * 4 + 3] = ((blobs.corners[a * 4 + 3] as number) - top) * step;
      scores[at] = score;
      classes[at] = this.#sizes.classOf(length);
    }
  }
}

/**
 * Learns the empty street from the pictures themselves; the same pictures at the same times give the same boxes. A vehicle
 * that stands for about two minutes becomes street.
 */
export function createBackgroundDetector(options: BackgroundOptions): Detector {
  let street: Street | undefined;
  let size = "";
  let last_s = Number.NaN;
  return {
    detect(rgb, width, height, time_s) {
      if (rgb.length !== width * height * 3)
        throw new RangeError(`${rgb.length} bytes are no ${width}x${height} frame`);
      if (street === undefined || size !== `${width}x${height}`) {
        street = new Street(options, width, height);
        size = `${width}x${height}`;
      }
      const passed_s = time_s === undefined ? usual_s : time_s - last_s;
      last_s = time_s ?? last_s;
      const dt_s = Number.isNaN(passed_s) ? 0 : Math.min(longest_s, Math.max(0, passed_s));
      return Promise.resolve(street.look(rgb, dt_s));
    },
    close: () => Promise.resolve(),
  };
}
