/** Does the patch around some text look like a plate: one even ground, signs that stand out, and a rim around them? */
import type { Picture } from "../detect/picture.ts";
import { boundsOf, heightOf, part, type Quad, widthOf } from "./quad.ts";
import { rectified } from "./rectify.ts";

export interface PlateLook {
  /** Share of the patch's variance that two tones explain, 0 to 1: Otsu's criterion (1979). */
  readonly twoTone: number;
  /** Difference of the two tones, 0 to 1 of the range. */
  readonly contrast: number;
  /** Share of the text's width along which a straight edge runs above and below it, 0 to 1; the weaker side counts. */
  readonly rim: number;
  /** The same for the edges at the left and right. */
  readonly ends: number;
  /** Signs darker than their ground. */
  readonly darkSigns: boolean;
  /** Mean red, green and blue of the ground, 0 to 255. */
  readonly ground: readonly [number, number, number];
  /** The same of thin bands one above the other, from the text's upper edge to the end of the patch. */
  readonly bands: readonly (readonly [number, number, number])[];
}

/** Rows of pixels that one row of text becomes here. */
const ROW_PX = 24;
/** How far beyond the text the patch reaches, in heights of a row. */
const MARGIN = 1;
/** A step counts as an edge from this share of the contrast on. */
const EDGE = 0.25;

/** `rows`: the quads of one or two rows of text, from top to bottom. */
export function plateLook(picture: Picture, rows: readonly Quad[]): PlateLook {
  const quad = around(rows);
  const row = heightOf(quad) / rows.length;
  const [across, along] = [(MARGIN * row) / heightOf(quad), (MARGIN * row) / Math.max(widthOf(quad), 1)];
  const height = Math.round(ROW_PX * (rows.length + 2 * MARGIN));
  const width = Math.round((ROW_PX * widthOf(quad)) / row + 2 * MARGIN * ROW_PX);
  const patch = rectified(picture, part(quad, -along, -across, 1 + along, 1 + across), width, height);
  const light = luminance(patch);
  const inner = { left: ROW_PX, top: ROW_PX, right: width - ROW_PX, bottom: height - ROW_PX };
  const tones = twoTones(light, width, inner);
  const darkSigns = tones.lightShare >= 0.5;
  const step = EDGE * Math.max(tones.light - tones.dark, 8);
  const at = (x: number, y: number): number => light[y * width + x] as number;
  const turned = (y: number, x: number): number => at(x, y);
  return {
    twoTone: tones.share,
    contrast: (tones.light - tones.dark) / 255,
    rim: Math.min(
      bestEdge(at, inner.left, inner.right, 1, inner.top + 4, step),
      bestEdge(at, inner.left, inner.right, inner.bottom - 4, height - 1, step),
    ),
    ends: Math.min(
      bestEdge(turned, inner.top, inner.bottom, 1, inner.left + 4, step),
      bestEdge(turned, inner.top, inner.bottom, inner.right - 4, width - 1, step),
    ),
    darkSigns,
    ground: meanColour(patch, inner, (pixel) => (light[pixel] as number) > tones.threshold === darkSigns),
    bands: bandColours(patch, inner),
  };
}

const BAND_PX = 3;

function bandColours(patch: Picture, inner: Inner): [number, number, number][] {
  const bands: [number, number, number][] = [];
  for (let top = inner.top - BAND_PX; top >= 0; top -= BAND_PX) {
    bands.push(meanColour(patch, { ...inner, top, bottom: top + BAND_PX }, () => true));
  }
  return bands;
}

