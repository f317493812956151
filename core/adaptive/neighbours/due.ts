/** Who was told by neighbours and has not come into sight yet, the earliest first. */
export class Due {
  readonly #told: { readonly at_s: number; left: number }[] = [];

  /** So many will come into sight at `at_s`. */
  expect(at_s: number, vehicles: number): void {
    const after = this.#told.findLastIndex((each) => each.at_s <= at_s);
    this.#told.splice(after + 1, 0, { at_s, left: vehicles });
  }

  /** `most` came: so many of them are the first ones of those who are due by `until_s`; 0 when nobody is. */
  take(most: number, until_s: number): number {
    const [first] = this.#told;
    if (first === undefined || first.at_s > until_s) return 0;
    const taken = Math.min(first.left, most);
    first.left -= taken;
    if (first.left <= 0) this.#told.shift();
    return taken;
  }

  /** The first ones of those who should have come more than `late_s` ago, who are waited for no longer; 0 when there are none. */
  miss(now_s: number, late_s: number): number {
    const [first] = this.#told;
    if (first === undefined || first.at_s + late_s >= now_s) return 0;
    this.#told.shift();
    return first.left;
  }

  clear(): void {
    this.#told.length = 0;
  }
}
