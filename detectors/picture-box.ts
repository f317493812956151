/** A box in a picture. */

/** x, y, w, h from the top left corner: in pixels, or in shares of the picture's width and height. */
export type Box = readonly [number, number, number, number];

interface Size {
  readonly width: number;
  readonly height: number;
}

/** From shares of the picture. */
export const inPixels = ([x, y, w, h]: Box, { width, height }: Size): Box => [
  x * width,
  y * height,
  w * width,
  h * height,
];
