/** RGB bytes of a frame to the network's normalised planes, in one pass and without allocation. */
import type { Letterbox } from "./letterbox.ts";
import { resampleTaps, type Taps } from "./resample.ts";

/** (value - mean) / std per plane, of 0 to 255, in the network's plane order. */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  /** Grey around the picture, 0 to 255. */
  readonly padding: number;
}

export interface Preprocessor {
  /** [3 x height x width], planes in blue, green, red order; overwritten by each `fill`. */
  readonly planes: Float32Array;
  /** `rgb`: frameHeight x frameWidth x 3 bytes. */
  fill(rgb: Uint8Array): void;
}

export function createPreprocessor(box: Letterbox, normalisation: Normalisation): Preprocessor {
  const { mean, std, padding } = normalisation;
  const area = box.width * box.height;
  const planes = new Float32Array(3 * area);
  for (let plane = 0; plane < 3; plane++) {
    const grey = (padding - (mean[plane] ?? 0)) / (std[plane] ?? 1);
    planes.fill(grey, plane * area, (plane + 1) * area);
  }
  const columns = resampleTaps(box.frameWidth, box.pictureWidth);
  const rows = resampleTaps(box.frameHeight, box.pictureHeight);
  const line = new Float32Array(box.frameWidth * 3);
  return {
    planes,
    fill(rgb) {
      for (let y = 0; y < box.pictureHeight; y++) {
        blendRows(rgb, rows, y, line);
        writeRow(line, columns, box, y, planes, mean, std);
      }
    },
  };
}

/** The weighted sum of the frame rows that make row `y` of the picture. */
function blendRows(rgb: Uint8Array, rows: Taps, y: number, line: Float32Array): void {
  const length = line.length;
  const start = (rows.first[y] as number) * length;
  const weight = rows.weights[y * rows.count] as number;
  for (let x = 0; x < length; x++) line[x] = weight * (rgb[start + x] as number);
  for (let tap = 1; tap < rows.count; tap++) {
    const more = rows.weights[y * rows.count + tap] as number;
    const row = start + tap * length;
    if (more === 0) continue;
    for (let x = 0; x < length; x++) line[x] = (line[x] as number) + more * (rgb[row + x] as number);
  }
}

function writeRow(
  line: Float32Array,
  columns: Taps,
  box: Letterbox,
  y: number,
  planes: Float32Array,
  mean: Normalisation["mean"],
  std: Normalisation["std"],
): void {
  const { count, first, weights } = columns;
  const area = box.width * box.height;
  const scaleB = 1 / std[0];
  const scaleG = 1 / std[1];
  const scaleR = 1 / std[2];
  const [meanB, meanG, meanR] = mean;
  let out = y * box.width;
  for (let x = 0; x < box.pictureWidth; x++, out++) {
    let from = (first[x] as number) * 3;
    let r = 0;
    let g = 0;
    let b = 0;
    for (let tap = x * count; tap < x * count + count; tap++, from += 3) {
      const weight = weights[tap] as number;
      r += weight * (line[from] as number);
      g += weight * (line[from + 1] as number);
      b += weight * (line[from + 2] as number);
    }
    planes[out] = (b - meanB) * scaleB;
    planes[out + area] = (g - meanG) * scaleG;
    planes[out + 2 * area] = (r - meanR) * scaleR;
  }
}
