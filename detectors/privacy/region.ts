/** What nobody may see of people who have nothing to do with a case. */

/** x, y, w, h in pixels of the picture, from its top left corner. */
export type Box = readonly [number, number, number, number];

export interface PrivateRegion {
  readonly kind: "head" | "plate";
  /** What is erased. */
  readonly box: Box;
  /** What is followed from picture to picture: the whole person or rider, a plate with its surroundings. */
  readonly anchor: Box;
}

export const grown = ([x, y, w, h]: Box, across: number, down: number): Box => [
  x - w * across,
  y - h * down,
  w * (1 + 2 * across),
  h * (1 + 2 * down),
];

/** From `a` at share 0 to `b` at share 1. */
export const mixed = (a: Box, b: Box, share: number): Box => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
  a[3] + (b[3] - a[3]) * share,
];
