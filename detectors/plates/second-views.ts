/** The same plate once more, cut out and lit a little differently: what a reader sees twice it is surer of. */
import type { Picture } from "../detect/picture.ts";
import { heightOf, type Quad, widened } from "./quad.ts";
import { straightened } from "./text-lines.ts";

/** Shares of the row's height by which the patch grows or shrinks across the text, and grows along it. */
const reaches = [
  { across: 0.08, along: 0.12, stretch: false },
  { across: -0.06, along: 0.05, stretch: true },
] as const;

/** Rows of straightened pictures, one list for each view. */
export function secondViews(picture: Picture, rows: readonly Quad[]): Picture[][] {
  return reaches.map(({ across, along, stretch }) =>
    rows.map((row) => {
      const height = heightOf(row);
      const view = straightened(picture, widened(row, along * height, across * height));
      return stretch ? stretched(view) : view;
    }),
  );
}

/** Grey, with its darkest and brightest hundredth at the ends of the range: undoes haze, night and coloured light. */
function stretched({ rgb, width, height }: Picture): Picture {
  const pixels = width * height;
  const grey = new Uint8Array(pixels);
  const counts = new Uint32Array(256);
  for (let i = 0; i < pixels; i++) {
    const tone = Math.round(
      0.299 * (rgb[i * 3] as number) + 0.587 * (rgb[i * 3 + 1] as number) + 0.114 * (rgb[i * 3 + 2] as number),
    );
    grey[i] = tone;
    counts[tone] = (counts[tone] as number) + 1;
  }
  const low = toneAt(counts, pixels * 0.01);
  const high = Math.max(low + 1, toneAt(counts, pixels * 0.99));
  const out = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    const tone = Math.min(255, Math.max(0, Math.round(((grey[i] as number) - low) * (255 / (high - low)))));
    out.fill(tone, i * 3, i * 3 + 3);
  }
  return { rgb: out, width, height };
}

/** The tone below which `wanted` pixels lie. */
function toneAt(counts: Uint32Array, wanted: number): number {
  let below = 0;
  for (let tone = 0; tone < 256; tone++) {
    below += counts[tone] as number;
    if (below >= wanted) return tone;
  }
  return 255;
}
