/** Chance that is the same at every run with the same seed. */

const modulus = 2_147_483_647;

/** Park and Miller's minimal standard generator: numbers in (0, 1). */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed % (modulus - 1)) + 1;
    // The first numbers of neighbouring seeds are alike.
    for (let skip = 0; skip < 8; skip += 1) this.next();
  }

  next(): number {
    this.#state = (this.#state * 48_271) % modulus;
    return this.#state / modulus;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** Fisher and Yates. */
  shuffled<T>(items: readonly T[]): T[] {
    const mixed = [...items];
    for (let at = mixed.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
    }
    return mixed;
  }
}
