/**
 * When a picture would have come had the network been at its quickest: arrival times jitter, and are only ever late. Of the
 * last stretches of time the picture that came earliest by its own clock is believed (as NTP's clock filter does, RFC 5905, 10).
 */

const stretch_ms = 10_000;

export class PictureClock {
  #session_ms = Number.NaN;
  #begun_ms = Number.NaN;
  /** Arrival less stream time: least of this stretch and of the one before. */
  #least_ms = Number.NaN;
  #before_ms = Number.POSITIVE_INFINITY;
  #told_ms = Number.NEGATIVE_INFINITY;

  /** Another connection, or a leap: another clock. */
  epoch(): void {
    this.#session_ms = Number.NaN;
  }

  /** Milliseconds since 1970; within a connection never earlier than what was told before. */
  at_ms(pts_s: number, arrival_ms: number, session_ms: number): number {
    const late_ms = arrival_ms - pts_s * 1000;
    if (session_ms !== this.#session_ms) {
      this.#session_ms = session_ms;
      this.#begun_ms = arrival_ms;
      this.#least_ms = late_ms;
      this.#before_ms = Number.POSITIVE_INFINITY;
      this.#told_ms = Number.NEGATIVE_INFINITY;
    } else if (arrival_ms - this.#begun_ms >= stretch_ms) {
      this.#begun_ms = arrival_ms;
      this.#before_ms = this.#least_ms;
      this.#least_ms = late_ms;
    } else {
      this.#least_ms = Math.min(this.#least_ms, late_ms);
    }
    const at_ms = pts_s * 1000 + Math.min(this.#least_ms, this.#before_ms);
    this.#told_ms = Math.max(this.#told_ms, at_ms);
    return this.#told_ms;
  }
}
