/** How often somebody may do something: so many times within a span, counted for each of them. */
export class Quota {
  readonly #times: number;
  readonly #span_ms: number;
  readonly #uses = new Map<string, number[]>();

  constructor(times: number, span_ms: number) {
    this.#times = times;
    this.#span_ms = span_ms;
  }

  /** Takes one; 0 when there was one, else the milliseconds until there is. */
  take(who: string, now_ms: number): number {
    const recent = (this.#uses.get(who) ?? []).filter((at_ms) => now_ms - at_ms < this.#span_ms);
    const [oldest = now_ms] = recent;
    const full = recent.length >= this.#times;
    this.#uses.set(who, full ? recent : [...recent, now_ms]);
    return full ? oldest + this.#span_ms - now_ms : 0;
  }
}
