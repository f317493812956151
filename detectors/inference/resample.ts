/** Which source pixels make a destination pixel, and how much of each, along one axis. */
export interface Taps {
  /** Source pixels per destination pixel; the unused ones weigh nothing. */
  readonly count: number;
  /** First source pixel of each destination pixel; `first[i] + count` never passes the end. */
  readonly first: Int32Array;
  /** [destination x count]; sums to 1 for each destination pixel. */
  readonly weights: Float32Array;
}

/** A product of a step that should be whole may lie above it by less. */
const rounding = 1e-6;

/**
 * Shrinking averages the area a destination pixel covers, so that thin things do not fall between samples; enlarging
 * interpolates between the two nearest pixel centres.
 */
export function resampleTaps(from: number, to: number): Taps {
  const step = from / to;
  const count = Math.min(from, step > 1 ? mostCovered(to, step) : 2);
  const first = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let i = 0; i < to; i++) {
    const start = step > 1 ? Math.floor(i * step) : Math.floor((i + 0.5) * step - 0.5);
    first[i] = Math.min(Math.max(start, 0), from - count);
    for (let tap = 0; tap < count; tap++) {
      const pixel = (first[i] ?? 0) + tap;
      weights[i * count + tap] = step > 1 ? areaWeight(pixel, i, step) : linearWeight(pixel, i, step, from);
    }
  }
  return { count, first, weights };
}

/** Source pixels that a destination pixel covers, at most: of a step of 5 / 4 two, of one of 1.2 three. */
function mostCovered(to: number, step: number): number {
  let most = 1;
  for (let i = 0; i < to; i++) most = Math.max(most, Math.ceil((i + 1) * step - rounding) - Math.floor(i * step));
  return most;
}

/** Share of destination pixel `i` that source pixel `pixel` covers. */
function areaWeight(pixel: number, i: number, step: number): number {
  const overlap = Math.min(pixel + 1, (i + 1) * step) - Math.max(pixel, i * step);
  return Math.max(0, overlap) / step;
}

/** Bilinear at half-pixel centres; beyond the edge centres the edge pixel goes on. */
function linearWeight(pixel: number, i: number, step: number, from: number): number {
  const centre = Math.min(Math.max((i + 0.5) * step - 0.5, 0), from - 1);
  return Math.max(0, 1 - Math.abs(pixel - centre));
}
