/**
 * The homography that takes ground points to picture points with the least squared error in the picture, where the
 * errors are: whoever calibrates reads the picture by eye and the ground with a tape.
 *
 * Start: normalised direct linear transform (Hartley and Zisserman, algorithm 4.2). Then Gauss-Newton on the picture
 * error (same book, section 4.5), nine numbers with their common factor held.
 */
import { determinantOf, divisorAt, type Homography, inverted, joined, mappedX, mappedY } from "./homography.ts";
import { eigenOf, inverseOf } from "./symmetric-matrix.ts";

/** Both planes flat: x0, y0, x1, y1, … */
export interface PointPairs {
  readonly count: number;
  readonly ground: Float64Array;
  readonly picture: Float64Array;
}

export interface HomographyFit {
  /** From ground to picture, both in units near 1: `toUnit` makes them, for numbers that neither vanish nor explode. */
  readonly unit: Homography;
  readonly groundToUnit: Homography;
  readonly pictureToUnit: Homography;
  /** Of the nine numbers of `unit`, for a picture error of 1 in its units: inverse of the normal matrix, 9 by 9. */
  readonly spread: Float64Array;
}

const SIZE = 9;
const ROUNDS = 20;
const ENOUGH = 1e-15;

/** Null when the points do not fix a map: too many of them are on one line. */
export function fitHomography(points: PointPairs): HomographyFit | null {
  const groundToUnit = unitFrame(points.ground, points.count);
  const pictureToUnit = unitFrame(points.picture, points.count);
  const pairs: PointPairs = {
    count: points.count,
    ground: mappedAll(groundToUnit, points.ground),
    picture: mappedAll(pictureToUnit, points.picture),
  };
  const unit = refined(linear(pairs), pairs);
  if (unit === null || Math.abs(determinantOf(unit)) < 1e-9) return null;
  const spread = inverseOf(normal(unit, pairs).matrix, SIZE);
  return spread === null ? null : { unit, groundToUnit, pictureToUnit, spread };
}

/** The fitted map from picture to ground, in the units of the points; its divisor is positive at the points' centre. */
export function pictureToGround({ unit, groundToUnit, pictureToUnit }: HomographyFit): Homography {
  const map = joined(inverted(groundToUnit), joined(inverted(unit), pictureToUnit));
  const size = Math.hypot(...map);
  const [scale = 1, , shiftX = 0, , , shiftY = 0] = pictureToUnit;
  const sign = Math.sign(divisorAt(map, -shiftX / scale, -shiftY / scale)) || 1;
  return map.map((each) => (sign * each) / size);
}

/** Centre to 0, mean distance from it to the root of 2. */
function unitFrame(points: Float64Array, count: number): Homography {
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i += 1) {
    x += (points[2 * i] ?? 0) / count;
    y += (points[2 * i + 1] ?? 0) / count;
  }
  let distance = 0;
  for (let i = 0; i < count; i += 1) {
    distance += Math.hypot((points[2 * i] ?? 0) - x, (points[2 * i + 1] ?? 0) - y) / count;
  }
  const scale = distance > 0 ? Math.SQRT2 / distance : 1;
  return Float64Array.of(scale, 0, -scale * x, 0, scale, -scale * y, 0, 0, 1);
}

function mappedAll(map: Homography, points: Float64Array): Float64Array {
  return points.map((value, i) =>
    i % 2 === 0 ? mappedX(map, value, points[i + 1] ?? 0) : mappedY(map, points[i - 1] ?? 0, value),
  );
}

/** The unit vector that the linear equations of all points leave nearest to 0. */
function linear({ count, ground, picture }: PointPairs): Homography {
  const sum = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < count; i += 1) {
    const [x, y] = [ground[2 * i] ?? 0, ground[2 * i + 1] ?? 0];
    const [u, v] = [picture[2 * i] ?? 0, picture[2 * i + 1] ?? 0];
    addSquare(sum, Float64Array.of(x, y, 1, 0, 0, 0, -u * x, -u * y, -u));
    addSquare(sum, Float64Array.of(0, 0, 0, x, y, 1, -v * x, -v * y, -v));
  }
  return eigenOf(sum, SIZE).vectors[0] ?? new Float64Array(SIZE);
}

function addSquare(sum: Float64Array, row: Float64Array): void {
  for (let i = 0; i < SIZE; i += 1) {
    for (let j = 0; j < SIZE; j += 1) {
      const at = i * SIZE + j;
      sum[at] = (sum[at] ?? 0) + (row[i] ?? 0) * (row[j] ?? 0);
    }
  }
}

/** Steps that make the picture error smaller, until none does. */
function refined(start: Homography, pairs: PointPairs): Homography | null {
  let best = start;
  let error = normal(best, pairs).error;
  for (let round = 0; round < ROUNDS && error > ENOUGH; round += 1) {
    const { matrix, gradient } = normal(best, pairs);
    const inverse = inverseOf(matrix, SIZE);
    if (inverse === null) return null;
    const step = best.map((value, i) => {
      let change = 0;
      for (let j = 0; j < SIZE; j += 1) change += (inverse[i * SIZE + j] ?? 0) * (gradient[j] ?? 0);
      return value - change;
    });
    const size = Math.hypot(...step);
    const next = step.map((value) => value / size);
    const after = normal(next, pairs).error;
    if (!(after < error)) break;
    best = next;
    error = after;
  }
  return Number.isFinite(error) ? best : null;
}

/**
 * Normal matrix and gradient of the picture error by the nine numbers. The square of the numbers themselves is added:
 * along their common factor the error does not change, and the matrix could not be inverted.
 */
function normal(map: Homography, { count, ground, picture }: PointPairs) {
  const matrix = new Float64Array(SIZE * SIZE);
  const gradient = new Float64Array(SIZE);
  let error = 0;
  addSquare(matrix, map);
  for (let i = 0; i < count; i += 1) {
    const [x, y] = [ground[2 * i] ?? 0, ground[2 * i + 1] ?? 0];
    const offs = [mappedX(map, x, y) - (picture[2 * i] ?? 0), mappedY(map, x, y) - (picture[2 * i + 1] ?? 0)] as const;
    const [byU, byV] = slopesByNumbers(map, x, y);
    for (const [row, off] of [[byU, offs[0]] as const, [byV, offs[1]] as const]) {
      addSquare(matrix, row);
      for (let j = 0; j < SIZE; j += 1) gradient[j] = (gradient[j] ?? 0) + (row[j] ?? 0) * off;
      error += off * off;
    }
  }
  return { matrix, gradient, error };
}

/** How the image of a ground point moves with each of the nine numbers, in x and in y. */
export function slopesByNumbers(map: Homography, x: number, y: number): readonly [Float64Array, Float64Array] {
  const w = divisorAt(map, x, y);
  const [u, v] = [mappedX(map, x, y), mappedY(map, x, y)];
  const [a, b, c] = [x / w, y / w, 1 / w];
  return [
    Float64Array.of(a, b, c, 0, 0, 0, -u * a, -u * b, -u * c),
    Float64Array.of(0, 0, 0, a, b, c, -v * a, -v * b, -v * c),
  ];
}
