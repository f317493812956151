/** RGB bytes of a frame to the network's normalised planes, in one pass and without allocation. */
import { type BytePlanes, createBytePlanes } from "./byte-planes.ts";
import type { Letterbox } from "./letterbox.ts";
import { createResampledPlanes, type ResampledPlanes } from "./resampled-planes.ts";

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
  const sized = box.frameWidth === box.pictureWidth && box.frameHeight === box.pictureHeight;
  const filled = sized ? unscaled(box, normalisation) : resampled(box, normalisation);
  fillGrey(filled.planes, normalisation);
  return filled;
}

function fillGrey(planes: Float32Array, { padding, mean, std }: Normalisation): void {
  const area = planes.length / 3;
  for (let plane = 0; plane < 3; plane++) {
    const grey = (padding - (mean[plane] ?? 0)) / (std[plane] ?? 1);
    planes.fill(grey, plane * area, (plane + 1) * area);
  }
}

/** The planes that red, green and blue go to. */
const planesOf = ({ channels }: Normalisation) => (channels === "RGB" ? ([0, 1, 2] as const) : ([2, 1, 0] as const));

/** For a frame that has the picture's size already: a byte has 256 values, so they are looked up. */
function unscaled(box: Letterbox, normalisation: Normalisation): BytePlanes {
  const { mean, std } = normalisation;
  const values = (plane: 0 | 1 | 2): Float32Array =>
    Float32Array.from({ length: 256 }, (_, value) => (value - mean[plane]) / std[plane]);
  const [red, green, blue] = planesOf(normalisation);
  return createBytePlanes({ ...box, plane: [red, green, blue], values: [values(red), values(green), values(blue)] });
}

function resampled(box: Letterbox, normalisation: Normalisation): ResampledPlanes {
  const { mean, std } = normalisation;
  const plane = planesOf(normalisation);
  const [red, green, blue] = plane;
  return createResampledPlanes(box, {
    plane,
    mean: [mean[red], mean[green], mean[blue]],
    factor: [1 / std[red], 1 / std[green], 1 / std[blue]],
  });
}
