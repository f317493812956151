/** The colour of a plate's ground, as far as a camera tells. */

export const plateGrounds = ["white", "yellow", "blue", "red", "unknown"] as const;
export type PlateGround = (typeof plateGrounds)[number];

/** Coloured light tints white plates too; a painted ground is at least so saturated, 0 to 1. */
const PAINTED = { yellow: 0.45, blue: 0.45, red: 0.6 } as const;
/** Hues in degrees. */
const yellow = { from: 30, to: 70 } as const;
const blue = { from: 195, to: 255 } as const;
const red = { from: 340, to: 15 } as const;

/** `colour`: mean red, green and blue of the ground, 0 to 255. White signs stand on blue and red only, black ones on the others. */
export function groundOf(colour: readonly [number, number, number], darkSigns: boolean): PlateGround {
  const [r, g, b] = colour;
  const most = Math.max(r, g, b);
  const range = most - Math.min(r, g, b);
  const saturation = most === 0 ? 0 : range / most;
  const hue = hueOf(r, g, b, most, range);
  if (darkSigns) return saturation >= PAINTED.yellow && hue >= yellow.from && hue <= yellow.to ? "yellow" : "white";
  if (saturation >= PAINTED.blue && hue >= blue.from && hue <= blue.to) return "blue";
  return saturation >= PAINTED.red && (hue >= red.from || hue <= red.to) ? "red" : "unknown";
}

/** Degrees, 0 is red; Smith, "Color Gamut Transform Pairs" (SIGGRAPH 1978). */
function hueOf(r: number, g: number, b: number, most: number, range: number): number {
  if (range === 0) return 0;
  if (most === r) return (60 * ((g - b) / range) + 360) % 360;
  return most === g ? 60 * ((b - r) / range + 2) : 60 * ((r - g) / range + 4);
}

/** Is there a strip of another colour along the upper edge, as Mercosul's plates have it? */
export type PlateStrip = "blue" | "none" | "unknown";

/** Paint that is hazy or blends into the ground beside it. */
const STRIP_PAINTED = 0.45;
/** So many bands of it: one may be a reflection. */
const STRIP_BANDS = 2;
/** Darker than this nothing has a colour, and a picture whose bands are all greyer tells none: infrared, or a grey car. */
const LEAST_LIGHT = 32;
const LEAST_COLOUR = 0.12;

/** `colours`: mean red, green and blue of thin bands from the text's upper edge upwards, 0 to 255. */
export function stripOf(colours: readonly (readonly [number, number, number])[]): PlateStrip {
  const lit = colours.filter((colour) => Math.max(...colour) >= LEAST_LIGHT);
  if (lit.every((colour) => saturationOf(colour) < LEAST_COLOUR)) return "unknown";
  const isBlue = ([r, g, b]: readonly [number, number, number]): boolean => {
    const most = Math.max(r, g, b);
    const hue = hueOf(r, g, b, most, most - Math.min(r, g, b));
    return hue >= blue.from && hue <= blue.to;
  };
  const painted = lit.filter((colour) => saturationOf(colour) >= STRIP_PAINTED && isBlue(colour));
  return painted.length >= STRIP_BANDS ? "blue" : "none";
}

const saturationOf = (colour: readonly number[]): number =>
  (Math.max(...colour) - Math.min(...colour)) / Math.max(1, ...colour);

/** What a camera tells of a plate's colours. */
export interface PlateColours {
  readonly ground: PlateGround;
  readonly strip: PlateStrip;
}
