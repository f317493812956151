/** RGB bytes of a frame to the network's normalised planes, in one pass and without allocation. */
import type { Letterbox } from "./letterbox.ts";
import { resampleTaps, type Taps } from "./resample.ts";

/** (value - mean) / std per plane, of 0 to 255, in the network's plane order. */
export interface Normalisation {
  /** Order of the planes. */
  readonly channels: "BGR" | "RGB";
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  /** Grey around the picture, 0 to 255. */
  readonly padding: number;
}

export interface Preprocessor {
  /** [3 x height x width], planes in the order of `channels`; overwritten by each `fill`. */
  readonly planes: Float32Array;
  /** `rgb`: frameHeight x frameWidth x 3 bytes. */
  fill(rgb: Uint8Array): void;
}

export function createPreprocessor(box: Letterbox, normalisation: Normalisation): Preprocessor {
  const { padding, mean, std } = normalisation;
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
        writeRow(line, columns, box, y, planes, normalisation);
      }
    },
  };
}

/**
 * The weighted sum of the frame rows that make row `y` of the picture, three rows in one pass: reading bytes is cheap,
 * going over the line again is not.
 */
function blendRows(rgb: Uint8Array, rows: Taps, y: number, line: Float32Array): void {
  const { count, weights } = rows;
  const length = line.length;
  const start = (rows.first[y] as number) * length;
  line.fill(0);
  for (let tap = 0; tap < count; tap += 3) {
    const at = y * count + tap;
    const a = weights[at] as number;
    const b = tap + 1 < count ? (weights[at + 1] as number) : 0;
    const c = tap + 2 < count ? (weights[at + 2] as number) : 0;
    if (a === 0 && b === 0 && c === 0) continue;
    const first = start + tap * length;
    // A row without weight may lie beyond the frame: the row before it is read instead.
    const second = b === 0 ? first : first + length;
    if (c === 0) addTwo(rgb, first, a, second, b, line);
    else addThree(rgb, first, a, second, b, first + 2 * length, c, line);
  }
}

function addTwo(rgb: Uint8Array, first: number, a: number, second: number, b: number, line: Float32Array): void {
  for (let x = 0; x < line.length; x++) {
    line[x] = (line[x] as number) + a * (rgb[first + x] as number) + b * (rgb[second + x] as number);
  }
}

function addThree(
  rgb: Uint8Array,
  first: number,
  a: number,
  second: number,
  b: number,
  third: number,
  c: number,
  line: Float32Array,
): void {
  for (let x = 0; x < line.length; x++) {
    line[x] =
      (line[x] as number) +
      a * (rgb[first + x] as number) +
      b * (rgb[second + x] as number) +
      c * (rgb[third + x] as number);
  }
}

function writeRow(
  line: Float32Array,
  columns: Taps,
  box: Letterbox,
  y: number,
  planes: Float32Array,
  { channels, mean, std }: Normalisation,
): void {
  const { count, first, weights } = columns;
  const area = box.width * box.height;
  const red = channels === "RGB" ? 0 : 2;
  const blue = channels === "RGB" ? 2 : 0;
  const redPlane = red * area;
  const bluePlane = blue * area;
  const scaleB = 1 / std[blue];
  const scaleG = 1 / std[1];
  const scaleR = 1 / std[red];
  const meanB = mean[blue];
  const meanG = mean[1];
  const meanR = mean[red];
  let out = y * box.width;
  for (let x = 0, at = 0; x < box.pictureWidth; x++, out++, at += count) {
    let from = (first[x] as number) * 3;
    const a = weights[at] as number;
    let r = a * (line[from] as number);
    let g = a * (line[from + 1] as number);
    let b = a * (line[from + 2] as number);
    for (let tap = 1; tap < count; tap++) {
      from += 3;
      const weight = weights[at + tap] as number;
      r += weight * (line[from] as number);
      g += weight * (line[from + 1] as number);
      b += weight * (line[from + 2] as number);
    }
    planes[out + bluePlane] = (b - meanB) * scaleB;
    planes[out + area] = (g - meanG) * scaleG;
    planes[out + redPlane] = (r - meanR) * scaleR;
  }
}
