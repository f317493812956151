/** Specks out and gaps closed, on masks of 0 and 1, [height x width], without allocation. */

export interface MaskCleaner {
  /**
   * Takes the specks out of `mask`, in place. `around` becomes the same, wider by `radius` on all sides; `joined` is as wide
   * as before, with gaps of up to twice `radius` closed.
   */
  clean(mask: Uint8Array, around: Uint8Array, joined: Uint8Array, radius: number): void;
}

/** So many of a pixel and its eight neighbours must be set. */
const majority = 5;

export function createMaskCleaner(width: number, height: number): MaskCleaner {
  const first = new Uint8Array(width * height);
  const second = new Uint8Array(width * height);
  const inRows = (from: Uint8Array, into: Uint8Array, radius: number, value: 0 | 1): void => {
    for (let y = 0; y < height; y++) widen(from, into, y * width, 1, width, radius, value);
  };
  const inColumns = (from: Uint8Array, into: Uint8Array, radius: number, value: 0 | 1): void => {
    for (let x = 0; x < width; x++) widen(from, into, x, width, height, radius, value);
  };
  return {
    clean(mask, around, joined, radius) {
      for (let y = 0; y < height; y++) sumThree(mask, first, y * width, 1, width);
      for (let x = 0; x < width; x++) sumThree(first, second, x, width, height);
      for (let p = 0; p < mask.length; p++) mask[p] = (second[p] as number) >= majority ? 1 : 0;
      inRows(mask, first, radius, 1);
      inColumns(first, around, radius, 1);
      inRows(around, first, radius, 0);
      inColumns(first, joined, radius, 0);
    },
  };
}

/** Sums of neighbours along one row or column; beyond its ends its last value goes on. */
function sumThree(from: Uint8Array, into: Uint8Array, start: number, step: number, length: number): void {
  const end = start + (length - 1) * step;
  for (let at = start; at <= end; at += step) {
    const before = from[at === start ? at : at - step] as number;
    const after = from[at === end ? at : at + step] as number;
    into[at] = before + (from[at] as number) + after;
  }
}

/** Along one row or column: all within `radius` of a `value` become that value. */
function widen(
  from: Uint8Array,
  into: Uint8Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  value: 0 | 1,
): void {
  let near = 0;
  for (let i = 0; i < Math.min(radius, length); i++) if (from[start + i * step] === value) near++;
  for (let i = 0; i < length; i++) {
    if (i + radius < length && from[start + (i + radius) * step] === value) near++;
    if (i - radius - 1 >= 0 && from[start + (i - radius - 1) * step] === value) near--;
    into[start + i * step] = near > 0 ? value : 1 - value;
  }
}
