/** The colours of a plate, as far as a camera tells. */

export const plateGrounds = ["white", "yellow", "blue", "red", "unknown"] as const;
export type PlateGround = (typeof plateGrounds)[number];

/** Mean red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];

/** Hues in degrees. Coloured light and haze tint white plates too: paint is at least so saturated, 0 to 1. */
const yellow = { from: 30, to: 70, saturation: 0.45 } as const;
const blue = { from: 195, to: 255, saturation: 0.45 } as const;
const red = { from: 340, to: 15, saturation: 0.6 } as const;

/** `colour`: of the ground. White signs stand on blue and red only, black ones on the others. */
export function groundOf(colour: Colour, darkSigns: boolean): PlateGround {
  if (darkSigns) return isPainted(colour, yellow) ? "yellow" : "white";
  if (isPainted(colour, blue)) return "blue";
  return isPainted(colour, red) ? "red" : "unknown";
}

function isPainted(colour: Colour, { from, to, saturation }: typeof yellow | typeof blue | typeof red): boolean {
  const hue = hueOf(colour);
  const within = from < to ? hue >= from && hue <= to : hue >= from || hue <= to;
  return within && saturationOf(colour) >= saturation;
}

function saturationOf(colour: Colour): number {
  const most = Math.max(...colour);
  return most === 0 ? 0 : (most - Math.min(...colour)) / most;
}

/** Degrees, 0 is red; Smith, "Color Gamut Transform Pairs" (SIGGRAPH 1978). */
function hueOf([r, g, b]: Colour): number {
  const most = Math.max(r, g, b);
  const range = most - Math.min(r, g, b);
  if (range === 0) return 0;
  if (most === r) return (60 * ((g - b) / range) + 360) % 360;
  return most === g ? 60 * ((b - r) / range + 2) : 60 * ((r - g) / range + 4);
}

/** Is there a strip of another colour along the upper edge, as Mercosul's plates have it? */
export type PlateStrip = "blue" | "none" | "unknown";

/** So many bands of it: one may be a reflection. */
const STRIP_BANDS = 2;
/** Darker than this nothing has a colour, and a picture whose bands are all greyer tells none: infrared, or a grey car. */
const LEAST_LIGHT = 32;
const LEAST_COLOUR = 0.12;

/** `colours`: of thin bands from the text's upper edge upwards. */
export function stripOf(colours: readonly Colour[]): PlateStrip {
  const lit = colours.filter((colour) => Math.max(...colour) >= LEAST_LIGHT);
  if (lit.every((colour) => saturationOf(colour) < LEAST_COLOUR)) return "unknown";
  return lit.filter((colour) => isPainted(colour, blue)).length >= STRIP_BANDS ? "blue" : "none";
}

/** What a camera tells of a plate's colours. */
export interface PlateColours {
  readonly ground: PlateGround;
  readonly strip: PlateStrip;
}
