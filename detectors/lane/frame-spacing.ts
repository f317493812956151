/** The usual distance of pictures in time: the median of the last hundred or so, which a lost picture does not move. */
const kept = 128;
const fewest = 10;

export class FrameSpacing {
  readonly #waits_ms = new Float64Array(kept);
  #count = 0;

  add(wait_ms: number): void {
    this.#waits_ms[this.#count % kept] = wait_ms;
    this.#count += 1;
  }

  /** Null while too few pictures came to know it. */
  median_ms(): number | null {
    if (this.#count < fewest) return null;
    const sorted = this.#waits_ms.slice(0, Math.min(kept, this.#count)).sort();
    const median = sorted[sorted.length >> 1] ?? 0;
    return median > 0 ? median : null;
  }
}
