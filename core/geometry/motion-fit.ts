/**
 * The velocity of a point at one instant, from noisy places around it: p(t) = p0 + v t + a t² / 2, fitted to both
 * coordinates by weighted least squares. What is known about road users goes in as one more observation: their
 * acceleration is about 0, give or take 2 m/s². So a long clean path shows its braking, and a short one is not bent by noise.
 *
 * Robust by iterated reweighting after Huber (Press et al., "Numerical Recipes", section 15.7). The noise is estimated
 * from what is left over, together with what was expected of it.
 */

import { MotionEquations } from "./motion-equations.ts";

/** Standard deviation of accelerations in town traffic; hard braking is twice that. */
const ACCELERATION_M_S2 = 2;
/** Residuals beyond this many standard deviations count less and less (Huber's constant). */
const HUBER = 1.345;
const ROUNDS = 4;
/** How many residuals the expected noise is worth. */
const EXPECTED_WORTH = 4;
/** Numbers taken from the residuals: place and velocity in both directions, and about half of an acceleration. */
const FITTED = 5;
/** Successive errors that resemble one another tell less; more alike than this they tell nothing in particular. */
const MOST_ALIKE = 0.9;

/** `count` places from index `first`; `sigma_m` is the expected standard deviation of each, in each direction. */
export interface Places {
  readonly t_s: Float64Array;
  readonly x_m: Float64Array;
  readonly y_m: Float64Array;
  readonly sigma_m: Float64Array;
}

export class MotionFit {
  x_m = 0;
  y_m = 0;
  vx = 0;
  vy = 0;
  /** Of the velocity, in each direction, m/s. */
  error = 0;

  readonly #weight: Float64Array;
  readonly #equations = new MotionEquations();

  constructor(mostPlaces: number) {
    this.#weight = new Float64Array(mostPlaces);
  }

  /** Fits places `first` to `first + count`, and leaves place and velocity at `at_s` in the fields. False: not solvable. */
  fit(places: Places, first: number, count: number, at_s: number): boolean {
    const equations = this.#equations;
    this.#weight.fill(1, 0, count);
    let noise2 = 1;
    for (let round = 0; round < ROUNDS; round += 1) {
      if (!this.#solve(places, first, count, at_s, noise2)) return false;
      noise2 = this.#noise2(places, first, count, at_s);
    }
    this.x_m = equations.x;
    this.y_m = equations.y;
    this.vx = equations.vx;
    this.vy = equations.vy;
    this.error = Math.sqrt(equations.velocityVariance * this.#alikeness(places, first, count, at_s));
    return true;
  }

  #solve({ t_s, x_m, y_m, sigma_m }: Places, first: number, count: number, at_s: number, noise2: number): boolean {
    this.#equations.clear(1 / ACCELERATION_M_S2 ** 2);
    for (let i = 0; i < count; i += 1) {
      const at = first + i;
      const weight = (this.#weight[i] ?? 0) / (noise2 * (sigma_m[at] ?? 1) ** 2);
      this.#equations.add(weight, (t_s[at] ?? 0) - at_s, x_m[at] ?? 0, y_m[at] ?? 0);
    }
    return this.#equations.solve();
  }

  /** Squared noise in units of what was expected; sets the weights of the next round. */
  #noise2(places: Places, first: number, count: number, at_s: number): number {
    let sum = EXPECTED_WORTH;
    let worth = EXPECTED_WORTH - FITTED;
    for (let i = 0; i < count; i += 1) {
      const weight = this.#weight[i] ?? 0;
      sum += weight * this.#off2(places, first + i, at_s);
      worth += 2 * weight;
    }
    const noise2 = sum / Math.max(1, worth);
    for (let i = 0; i < count; i += 1) {
      const off = Math.sqrt(this.#off2(places, first + i, at_s) / (2 * noise2));
      this.#weight[i] = off <= HUBER ? 1 : HUBER / off;
    }
    return noise2;
  }

  /** Squared distance of a place from the fitted path, in its expected standard deviations. */
  #off2({ t_s, x_m, y_m, sigma_m }: Places, at: number, at_s: number): number {
    return this.#equations.off2((t_s[at] ?? 0) - at_s, x_m[at] ?? 0, y_m[at] ?? 0) / (sigma_m[at] ?? 1) ** 2;
  }

  /** Errors of followed boxes drift: with a correlation of r from one to the next, n of them tell like n (1-r)/(1+r). */
  #alikeness({ t_s, x_m, y_m }: Places, first: number, count: number, at_s: number): number {
    let [products, squares, beforeX, beforeY] = [0, 0, 0, 0];
    for (let at = first; at < first + count; at += 1) {
      const t = (t_s[at] ?? 0) - at_s;
      const [offX, offY] = [this.#equations.offX(t, x_m[at] ?? 0), this.#equations.offY(t, y_m[at] ?? 0)];
      products += offX * beforeX + offY * beforeY;
      squares += offX * offX + offY * offY;
      beforeX = offX;
      beforeY = offY;
    }
    // A fitted path hides some of the likeness (Kendall 1954: about (1 + 4 r) / n of it).
    const found = squares > 0 ? Math.max(0, products / squares) : 0;
    const alike = Math.min(MOST_ALIKE, found + (1 + 4 * found) / count);
    return (1 + alike) / (1 - alike);
  }
}
