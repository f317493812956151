/** How much of the street's detail comes through the lens, measured apart in each part of the picture. */

const columns = 16;
const rows = 9;
export const parts = columns * rows;

/** Neighbouring pixels show whether the picture is sharp; far ones, whether there is anything to see at all. */
const far_px = 8;
/** Every fourth row and every second pixel tell enough. */
const rowStep = 4;
const pixelStep = 2;

/** What one look saw, as means over each part, [rows x columns]: differences of pixels and light, all 0 to 255. */
export interface LensView {
  readonly fine: Float32Array;
  readonly coarse: Float32Array;
  readonly light: Float32Array;
}

export const emptyView = (): LensView => ({
  fine: new Float32Array(parts),
  coarse: new Float32Array(parts),
  light: new Float32Array(parts),
});

/** `rgb` is height x width x 3 bytes, row major; green is looked at. */
export function lookThrough(rgb: Uint8Array, width: number, height: number, into: LensView): void {
  for (let part = 0; part < parts; part += 1) measure(part, rgb, width, height, into);
}

function measure(part: number, rgb: Uint8Array, width: number, height: number, into: LensView): void {
  const [row, column] = [Math.floor(part / columns), part % columns];
  const left = Math.floor((column * width) / columns);
  const right = Math.min(width - far_px, Math.floor(((column + 1) * width) / columns));
  const bottom = Math.floor(((row + 1) * height) / rows);
  let [fine, coarse, light, count] = [0, 0, 0, 0];
  for (let y = Math.floor((row * height) / rows); y < bottom; y += rowStep) {
    for (let x = left; x < right; x += pixelStep) {
      const at = (y * width + x) * 3 + 1;
      const here = rgb[at] ?? 0;
      fine += Math.abs((rgb[at + 3] ?? 0) - here);
      coarse += Math.abs((rgb[at + 3 * far_px] ?? 0) - here);
      light += here;
      count += 1;
    }
  }
  const share = count === 0 ? 0 : 1 / count;
  into.fine[part] = fine * share;
  into.coarse[part] = coarse * share;
  into.light[part] = light * share;
}

/** A view beside the one that is usual here. */
export interface Clarity {
  /** Of the usual light, in the brighter parts: about 1 at the same hour of the day. */
  readonly light: number;
  /** Of the usual sharpness, in the middle one of the parts. */
  readonly sharpness: number;
  /** Share of the parts that used to show something and show nothing now. */
  readonly hidden: number;
}

/** A part that shows less shows nothing to compare: sensors and coding make almost as much out of nothing. */
const something = 3;
/** Fewer parts are no judgement: there is no more to see than sky or smooth ground. */
const fewest = 5;
/** A part that keeps less of its detail is hidden. */
const kept = 0.4;
/** Half of a picture may be covered without the street having become darker. */
const brighter = 0.75;

const ranked = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;

/** Null when the usual view shows too little to judge by. */
export function clarityOf(usual: LensView, now: LensView): Clarity | null {
  const shown = Array.from({ length: parts }, (_, part) => part).filter(
    (part) => (usual.coarse[part] ?? 0) >= something,
  );
  if (shown.length < fewest) return null;
  const left = (of: "fine" | "coarse" | "light", part: number): number =>
    (now[of][part] ?? 0) / Math.max(0.5, usual[of][part] ?? 0);
  const all = Array.from({ length: parts }, (_, part) => left("light", part));
  return {
    light: ranked(all, brighter),
    sharpness: ranked(
      shown.map((part) => left("fine", part)),
      0.5,
    ),
    hidden: shown.filter((part) => left("coarse", part) < kept).length / shown.length,
  };
}
