/** Has everything in the picture moved the same way? Coarse edges compared with those of a reference. */
import { cells, columns, rows } from "./thumbnail.ts";

export interface Shift {
  /** In cells of the thumbnail: positive when the picture's content went right and down. */
  readonly dx: number;
  readonly dy: number;
}

/** A quarter of the picture: beyond, too little is left to compare. */
const farthest = { dx: columns / 4, dy: rows / 4 } as const;
/**
 * Correlations: below `same` one looks further, and a shift must fit well, and far better than none. On real streets with
 * traffic they were 0.68 and more where nothing moved; after a shift 0.11 to 0.23 in place, and 0.55 to 0.85 at the shift.
 */
export const same = 0.6;
const fits = 0.45;
const better = 0.25;

/** Sum of the absolute differences to the right and lower neighbours, [rows x columns]; 0 at the far borders. */
export function edges(grey: Float32Array, into: Float32Array): void {
  into.fill(0);
  for (let row = 0; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const at = row * columns + column;
      const here = grey[at] ?? 0;
      into[at] = Math.abs((grey[at + 1] ?? 0) - here) + Math.abs((grey[at + columns] ?? 0) - here);
    }
  }
}

/** Pearson's correlation of `now` and `before` moved by (dx, dy), over the cells that both have; 0 where one is flat. */
export function correlation(before: Float32Array, now: Float32Array, dx: number, dy: number): number {
  let [sumA, sumB, sumAA, sumBB, sumAB, count] = [0, 0, 0, 0, 0, 0];
  for (let row = Math.max(0, dy); row < Math.min(rows, rows + dy); row += 1) {
    for (let column = Math.max(0, dx); column < Math.min(columns, columns + dx); column += 1) {
      const a = before[(row - dy) * columns + column - dx] ?? 0;
      const b = now[row * columns + column] ?? 0;
      sumA += a;
      sumB += b;
      sumAA += a * a;
      sumBB += b * b;
      sumAB += a * b;
      count += 1;
    }
  }
  const spread = (sumAA - (sumA * sumA) / count) * (sumBB - (sumB * sumB) / count);
  return spread <= cells * Number.EPSILON ? 0 : (sumAB - (sumA * sumB) / count) / Math.sqrt(spread);
}

/** Where the content went, or null when it is where it was, or no shift explains the difference. */
export function shiftBetween(before: Float32Array, now: Float32Array): Shift | null {
  const unmoved = correlation(before, now, 0, 0);
  if (unmoved >= same) return null;
  let best = { dx: 0, dy: 0, fit: unmoved };
  for (let dy = -farthest.dy; dy <= farthest.dy; dy += 1) {
    for (let dx = -farthest.dx; dx <= farthest.dx; dx += 1) {
      const fit = correlation(before, now, dx, dy);
      if (fit > best.fit) best = { dx, dy, fit };
    }
  }
  return best.fit >= fits && best.fit - unmoved >= better ? { dx: best.dx, dy: best.dy } : null;
}
