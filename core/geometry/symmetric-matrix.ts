/** Small symmetric matrices, row after row in flat arrays. For set-up, not for every picture: they make new arrays. */

import { choleskyOf, solveLower, solveUpper } from "./cholesky.ts";

/** Sweeps that a 9 by 9 matrix never needs; a handful are enough. */
const MOST_SWEEPS = 60;

export interface Eigen {
  /** Ascending. */
  readonly values: readonly number[];
  /** `vectors[i]` belongs to `values[i]`; unit length. */
  readonly vectors: readonly Float64Array[];
}

/** Eigenvalues and eigenvectors by cyclic Jacobi rotations (Golub and Van Loan, "Matrix Computations", section 8.5). */
export function eigenOf(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix);
  const v = identity(size);
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, size) > 0; sweep += 1) {
    for (let p = 0; p < size - 1; p += 1) {
      for (let q = p + 1; q < size; q += 1) rotate(a, v, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => at(a, size, i, i) - at(a, size, j, j));
  return {
    values: order.map((i) => at(a, size, i, i)),
    vectors: order.map((i) => Float64Array.from({ length: size }, (_, row) => at(v, size, row, i))),
  };
}

/**
 * The inverse of a positive definite matrix through its Cholesky factor, or null when it is not positive definite to
 * the precision of numbers.
 */
export function inverseOf(matrix: Float64Array, size: number): Float64Array | null {
  const factor = choleskyOf(matrix, size);
  if (factor === null) return null;
  const inverse = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let c = 0; c < size; c += 1) {
    column.fill(0);
    column[c] = 1;
    solveLower(factor, size, column);
    solveUpper(factor, size, column);
    for (let r = 0; r < size; r += 1) inverse[r * size + c] = column[r] ?? 0;
  }
  return inverse;
}

const at = (m: Float64Array, size: number, row: number, column: number): number => m[row * size + column] ?? 0;

function identity(size: number): Float64Array {
  const m = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) m[i * size + i] = 1;
  return m;
}

function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let p = 0; p < size - 1; p += 1) for (let q = p + 1; q < size; q += 1) sum += at(a, size, p, q) ** 2;
  return sum;
}

/** Turns the plane of p and q so that their common entry becomes 0. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const common = at(a, size, p, q);
  if (common === 0) return;
  const theta = (at(a, size, q, q) - at(a, size, p, p)) / (2 * common);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let i = 0; i < size; i += 1) mix(a, i * size + p, i * size + q, c, s);
  for (let i = 0; i < size; i += 1) mix(a, p * size + i, q * size + i, c, s);
  for (let i = 0; i < size; i += 1) mix(v, i * size + p, i * size + q, c, s);
  a[p * size + q] = 0;
  a[q * size + p] = 0;
}

function mix(m: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [m[i] ?? 0, m[j] ?? 0];
  m[i] = c * x - s * y;
  m[j] = s * x + c * y;
}
