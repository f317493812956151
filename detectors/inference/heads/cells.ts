/** The grids of a network that predicts one box a cell, laid one after the other. */

/** Position of each cell in its grid and the grid's stride, in the order of the output's rows. */
export interface Cells {
  readonly count: number;
  readonly column: Float32Array;
  readonly row: Float32Array;
  readonly stride: Float32Array;
}

const side = (size_px: number, stride: number): number => Math.ceil(size_px / stride);

/** How many cells an input of this size has. */
export const cellCount = (width: number, height: number, strides: readonly number[]): number =>
  strides.reduce((sum, stride) => sum + side(width, stride) * side(height, stride), 0);

export function layCells(width: number, height: number, strides: readonly number[]): Cells {
  const count = cellCount(width, height, strides);
  const cells = {
    count,
    column: new Float32Array(count),
    row: new Float32Array(count),
    stride: new Float32Array(count),
  };
  let at = 0;
  for (const stride of strides) {
    const columns = side(width, stride);
    const end = at + columns * side(height, stride);
    for (let cell = 0; at < end; cell++, at++) {
      cells.column[at] = cell % columns;
      cells.row[at] = Math.floor(cell / columns);
      cells.stride[at] = stride;
    }
  }
  return cells;
}

/** The same for a picture input whose size the file fixes; null when it leaves it free. */
export function fixedCellCount(dims: readonly (number | null)[], strides: readonly number[]): number | null {
  const [, , height, width] = dims;
  return height == null || width == null ? null : cellCount(width, height, strides);
}
