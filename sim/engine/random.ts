/** Seeded chance: sfc32 (Chris Doty-Humphrey, PractRand; public domain), the same numbers on every machine. */
export class Random {
  /** Its three numbers, and a counter. */
  readonly state: Int32Array;

  constructor(seed: number, state: Int32Array = new Int32Array(4)) {
    this.state = state;
    state.set([seed | 0, Math.floor(seed / 0x100000000) | 0, 0x9e3779b9 | 0, 1]);
    for (let i = 0; i < 12; i += 1) this.next();
  }

  /** In [0, 1). */
  next(): number {
    const { state } = this;
    const [a, b, c] = [state[0] as number, state[1] as number, state[2] as number];
    const counter = state[3] as number;
    const t = (((a + b) | 0) + counter) | 0;
    state[3] = (counter + 1) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  /** Normally distributed (Marsaglia's polar method). */
  normal(mean: number, deviation: number): number {
    for (;;) {
      const [u, v] = [2 * this.next() - 1, 2 * this.next() - 1];
      const s = u * u + v * v;
      if (s > 0 && s < 1) return mean + deviation * u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }
}
