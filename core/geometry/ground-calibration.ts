/**
 * Ties the picture of one camera to the road before it: where on the ground, in metres, stands what is seen at a pixel?
 * The road is taken to be flat and the lens to be without distortion; how far that holds shows in the errors.
 */
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import { type CalibrationPoint, placeProblems } from "./calibration-points.ts";
import { fitHomography, type HomographyFit, type PointPairs, pictureToGround } from "./fit-homography.ts";
import { divisorAt, type Homography, inverted, mappedX, mappedY, slopesAt } from "./homography.ts";

export interface CalibrationInput {
  /** Width and height of the picture whose pixels the errors are told in. */
  readonly picture_px: readonly [width: number, height: number];
  readonly points: readonly CalibrationPoint[];
}

/** How far a point lies from where all points, or all others, put it. */
export interface PointError {
  readonly error_px: number;
  readonly error_m: number;
  /** With the point left out of the fit; null with four points, of which none can be spared. */
  readonly left_out_px: number | null;
  readonly left_out_m: number | null;
}

export interface GroundCalibration {
  readonly picture_px: readonly [width: number, height: number];
  readonly fit: HomographyFit;
  /** From pixels of a picture of `picture_px` to metres; positive divisor below the horizon. */
  readonly toGround: Homography;
  /** Standard error of a point's place in the picture, in each direction. */
  readonly reading_px: number;
  readonly errors: readonly PointError[];
}

/**
 * Before anything is known about a person's readings: 2 px in a picture 1920 px wide, worth four readings. Four points
 * leave nothing to estimate it from; each further point adds two residuals (the mean of an inverse gamma belief).
 */
const USUAL_READING = 2 / 1920;
const USUAL_WORTH = 4;
/** A reading error above this share of the picture's width is a slip: 15 px in a picture 1920 px wide. */
const SLIP = 0.008;

/** Problems: CALIBRATION_…, with paths inside the calibration. */
export function calibrateGround({ picture_px, points }: CalibrationInput): Result<GroundCalibration> {
  const places = placeProblems(points);
  if (places.length > 0) return failed(...places);
  const pairs = pairsOf(points, picture_px);
  const fit = fitHomography(pairs);
  if (fit === null) return failed(problem("CALIBRATION_COLLINEAR", {}, { path: "points" }));
  const toGround = pictureToGround(fit);
  const slip_px = SLIP * picture_px[0];
  const turned = orientationProblem(toGround, pairs, slip_px);
  if (turned !== null) return failed(turned);
  const errors = points.map((_, index) => errorOf(toGround, pairs, index));
  const sum = errors.reduce((total, { error_px }) => total + error_px ** 2, 0);
  const inexact = slipProblem(pairs, errors, slip_px);
  if (inexact !== null) return failed(inexact);
  const spare = 2 * points.length - 8;
  const usual_px = USUAL_READING * picture_px[0];
  const reading_px = Math.sqrt((sum + USUAL_WORTH * usual_px ** 2) / (spare + USUAL_WORTH));
  return ok({ picture_px, fit, toGround, reading_px, errors });
}

function pairsOf(points: readonly CalibrationPoint[], [width, height]: CalibrationInput["picture_px"]): PointPairs {
  return {
    count: points.length,
    ground: Float64Array.from(points.flatMap(({ ground_m }) => ground_m)),
    picture: Float64Array.from(points.flatMap(({ picture }) => [picture[0] * width, picture[1] * height])),
  };
}

/** All points must lie on the same side of the horizon, and not be seen from under the road. */
function orientationProblem(toGround: Homography, pairs: PointPairs, limit_px: number): Problem | null {
  const { count, picture } = pairs;
  const slopes = new Float64Array(4);
  let mirrored = false;
  for (let i = 0; i < count; i += 1) {
    const [x, y] = [picture[2 * i] ?? 0, picture[2 * i + 1] ?? 0];
    if (!(divisorAt(toGround, x, y) > 0)) return problem("CALIBRATION_HORIZON", {}, { path: culprit(pairs, limit_px) });
    slopesAt(toGround, x, y, slopes);
    // The picture's y runs down, so a true view from above turns right into left.
    mirrored ||= (slopes[0] ?? 0) * (slopes[3] ?? 0) - (slopes[1] ?? 0) * (slopes[2] ?? 0) > 0;
  }
  return mirrored ? problem("CALIBRATION_MIRRORED", {}, { path: "points" }) : null;
}

function errorOf(toGround: Homography, pairs: PointPairs, index: number): PointError {
  const own = offAt(toGround, pairs, index);
  const others = pairs.count > 4 ? fitHomography(without(pairs, index)) : null;
  const left = others === null ? null : offAt(pictureToGround(others), pairs, index);
  return {
    error_px: own.px,
    error_m: own.m,
    left_out_px: left === null ? null : left.px,
    left_out_m: left === null ? null : left.m,
  };
}

function offAt(toGround: Homography, { ground, picture }: PointPairs, index: number): { px: number; m: number } {
  const [u, v] = [picture[2 * index] ?? 0, picture[2 * index + 1] ?? 0];
  const [x, y] = [ground[2 * index] ?? 0, ground[2 * index + 1] ?? 0];
  const back = inverted(toGround);
  return {
    px: Math.hypot(mappedX(back, x, y) - u, mappedY(back, x, y) - v),
    m: Math.hypot(mappedX(toGround, u, v) - x, mappedY(toGround, u, v) - y),
  };
}

function without({ count, ground, picture }: PointPairs, index: number): PointPairs {
  const rest = (flat: Float64Array): Float64Array => flat.filter((_, i) => i >> 1 !== index);
  return { count: count - 1, ground: rest(ground), picture: rest(picture) };
}

/** The culprit is the point without which the others fit best; of five points, the one the other four put farthest off. */
function slipProblem(pairs: PointPairs, errors: readonly PointError[], limit_px: number): Problem | null {
  const offs = errors.map(({ left_out_px }) => left_out_px ?? 0);
  // A fit bends towards a point at the edge, and away from it when it is left out; the geometric mean of what is left
  // both ways is the reading error itself, as far as one is known (residuals e and e / (1 - h) have e² / (1 - h) between).
  const slips = errors.map(({ error_px, left_out_px }) => Math.sqrt(error_px * (left_out_px ?? 0)));
  if (Math.max(...slips) <= limit_px) return null;
  const doubts = pairs.count > 5 ? errors.map((_, index) => -scatterWithout(pairs, index)) : offs;
  const worst = doubts.indexOf(Math.max(...doubts));
  return problem("CALIBRATION_INEXACT", { off_px: (offs[worst] ?? 0).toFixed(0) }, { path: `points.${worst}` });
}

/** The one point without which all the others fit, or all of them. */
function culprit(pairs: PointPairs, limit_px: number): string {
  if (pairs.count <= 5) return "points";
  const scatters = Array.from({ length: pairs.count }, (_, index) => scatterWithout(pairs, index));
  const least = Math.min(...scatters);
  return Math.sqrt(least / pairs.count) <= limit_px ? `points.${scatters.indexOf(least)}` : "points";
}

function scatterWithout(pairs: PointPairs, index: number): number {
  const rest = without(pairs, index);
  const fit = fitHomography(rest);
  if (fit === null) return Number.POSITIVE_INFINITY;
  const toGround = pictureToGround(fit);
  let sum = 0;
  for (let i = 0; i < rest.count; i += 1) sum += offAt(toGround, rest, i).px ** 2;
  return sum;
}
