/** RGB bytes of a frame to the network's normalised planes, in one pass and without allocation. */
import { type BytePlanes, createBytePlanes } from "./byte-planes.ts";
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
  if (box.frameWidth === box.pictureWidth && box.frameHeight === box.pictureHeight) {
    const copied = unscaled(box, normalisation);
    fillGrey(copied.planes, normalisation);
    return copied;
  }
  const area = box.width * box.height;
  const planes = new Float32Array(3 * area);
  fillGrey(planes, normalisation);
  const columns = resampleTaps(box.frameWidth, box.pictureWidth);
  const rows = resampleTaps(box.frameHeight, box.pictureHeight);
  const line = new Float32Array(box.frameWidth * 3);
  const colours = coloursOf(normalisation, area);
  const write = columns.count === 2 ? writeRowOfTwos : columns.count === 3 ? writeRowOfThrees : writeRow;
  return {
    planes,
    fill(rgb) {
      for (let y = 0; y < box.pictureHeight; y++) {
        blendRows(rgb, rows, y, line);
        write(line, columns, y * box.width, planes, colours);
      }
    },
  };
}

function fillGrey(planes: Float32Array, { padding, mean, std }: Normalisation): void {
  const area = planes.length / 3;
  for (let plane = 0; plane < 3; plane++) {
    const grey = (padding - (mean[plane] ?? 0)) / (std[plane] ?? 1);
    planes.fill(grey, plane * area, (plane + 1) * area);
  }
}

/**
 * The weighted sum of the frame rows that make row `y` of the picture, three rows in one pass: reading bytes is cheap,
 * going over the line again is not.
 */
function blendRows(rgb: Uint8Array, rows: Taps, y: number, line: Float32Array): void {
  const { count, weights } = rows;
  const length = line.length;
  const start = (rows.first[y] as number) * length;
  if (count === 2) {
    setTwo(rgb, start, weights[y * 2] as number, start + length, weights[y * 2 + 1] as number, line);
    return;
  }
  for (let tap = 0; tap < count; tap += 3) {
    const at = y * count + tap;
    const a = weights[at] as number;
    const b = tap + 1 < count ? (weights[at + 1] as number) : 0;
    const c = tap + 2 < count ? (weights[at + 2] as number) : 0;
    const first = start + tap * length;
    // A row without weight may lie beyond the frame: the first is read in its place.
    const second = b === 0 ? first : first + length;
    const third = c === 0 ? first : first + 2 * length;
    if (tap === 0) setThree(rgb, first, a, second, b, third, c, line);
    else addThree(rgb, first, a, second, b, third, c, line);
  }
}

function setTwo(rgb: Uint8Array, first: number, a: number, second: number, b: number, line: Float32Array): void {
  for (let x = 0; x < line.length; x++) {
    line[x] = a * (rgb[first + x] as number) + b * (rgb[second + x] as number);
  }
}

function setThree(
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
    line[x] = a * (rgb[first + x] as number) + b * (rgb[second + x] as number) + c * (rgb[third + x] as number);
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

/** Where each colour goes and how its values are scaled. */
interface Colours {
  readonly redPlane: number;
  readonly greenPlane: number;
  readonly bluePlane: number;
  readonly scaleR: number;
  readonly scaleG: number;
  readonly scaleB: number;
  readonly meanR: number;
  readonly meanG: number;
  readonly meanB: number;
}

function coloursOf({ channels, mean, std }: Normalisation, area: number): Colours {
  const red = channels === "RGB" ? 0 : 2;
  const blue = channels === "RGB" ? 2 : 0;
  return {
    redPlane: red * area,
    greenPlane: area,
    bluePlane: blue * area,
    scaleR: 1 / std[red],
    scaleG: 1 / std[1],
    scaleB: 1 / std[blue],
    meanR: mean[red],
    meanG: mean[1],
    meanB: mean[blue],
  };
}

/** Writes the picture's row that starts at `out` of a plane. */
type RowWriter = (line: Float32Array, columns: Taps, out: number, planes: Float32Array, colours: Colours) => void;

const writeRow: RowWriter = (line, { count, first, weights }, start, planes, colours) => {
  const { redPlane, greenPlane, bluePlane, scaleR, scaleG, scaleB, meanR, meanG, meanB } = colours;
  for (let x = 0, at = 0, out = start; x < first.length; x++, out++, at += count) {
    let from = (first[x] as number) * 3;
    let r = 0;
    let g = 0;
    let b = 0;
    for (let tap = at; tap < at + count; tap++, from += 3) {
      const weight = weights[tap] as number;
      r += weight * (line[from] as number);
      g += weight * (line[from + 1] as number);
      b += weight * (line[from + 2] as number);
    }
    planes[out + redPlane] = (r - meanR) * scaleR;
    planes[out + greenPlane] = (g - meanG) * scaleG;
    planes[out + bluePlane] = (b - meanB) * scaleB;
  }
};

/** `writeRow` for two taps: enlarging, and shrinking by 5 / 4 or 4 / 3. */
const writeRowOfTwos: RowWriter = (line, { first, weights }, start, planes, colours) => {
  const { redPlane, greenPlane, bluePlane, scaleR, scaleG, scaleB, meanR, meanG, meanB } = colours;
  for (let x = 0, at = 0, out = start; x < first.length; x++, out++, at += 2) {
    const from = (first[x] as number) * 3;
    const a = weights[at] as number;
    const b = weights[at + 1] as number;
    const red = a * (line[from] as number) + b * (line[from + 3] as number);
    const green = a * (line[from + 1] as number) + b * (line[from + 4] as number);
    const blue = a * (line[from + 2] as number) + b * (line[from + 5] as number);
    planes[out + redPlane] = (red - meanR) * scaleR;
    planes[out + greenPlane] = (green - meanG) * scaleG;
    planes[out + bluePlane] = (blue - meanB) * scaleB;
  }
};

/** `writeRow` for three taps, which is shrinking to more than half: in two thirds of the time without the inner loop. */
const writeRowOfThrees: RowWriter = (line, { first, weights }, start, planes, colours) => {
  const { redPlane, greenPlane, bluePlane, scaleR, scaleG, scaleB, meanR, meanG, meanB } = colours;
  for (let x = 0, at = 0, out = start; x < first.length; x++, out++, at += 3) {
    const from = (first[x] as number) * 3;
    const a = weights[at] as number;
    const b = weights[at + 1] as number;
    const c = weights[at + 2] as number;
    const red = a * (line[from] as number) + b * (line[from + 3] as number) + c * (line[from + 6] as number);
    const green = a * (line[from + 1] as number) + b * (line[from + 4] as number) + c * (line[from + 7] as number);
    const blue = a * (line[from + 2] as number) + b * (line[from + 5] as number) + c * (line[from + 8] as number);
    planes[out + redPlane] = (red - meanR) * scaleR;
    planes[out + greenPlane] = (green - meanG) * scaleG;
    planes[out + bluePlane] = (blue - meanB) * scaleB;
  }
};

/** For a frame that has the picture's size already: a byte has 256 values, so they are looked up. */
function unscaled(box: Letterbox, { channels, mean, std }: Normalisation): BytePlanes {
  const values = (plane: number): Float32Array =>
    Float32Array.from({ length: 256 }, (_, value) => (value - (mean[plane] ?? 0)) / (std[plane] ?? 1));
  const [red, blue] = channels === "RGB" ? [0, 2] : [2, 0];
  return createBytePlanes({ ...box, plane: [red, 1, blue], values: [values(red), values(1), values(blue)] });
}
