/** The street without vehicles, and where the picture differs from it. */
import { createLightChange } from "./light-change.ts";
import { createPictureNoise } from "./picture-noise.ts";
import { adaptPixel, beginPixel, createMixture, isBackground, leastVariance, relight } from "./pixel-mixture.ts";
import { shadowOn } from "./shadow.ts";
import { createSmoother } from "./smoothing.ts";

/** What a pixel shows. */
const road = 0;
export const body = 1;
const shadow = 2;

export interface BackgroundModel {
  /** [height x width x 3]: the likeliest colour of each pixel, in the light in which it was learned. */
  readonly colour: Float32Array;
  /** [height x width] of `road`, `body` and `shadow`, after `compare`. */
  readonly shown: Uint8Array;
  /**
   * Takes the change of light out of `rgb`, and where it is strong the noise, in place, and compares. The answer is the
   * share of pixels that differ.
   */
  compare(rgb: Float32Array): number;
  /** Learns `dt_s` of the compared picture; slower where `covered` is not 0, which something hides. */
  learn(rgb: Float32Array, covered: Uint8Array, dt_s: number): void;
  /** Where `chosen` is 1, what the compared picture shows is background from now on. */
  replace(rgb: Float32Array, chosen: Uint8Array): void;
  /** Begins anew with this picture. */
  reset(rgb: Float32Array): void;
}

/** Grey levels squared, of one colour of a still pixel: from here up a picture is smoothed first. */
const noisy = 64;

export function createBackgroundModel(width: number, height: number): BackgroundModel {
  const pixels = width * height;
  const mixture = createMixture(pixels);
  const { colour, state } = mixture;
  const shown = new Uint8Array(pixels);
  const light = createLightChange();
  const noise = createPictureNoise();
  const smoother = createSmoother(width, height);
  let learned_s = 0;
  let floor = leastVariance;

  /** A camera that trembles shows a pixel's neighbour. */
  const isNeighbours = (p: number, rgb: Float32Array): boolean => {
    const x = p % width;
    const y = (p - x) / width;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        if (isBackground(state, ny * width + nx, rgb, p * 3, floor)) return true;
      }
    }
    return false;
  };

  return {
    colour,
    shown,
    compare(rgb) {
      const amplified = leastVariance * light.remove(rgb, colour) ** 2;
      let measured = noise.measure(rgb, colour);
      if (measured >= noisy) {
        smoother.smooth(rgb);
        measured = noise.measure(rgb, colour);
      }
      floor = Math.max(amplified, measured);
      let different = 0;
      for (let p = 0; p < pixels; p++) {
        if (isBackground(state, p, rgb, p * 3, floor) || isNeighbours(p, rgb)) shown[p] = road;
        else {
          shown[p] = shadowOn(colour, rgb, p * 3) ? shadow : body;
          different++;
        }
      }
      return different / pixels;
    },
    learn(rgb, covered, dt_s) {
      learned_s += dt_s;
      for (let p = 0; p < pixels; p++) adaptPixel(mixture, p, rgb, floor, covered[p] !== 0, dt_s, learned_s);
      if (light.lasts(dt_s)) relight(mixture, light.gain);
    },
    replace(rgb, chosen) {
      for (let p = 0; p < pixels; p++) if (chosen[p] === 1) beginPixel(mixture, p, rgb);
    },
    reset(rgb) {
      learned_s = 0;
      floor = leastVariance;
      for (let p = 0; p < pixels; p++) beginPixel(mixture, p, rgb);
    },
  };
}