/** The corners of all rows together: those of the first row's top and the last row's bottom, as wide as the widest. */
function around(rows: readonly Quad[]): Quad {
  const first = rows[0] as Quad;
  const last = rows.at(-1) as Quad;
  if (rows.length === 1) return first;
  const [left, , width] = boundsOf(rows);
  const reach = (x: number): number => Math.min(Math.max(x, left), left + width);
  const wider = widthOf(first) >= widthOf(last) ? first : last;
  const [a, b, c, d] = wider;
  const shift = wider === first ? last : first;
  if (wider === first)
    return [a, b, { x: reach(b.x + shift[2].x - shift[1].x), y: shift[2].y }, { x: reach(a.x), y: shift[3].y }];
  return [{ x: reach(d.x), y: shift[0].y }, { x: reach(c.x), y: shift[1].y }, c, d];
}

function luminance({ rgb, width, height }: Picture): Float32Array {
  const light = new Float32Array(width * height);
  for (let i = 0; i < light.length; i++) {
    light[i] = 0.299 * (rgb[i * 3] as number) + 0.587 * (rgb[i * 3 + 1] as number) + 0.114 * (rgb[i * 3 + 2] as number);
  }
  return light;
}

interface Inner {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Tones {
  readonly dark: number;
  readonly light: number;
  readonly threshold: number;
  readonly share: number;
  readonly lightShare: number;
}

function twoTones(light: Float32Array, width: number, { left, top, right, bottom }: Inner): Tones {
  const counts = new Float64Array(256);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const tone = Math.round(light[y * width + x] as number);
      counts[tone] = (counts[tone] as number) + 1;
    }
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  const mean = counts.reduce((sum, count, tone) => sum + count * tone, 0) / all;
  const variance = counts.reduce((sum, count, tone) => sum + count * (tone - mean) ** 2, 0) / all;
  let best: Tones = { dark: mean, light: mean, threshold: mean, share: 0, lightShare: 0.5 };
  let below = 0;
  let sum = 0;
  for (let tone = 0; tone < 255; tone++) {
    below += counts[tone] as number;
    sum += (counts[tone] as number) * tone;
    if (below === 0 || below === all) continue;
    const dark = sum / below;
    const bright = (mean * all - sum) / (all - below);
    const between = (below / all) * (1 - below / all) * (bright - dark) ** 2;
    const share = variance > 0 ? between / variance : 0;
    if (share > best.share) best = { dark, light: bright, threshold: tone, share, lightShare: 1 - below / all };
  }
  return best;
}

/**
 * The best straight edge across `from` to `to`, sought in rows `first` to `last`: the share of columns whose step there (or
 * in the row next to it, as plates lean) is an edge of the commoner direction.
 */
function bestEdge(
  at: (x: number, y: number) => number,
  from: number,
  to: number,
  first: number,
  last: number,
  step: number,
): number {
  let best = 0;
  for (let y = Math.max(1, first); y < last - 1; y++) {
    let [up, down] = [0, 0];
    for (let x = from; x < to; x++) {
      const here = at(x, y + 1) - at(x, y - 1);
      if (here > step) up++;
      else if (here < -step) down++;
    }
    best = Math.max(best, Math.max(up, down) / Math.max(to - from, 1));
  }
  return best;
}

/** Of the pixels that count, each named by its place in the patch. */
function meanColour(
  { rgb, width }: Picture,
  { left, top, right, bottom }: Inner,
  counts: (pixel: number) => boolean,
): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const pixel = y * width + x;
      if (!counts(pixel)) continue;
      count++;
      for (let channel = 0; channel < 3; channel++)
        sums[channel] = (sums[channel] as number) + (rgb[pixel * 3 + channel] as number);
    }
  }
  return [sums[0] / Math.max(count, 1), sums[1] / Math.max(count, 1), sums[2] / Math.max(count, 1)];
}

/**
 * How much likelier a patch of this look is a plate than other text, as a logarithm. The weights were set by hand after
 * looking at plates and other text on real pictures; bounded because a look alone must never make or break a plate.
 */
export function lookScore({ rim, ends, darkSigns }: PlateLook): number {
  const score = 6 * (rim - 0.72) + 1.5 * (ends - 0.5) + (darkSigns ? 0.3 : -0.9);
  return Math.min(2.5, Math.max(-2.5, score));
}
