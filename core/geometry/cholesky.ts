/** The factor of a symmetric positive definite matrix, row after row in a flat array, and equations solved with it. */

const at = (m: Float64Array, size: number, row: number, column: number): number => m[row * size + column] ?? 0;

/**
 * Lower triangle L with L Lᵀ = the matrix, whose lower triangle alone is read. Where a square on L's diagonal is not above 0, the
 * matrix is not positive definite to the precision of numbers: null, or `least` in its place where that is told.
 */
export function choleskyOf(matrix: Float64Array, size: number): Float64Array | null;
export function choleskyOf(matrix: Float64Array, size: number, least: number): Float64Array;
export function choleskyOf(matrix: Float64Array, size: number, least = Number.NEGATIVE_INFINITY): Float64Array | null {
  const l = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = at(matrix, size, i, j);
      for (let k = 0; k < j; k += 1) sum -= at(l, size, i, k) * at(l, size, j, k);
      if (i !== j) l[i * size + j] = sum / at(l, size, j, j);
      else if (Math.max(least, sum) > 0) l[i * size + i] = Math.sqrt(Math.max(least, sum));
      else return null;
    }
  }
  return l;
}

/** Solves L x = b in place. */
export function solveLower(l: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i += 1) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= at(l, size, i, k) * (b[k] ?? 0);
    b[i] = sum / at(l, size, i, i);
  }
}

/** Solves Lᵀ x = b in place. */
export function solveUpper(l: Float64Array, size: number, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = b[i] ?? 0;
    for (let k = i + 1; k < size; k += 1) sum -= at(l, size, k, i) * (b[k] ?? 0);
    b[i] = sum / at(l, size, i, i);
  }
}
