/**
 * Is a pixel the road in shadow? Then it is the road's colour, only darker: brightness and colour distortion of Horprasert,
 * Harwood and Davis ("A statistical approach for real-time robust background subtraction and shadow detection", 1999).
 */

/** Of the road's brightness, in the values of coded video. Darker is black paint or the gap below a car. */
const darkest = 0.5;
const brightest = 0.97;
/** Grey levels, root mean square, from the darkened road's colour. */
const tint = 6;

/** Both [pixels x 3]; `at` is the pixel's first value in each. */
export function shadowOn(road: Float32Array, rgb: Float32Array, at: number): boolean {
  const [r, g, b] = [road[at] as number, road[at + 1] as number, road[at + 2] as number];
  const [red, green, blue] = [rgb[at] as number, rgb[at + 1] as number, rgb[at + 2] as number];
  const own = r * r + g * g + b * b;
  if (own === 0) return false;
  const brightness = (red * r + green * g + blue * b) / own;
  if (brightness < darkest || brightness > brightest) return false;
  const off = (red - brightness * r) ** 2 + (green - brightness * g) ** 2 + (blue - brightness * b) ** 2;
  return off < 3 * tint * tint;
}
