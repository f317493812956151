/** Which pictures to look at so that there are so many a second, as even as the pictures' own times allow. */
export class Turns {
  #turn = Number.NaN;
  #rate_per_s = Number.NaN;

  /** True for the first picture of each turn; a turn lasts 1 / `rate_per_s`. */
  due(pts_s: number, rate_per_s: number): boolean {
    const turn = Math.floor(pts_s * rate_per_s);
    if (turn === this.#turn && rate_per_s === this.#rate_per_s) return false;
    this.#turn = turn;
    this.#rate_per_s = rate_per_s;
    return true;
  }
}
