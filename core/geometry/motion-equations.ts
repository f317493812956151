/**
 * Normal equations of p0 + v t + a t² / 2 for two coordinates with common weights: plain fields instead of arrays,
 * because they are solved anew for every crossing.
 */
export class MotionEquations {
  // The symmetric matrix, row by row from its diagonal on; after `factor`, its Cholesky factor.
  #m00 = 0;
  #m01 = 0;
  #m02 = 0;
  #m11 = 0;
  #m12 = 0;
  #m22 = 0;
  #x0 = 0;
  #x1 = 0;
  #x2 = 0;
  #y0 = 0;
  #y1 = 0;
  #y2 = 0;
  /** Solutions. */
  x = 0;
  vx = 0;
  ax = 0;
  y = 0;
  vy = 0;
  ay = 0;

  /** `accelerationWeight`: how surely the acceleration is 0. */
  clear(accelerationWeight: number): void {
    this.#m00 = this.#m01 = this.#m02 = this.#m11 = this.#m12 = 0;
    this.#m22 = accelerationWeight;
    this.#x0 = this.#x1 = this.#x2 = this.#y0 = this.#y1 = this.#y2 = 0;
  }

  /** One place, `t` seconds after the instant that is asked about. */
  add(weight: number, t: number, x: number, y: number): void {
    const half = (t * t) / 2;
    this.#m00 += weight;
    this.#m01 += weight * t;
    this.#m02 += weight * half;
    this.#m11 += weight * t * t;
    this.#m12 += weight * t * half;
    this.#m22 += weight * half * half;
    this.#x0 += weight * x;
    this.#x1 += weight * t * x;
    this.#x2 += weight * half * x;
    this.#y0 += weight * y;
    this.#y1 += weight * t * y;
    this.#y2 += weight * half * y;
  }

  /** False when the places do not fix a motion. */
  solve(): boolean {
    if (!this.#factor()) return false;
    [this.x, this.vx, this.ax] = this.#solved(this.#x0, this.#x1, this.#x2);
    [this.y, this.vy, this.ay] = this.#solved(this.#y0, this.#y1, this.#y2);
    return Number.isFinite(this.vx) && Number.isFinite(this.vy);
  }

  /** Variance of each coordinate of the velocity, after `solve`. */
  get velocityVariance(): number {
    return this.#solved(0, 1, 0)[1];
  }

  /** Squared distance of a place from the motion. */
  off2(t: number, x: number, y: number): number {
    return this.offX(t, x) ** 2 + this.offY(t, y) ** 2;
  }

  offX(t: number, x: number): number {
    return x - this.x - this.vx * t - (this.ax * t * t) / 2;
  }

  offY(t: number, y: number): number {
    return y - this.y - this.vy * t - (this.ay * t * t) / 2;
  }

  #factor(): boolean {
    const u00 = Math.sqrt(this.#m00);
    const u01 = this.#m01 / u00;
    const u02 = this.#m02 / u00;
    const u11 = Math.sqrt(this.#m11 - u01 * u01);
    const u12 = (this.#m12 - u01 * u02) / u11;
    const u22 = Math.sqrt(this.#m22 - u02 * u02 - u12 * u12);
    this.#m00 = u00;
    this.#m01 = u01;
    this.#m02 = u02;
    this.#m11 = u11;
    this.#m12 = u12;
    this.#m22 = u22;
    // A negative number under a root makes NaN, which is not above 0 either.
    return u00 > 0 && u11 > 0 && u22 > 0;
  }

  #solved(b0: number, b1: number, b2: number): [number, number, number] {
    const c0 = b0 / this.#m00;
    const c1 = (b1 - this.#m01 * c0) / this.#m11;
    const c2 = (b2 - this.#m02 * c0 - this.#m12 * c1) / this.#m22;
    const s2 = c2 / this.#m22;
    const s1 = (c1 - this.#m12 * s2) / this.#m11;
    return [(c0 - this.#m01 * s1 - this.#m02 * s2) / this.#m00, s1, s2];
  }
}
