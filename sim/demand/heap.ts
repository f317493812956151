/** Binary heap of places by cost; stale entries are passed over by whoever pops. */
export class Heap {
  readonly #costs: number[] = [];
  readonly #places: number[] = [];
  #size = 0;
  /** Of the entry popped last. */
  cost = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
  }

  push(cost: number, place: number): void {
    const costs = this.#costs;
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((costs[parent] as number) <= cost) break;
      this.#put(at, costs[parent] as number, this.#places[parent] as number);
      at = parent;
    }
    this.#put(at, cost, place);
  }

  /** The place of the least cost; that is in `cost` then. */
  pop(): number {
    const top = this.#places[0] as number;
    this.cost = this.#costs[0] as number;
    this.#size -= 1;
    if (this.#size > 0) this.#sink(this.#costs[this.#size] as number, this.#places[this.#size] as number);
    return top;
  }

  #sink(cost: number, place: number): void {
    const costs = this.#costs;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && (costs[child + 1] as number) < (costs[child] as number)) child += 1;
      if ((costs[child] as number) >= cost) break;
      this.#put(at, costs[child] as number, this.#places[child] as number);
      at = child;
    }
    this.#put(at, cost, place);
  }

  #put(at: number, cost: number, place: number): void {
    this.#costs[at] = cost;
    this.#places[at] = place;
  }
}
