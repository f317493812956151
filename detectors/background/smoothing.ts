/** The mean of each pixel and its eight neighbours: noise falls to a third, edges become two pixels wider. */

export interface Smoother {
  /** In place; `rgb`: [height x width x 3]. */
  smooth(rgb: Float32Array): void;
}

export function createSmoother(width: number, height: number): Smoother {
  const values = width * 3;
  const inRows = new Float32Array(values * height);
  return {
    smooth(rgb) {
      for (let start = 0; start < rgb.length; start += values) sumAcross(rgb, inRows, start, start + values);
      meansDown(inRows, rgb, values);
    },
  };
}

/** Sums of three neighbours along the row from `start` to `end`; at its ends the pixel itself stands in. */
function sumAcross(rgb: Float32Array, into: Float32Array, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    const before = rgb[at < start + 3 ? at : at - 3] as number;
    const behind = rgb[at >= end - 3 ? at : at + 3] as number;
    into[at] = before + (rgb[at] as number) + behind;
  }
}

/** Means of nine out of the sums of three. */
function meansDown(sums: Float32Array, into: Float32Array, values: number): void {
  const lastRow = sums.length - values;
  for (let at = 0; at < sums.length; at++) {
    const above = sums[at < values ? at : at - values] as number;
    const below = sums[at >= lastRow ? at : at + values] as number;
    into[at] = (above + (sums[at] as number) + below) / 9;
  }
}
