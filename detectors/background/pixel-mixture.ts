/**
 * One pixel's colours over time: up to three, each with its noise and the share of time it was seen (Stauffer and
 * Grimson, CVPR 1999, with one variance for red, green and blue). Flat arrays; the heaviest colour comes first.
 */

export interface Mixture {
  /** [pixels x colours x 5]: red, green, blue, variance, weight. */
  readonly state: Float32Array;
  /** [pixels x 3]: the heaviest colour of each pixel. */
  readonly colour: Float32Array;
}

const colours = 3;
const fields = 5;
const size = colours * fields;
const VARIANCE = 3;
const WEIGHT = 4;

/** Seen for this share of the time a colour is background: a road behind slow traffic shows little more often. */
const backgroundShare = 0.25;
/** A value this many standard deviations away is another colour. */
const sameColour = 3.5;
/** Grey levels squared: what video coding leaves of a still surface, and what a new colour starts with. */
export const leastVariance = 9;
const firstVariance = 36;
const largestVariance = 600;
/** How long shares are remembered; and where something stands in front, so that a red light is no reason to forget the road. */
const memory_s = 60;
const coveredMemory_s = 300;
/** How fast a colour follows the light. */
const follow_s = 6;

export function createMixture(pixels: number): Mixture {
  return { state: new Float32Array(pixels * size), colour: new Float32Array(pixels * 3) };
}

/** Pixel `p` knows one colour: what it shows now. */
export function beginPixel({ state, colour }: Mixture, p: number, rgb: Float32Array): void {
  const at = p * size;
  state.fill(0, at, at + size);
  beginColour(state, at, rgb, p * 3, 1);
  colour[p * 3] = rgb[p * 3] as number;
  colour[p * 3 + 1] = rgb[p * 3 + 1] as number;
  colour[p * 3 + 2] = rgb[p * 3 + 2] as number;
}

/** Is the colour at index `from` of `rgb` a background colour of pixel `p`? `floor`: variance of the picture's noise, at least. */
export function isBackground(state: Float32Array, p: number, rgb: Float32Array, from: number, floor: number): boolean {
  for (let at = p * size; at < (p + 1) * size; at += fields) {
    if ((state[at + WEIGHT] as number) < backgroundShare) return false;
    if (matches(state, at, rgb, from, floor)) return true;
  }
  return false;
}

/** `dt_s` of what pixel `p` shows; `learned_s`: how long this mixture has learned, `dt_s` included. */
export function adaptPixel(
  { state, colour }: Mixture,
  p: number,
  rgb: Float32Array,
  floor: number,
  covered: boolean,
  dt_s: number,
  learned_s: number,
): void {
  const start = p * size;
  const share = dt_s / (covered ? coveredMemory_s : Math.min(learned_s, memory_s));
  let seen = start;
  while (seen < start + size && !((state[seen + WEIGHT] as number) > 0 && matches(state, seen, rgb, p * 3, floor))) {
    seen += fields;
  }
  for (let at = start; at < start + size; at += fields) {
    state[at + WEIGHT] = (state[at + WEIGHT] as number) * (1 - share);
  }
  if (seen < start + size) {
    state[seen + WEIGHT] = (state[seen + WEIGHT] as number) + share;
    follow(state, seen, rgb, p * 3, dt_s / Math.min(learned_s, follow_s));
  } else {
    seen = start + size - fields;
    beginColour(state, seen, rgb, p * 3, share);
  }
  rise(state, start, seen);
  colour[p * 3] = state[start] as number;
  colour[p * 3 + 1] = state[start + 1] as number;
  colour[p * 3 + 2] = state[start + 2] as number;
}

/** All pixels in another light: `gain` for red, green and blue. */
export function relight({ state, colour }: Mixture, gain: Float32Array): void {
  for (let at = 0; at < state.length; at += fields) {
    for (let channel = 0; channel < 3; channel++) {
      state[at + channel] = (state[at + channel] as number) * (gain[channel] as number);
    }
  }
  for (let at = 0; at < colour.length; at++) colour[at] = (colour[at] as number) * (gain[at % 3] as number);
}

function matches(state: Float32Array, at: number, rgb: Float32Array, from: number, floor: number): boolean {
  return distance2(state, at, rgb, from) < sameColour * sameColour * Math.max(floor, state[at + VARIANCE] as number);
}

/** Mean square of the differences of the three values. */
function distance2(state: Float32Array, at: number, rgb: Float32Array, from: number): number {
  const red = (rgb[from] as number) - (state[at] as number);
  const green = (rgb[from + 1] as number) - (state[at + 1] as number);
  const blue = (rgb[from + 2] as number) - (state[at + 2] as number);
  return (red * red + green * green + blue * blue) / 3;
}

function beginColour(state: Float32Array, at: number, rgb: Float32Array, from: number, weight: number): void {
  state[at] = rgb[from] as number;
  state[at + 1] = rgb[from + 1] as number;
  state[at + 2] = rgb[from + 2] as number;
  state[at + VARIANCE] = firstVariance;
  state[at + WEIGHT] = weight;
}

function follow(state: Float32Array, at: number, rgb: Float32Array, from: number, share: number): void {
  const variance = state[at + VARIANCE] as number;
  const surprise = distance2(state, at, rgb, from) - variance;
  state[at + VARIANCE] = Math.min(largestVariance, variance + share * surprise);
  for (let channel = 0; channel < 3; channel++) {
    const before = state[at + channel] as number;
    state[at + channel] = before + share * ((rgb[from + channel] as number) - before);
  }
}

/** Moves the colour at `at` before the lighter ones. */
function rise(state: Float32Array, start: number, at: number): void {
  for (let here = at; here > start; here -= fields) {
    const above = here - fields;
    if ((state[above + WEIGHT] as number) >= (state[here + WEIGHT] as number)) return;
    for (let field = 0; field < fields; field++) {
      const kept = state[here + field] as number;
      state[here + field] = state[above + field] as number;
      state[above + field] = kept;
    }
  }
}
