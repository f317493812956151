/**
 * What is to be expected at a place that was not looked at, from noisy values at others: Gaussian process regression with a
 * mean of zero (Rasmussen and Williams 2006, algorithm 2.1; in geostatistics simple kriging).
 */

export interface Expected {
  readonly mean: number;
  /** Of the value itself, without the noise of looking. */
  readonly variance: number;
}

/** Lower triangle L with L Lᵀ = A, in place of A's; A is symmetric and positive. */
function decompose(a: Float64Array, size: number): void {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = a[row * size + column] as number;
      for (let k = 0; k < column; k += 1) sum -= (a[row * size + k] as number) * (a[column * size + k] as number);
      if (row === column) a[row * size + row] = Math.sqrt(Math.max(1e-12, sum));
      else a[row * size + column] = sum / (a[column * size + column] as number);
    }
  }
}

/** Solves L x = b in place. */
function forward(lower: Float64Array, size: number, b: Float64Array): void {
  for (let row = 0; row < size; row += 1) {
    let sum = b[row] as number;
    for (let k = 0; k < row; k += 1) sum -= (lower[row * size + k] as number) * (b[k] as number);
    b[row] = sum / (lower[row * size + row] as number);
  }
}

/** Solves Lᵀ x = b in place. */
function backward(lower: Float64Array, size: number, b: Float64Array): void {
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = b[row] as number;
    for (let k = row + 1; k < size; k += 1) sum -= (lower[k * size + row] as number) * (b[k] as number);
    b[row] = sum / (lower[row * size + row] as number);
  }
}

export class Kriging {
  readonly #lower: Float64Array;
  readonly #weights: Float64Array;
  readonly #size: number;
  /** Of the values under this covariance; up to a constant that the values have in common. */
  readonly logLikelihood: number;

  /** `covariance`: of the values without noise, the lower triangle row by row in a square; `noise`: variance of each value's noise. */
  constructor(covariance: Float64Array, values: Float64Array, noise: Float64Array) {
    const size = values.length;
    const lower = covariance.slice();
    for (let at = 0; at < size; at += 1) {
      lower[at * size + at] = (lower[at * size + at] as number) + (noise[at] as number);
    }
    decompose(lower, size);
    const weights = values.slice();
    forward(lower, size, weights);
    let fit = 0;
    for (let at = 0; at < size; at += 1) {
      fit -= (weights[at] as number) ** 2 / 2 + Math.log(lower[at * size + at] as number);
    }
    backward(lower, size, weights);
    this.#size = size;
    this.#lower = lower;
    this.#weights = weights;
    this.logLikelihood = fit;
  }

  /** `towards`: covariance of the place with each value's; `own`: its variance before anything is known. */
  expected(towards: Float64Array, own: number): Expected {
    let mean = 0;
    for (let at = 0; at < this.#size; at += 1) mean += (towards[at] as number) * (this.#weights[at] as number);
    const told = towards.slice();
    forward(this.#lower, this.#size, told);
    const variance = told.reduce((left, each) => left - each * each, own);
    return { mean, variance: Math.max(0, variance) };
  }
}
