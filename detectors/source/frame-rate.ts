/** Pictures a second, over the newest few dozen. */

const room = 32;
/** After this long without a picture the rate is none. */
const stale_ms = 3000;

export class FrameRate {
  readonly #at_ms = new Float64Array(room);
  #count = 0;

  saw(at_ms: number): void {
    this.#at_ms[this.#count % room] = at_ms;
    this.#count += 1;
  }

  /** To a tenth; 0 with fewer than two pictures. */
  rate(now_ms: number): number {
    const held = Math.min(this.#count, room);
    const newest = this.#at_ms[(this.#count - 1) % room] ?? 0;
    const oldest = this.#at_ms[(this.#count - held) % room] ?? 0;
    if (held < 2 || newest <= oldest || now_ms - newest > stale_ms) return 0;
    return Math.round(((held - 1) * 10_000) / (newest - oldest)) / 10;
  }
}
