/** A tiny grey picture, enough to tell whether a camera still shows what it showed. */

export const columns = 64;
export const rows = 36;
export const cells = columns * rows;

/** Pixels looked at along each side of a cell, about. */
const looks = 5;

/**
 * Means of the green channel, [rows x columns], 0 to 255, from about 5 x 5 pixels of each cell. Not rounded, so that
 * two thumbnails are equal only when all those pixels are: `rgb` is height x width x 3 bytes, row major.
 */
export function thumbnail(rgb: Uint8Array, width: number, height: number, into: Float32Array): void {
  const step = Math.max(1, Math.floor(Math.min(width / columns, height / rows) / looks));
  for (let row = 0; row < rows; row += 1) {
    const [top, bottom] = [Math.floor((row * height) / rows), Math.floor(((row + 1) * height) / rows)];
    for (let column = 0; column < columns; column += 1) {
      const left = Math.floor((column * width) / columns);
      const right = Math.floor(((column + 1) * width) / columns);
      into[row * columns + column] = cellMean(rgb, width, left, top, right, bottom, step);
    }
  }
}

function cellMean(
  rgb: Uint8Array,
  width: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
  step: number,
): number {
  let sum = 0;
  let count = 0;
  for (let y = top; y < bottom; y += step) {
    for (let x = left; x < right; x += step) {
      sum += rgb[(y * width + x) * 3 + 1] ?? 0;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}
