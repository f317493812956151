/**
 * How fast a stream's clock runs beside ours. The network delays pictures and never hastens them, so that of each stretch of
 * time only the picture that came earliest, by its own clock, is believed (as NTP's clock filter does, RFC 5905, 10); through
 * these goes a straight line by least squares.
 */

const stretch_ms = 10_000;
/** Ten minutes. */
const most = 60;
/** Below two minutes jitter looks like drift. */
const fewest = 12;
/** 200 parts per million are 17 s a day, beyond any sound crystal. */
const limit_ppm = 200;
/** And beyond what a change of the network's delay alone could look like. */
const limit_ms = 100;

export interface Drift {
  /** Parts per million: positive when the stream's clock is slower than ours. */
  readonly ppm: number;
  readonly observed_s: number;
  readonly excessive: boolean;
}

export class ClockDrift {
  readonly #at_ms = new Float64Array(most);
  /** Arrival less stream time, smallest of each stretch. */
  readonly #late_ms = new Float64Array(most);
  #stretches = 0;
  #begun_ms = Number.NaN;
  #from_s = Number.NaN;
  #from_ms = Number.NaN;

  /** Another connection, or a leap: another clock. */
  epoch(): void {
    this.#stretches = 0;
    this.#begun_ms = Number.NaN;
    this.#from_s = Number.NaN;
  }

  saw(pts_s: number, arrival_ms: number): void {
    if (Number.isNaN(this.#from_s)) {
      this.#from_s = pts_s;
      this.#from_ms = arrival_ms;
    }
    const late_ms = arrival_ms - this.#from_ms - (pts_s - this.#from_s) * 1000;
    if (!(arrival_ms - this.#begun_ms < stretch_ms)) {
      this.#begun_ms = arrival_ms;
      this.#at_ms[this.#stretches % most] = arrival_ms;
      this.#late_ms[this.#stretches % most] = late_ms;
      this.#stretches += 1;
      return;
    }
    const newest = (this.#stretches - 1) % most;
    if (late_ms >= (this.#late_ms[newest] ?? 0)) return;
    this.#at_ms[newest] = arrival_ms;
    this.#late_ms[newest] = late_ms;
  }

  /** Null until two minutes of one connection were seen. */
  drift(): Drift | null {
    const count = Math.min(this.#stretches, most);
    if (count < fewest) return null;
    const [at, late] = [this.#at_ms.subarray(0, count), this.#late_ms.subarray(0, count)];
    const mean = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0) / count;
    const [meanAt, meanLate] = [mean(at), mean(late)];
    let [along, spread] = [0, 0];
    for (let n = 0; n < count; n += 1) {
      const x = (at[n] ?? 0) - meanAt;
      along += x * ((late[n] ?? 0) - meanLate);
      spread += x * x;
    }
    const slope = along / spread;
    const observed_ms = Math.max(...at) - Math.min(...at);
    const excessive = Math.abs(slope) * 1e6 > limit_ppm && Math.abs(slope) * observed_ms > limit_ms;
    return { ppm: Math.round(slope * 1e6), observed_s: Math.round(observed_ms / 1000), excessive };
  }
}
