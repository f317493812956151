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
