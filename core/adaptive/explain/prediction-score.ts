/** How well predictions held: sums over pairs of what was predicted and what came. */

export interface PredictionError {
  readonly checked: number;
  readonly predicted_veh_s: number;
  readonly realised_veh_s: number;
  /** Mean of the differences without their sign. */
  readonly error_veh_s: number;
  /** Pearson's; null of fewer than two, or where one side never differs. */
  readonly correlation: number | null;
}

export class PredictionScore {
  #count = 0;
  readonly #sums = { x: 0, y: 0, xx: 0, yy: 0, xy: 0, off: 0 };

  add(predicted: number, realised: number): void {
    this.#count += 1;
    this.#sums.x += predicted;
    this.#sums.y += realised;
    this.#sums.xx += predicted * predicted;
    this.#sums.yy += realised * realised;
    this.#sums.xy += predicted * realised;
    this.#sums.off += Math.abs(predicted - realised);
  }

  get error(): PredictionError {
    const count = Math.max(1, this.#count);
    const { x, y, xx, yy, xy, off } = this.#sums;
    const spread = Math.sqrt((xx - (x * x) / count) * (yy - (y * y) / count));
    return {
      checked: this.#count,
      predicted_veh_s: x / count,
      realised_veh_s: y / count,
      error_veh_s: off / count,
      correlation: spread > 0 ? (xy - (x * y) / count) / spread : null,
    };
  }
}
