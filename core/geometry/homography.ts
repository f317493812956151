/**
 * Maps between two planes that a pinhole camera relates: x' = (h0 x + h1 y + h2) / w, y' = (h3 x + h4 y + h5) / w with
 * w = h6 x + h7 y + h8 (Hartley and Zisserman, "Multiple View Geometry", section 2.3). Nine numbers, row after row.
 */

export type Homography = Float64Array;

const h = (m: Homography, i: number): number => m[i] ?? 0;

/** The divisor. Points where it has another sign lie beyond the horizon: behind the camera, as it were. */
export const divisorAt = (m: Homography, x: number, y: number): number => h(m, 6) * x + h(m, 7) * y + h(m, 8);

export const mappedX = (m: Homography, x: number, y: number): number =>
  (h(m, 0) * x + h(m, 1) * y + h(m, 2)) / divisorAt(m, x, y);

export const mappedY = (m: Homography, x: number, y: number): number =>
  (h(m, 3) * x + h(m, 4) * y + h(m, 5)) / divisorAt(m, x, y);

/** How the image of a point moves with it: dx'/dx, dx'/dy, dy'/dx, dy'/dy into `out`. */
export function slopesAt(m: Homography, x: number, y: number, out: Float64Array): void {
  const w = divisorAt(m, x, y);
  const [mx, my] = [mappedX(m, x, y), mappedY(m, x, y)];
  out[0] = (h(m, 0) - mx * h(m, 6)) / w;
  out[1] = (h(m, 1) - mx * h(m, 7)) / w;
  out[2] = (h(m, 3) - my * h(m, 6)) / w;
  out[3] = (h(m, 4) - my * h(m, 7)) / w;
}

export function determinantOf(m: Homography): number {
  return (
    h(m, 0) * (h(m, 4) * h(m, 8) - h(m, 5) * h(m, 7)) -
    h(m, 1) * (h(m, 3) * h(m, 8) - h(m, 5) * h(m, 6)) +
    h(m, 2) * (h(m, 3) * h(m, 7) - h(m, 4) * h(m, 6))
  );
}

/** The map the other way: the adjugate, which is the inverse but for a factor that means nothing. */
export function inverted(m: Homography): Homography {
  return Float64Array.of(
    h(m, 4) * h(m, 8) - h(m, 5) * h(m, 7),
    h(m, 2) * h(m, 7) - h(m, 1) * h(m, 8),
    h(m, 1) * h(m, 5) - h(m, 2) * h(m, 4),
    h(m, 5) * h(m, 6) - h(m, 3) * h(m, 8),
    h(m, 0) * h(m, 8) - h(m, 2) * h(m, 6),
    h(m, 2) * h(m, 3) - h(m, 0) * h(m, 5),
    h(m, 3) * h(m, 7) - h(m, 4) * h(m, 6),
    h(m, 1) * h(m, 6) - h(m, 0) * h(m, 7),
    h(m, 0) * h(m, 4) - h(m, 1) * h(m, 3),
  );
}

/** First `inner`, then `outer`. */
export function joined(outer: Homography, inner: Homography): Homography {
  const product = new Float64Array(9);
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      let sum = 0;
      for (let k = 0; k < 3; k += 1) sum += h(outer, row * 3 + k) * h(inner, k * 3 + column);
      product[row * 3 + column] = sum;
    }
  }
  return product;
}
