/**
 * What is to be expected at a place that was not looked at, from noisy values at others: Gaussian process regression with a
 * mean of zero (Rasmussen and Williams 2006, algorithm 2.1; in geostatistics simple kriging).
 */
import { choleskyOf, solveLower, solveUpper } from "../geometry/cholesky.ts";

export interface Expected {
  readonly mean: number;
  /** Of the value itself, without the noise of looking. */
  readonly variance: number;
}

/** Of what is under the root on the factor's diagonal, where plans are so alike that rounding leaves less. */
const LEAST_SQUARE = 1e-12;

export class Kriging {
  readonly #lower: Float64Array;
  readonly #weights: Float64Array;
  readonly #size: number;
  /** Of the values under this covariance; up to a constant that the values have in common. */
  readonly logLikelihood: number;

  /** `covariance`: of the values without noise, the lower triangle row by row in a square; `noise`: variance of each value's noise. */
  constructor(covariance: Float64Array, values: Float64Array, noise: Float64Array) {
    const size = values.length;
    const noisy = covariance.slice();
    for (let at = 0; at < size; at += 1) {
      noisy[at * size + at] = (noisy[at * size + at] as number) + (noise[at] as number);
    }
    const lower = choleskyOf(noisy, size, LEAST_SQUARE);
    const weights = values.slice();
    solveLower(lower, size, weights);
    let fit = 0;
    for (let at = 0; at < size; at += 1) {
      fit -= (weights[at] as number) ** 2 / 2 + Math.log(lower[at * size + at] as number);
    }
    solveUpper(lower, size, weights);
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
    solveLower(this.#lower, this.#size, told);
    const variance = told.reduce((left, each) => left - each * each, own);
    return { mean, variance: Math.max(0, variance) };
  }
}
