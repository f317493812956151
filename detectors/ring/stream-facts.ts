/** What the packets of a stream tell about it: how far its keyframes are apart, and whether pictures come out of order. */

/** Longest keyframe gap of the newest few groups, so that one hiccup is forgotten. */
const gapsKept = 8;

export class StreamFacts {
  readonly #gaps_s = new Float64Array(gapsKept);
  #groups = 0;
  #keyTicks = Number.NaN;
  #keyAt_ms = 0;
  #latest = Number.NEGATIVE_INFINITY;
  /** Pictures come in another order than they are shown, so each is late. */
  b_frames = false;
  /** Distance of the newest picture from the one shown before it, in ticks; 0 while unknown. */
  step = 0;

  /** Another connection, or the stream's clock was set. */
  begin(): void {
    this.#keyTicks = Number.NaN;
    this.#latest = Number.NEGATIVE_INFINITY;
    this.#groups = 0;
    this.b_frames = false;
  }

  /** The latest time so far; without end before the first. */
  get latest(): number {
    return this.#latest;
  }

  /** `ticks` may be NaN: a packet without a time. */
  packet(ticks: number, key: boolean, tick_s: number, at_ms: number): void {
    if (key) this.#keyframe(ticks, tick_s, at_ms);
    if (ticks < this.#latest) this.b_frames = true;
    if (ticks <= this.#latest || Number.isNaN(ticks)) return;
    if (Number.isFinite(this.#latest)) this.step = ticks - this.#latest;
    this.#latest = ticks;
  }

  /** The longest of late from keyframe to keyframe, or since the newest if that is longer; null while nothing is known. */
  keyframe_gap_s(now_ms: number): number | null {
    if (this.#keyAt_ms === 0 || (this.#groups === 0 && now_ms - this.#keyAt_ms < 1000)) return null;
    const known = this.#gaps_s.subarray(0, Math.min(this.#groups, gapsKept));
    return Math.round(Math.max((now_ms - this.#keyAt_ms) / 1000, ...known) * 10) / 10;
  }

  #keyframe(ticks: number, tick_s: number, at_ms: number): void {
    const gap_s = (ticks - this.#keyTicks) * tick_s;
    if (gap_s > 0) {
      this.#gaps_s[this.#groups % gapsKept] = gap_s;
      this.#groups += 1;
    }
    this.#keyTicks = ticks;
    this.#keyAt_ms = at_ms;
  }
}
