/** Who and what a look at a picture finds, and boxes to reckon with. */
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { Box } from "../picture-box.ts";

export type { Box } from "../picture-box.ts";

/** A road user, or a plate whose vehicle was not found; of that the box is the plate with its surroundings. */
export interface Seen {
  readonly kind: VehicleClass | "plate";
  /** 0 to 1. */
  readonly score: number;
  readonly box: Box;
  /** Of its plates; null: nobody looked for plates. */
  readonly plates: readonly Box[] | null;
}

/** The same at any time, between looks. */
export interface Present {
  readonly kind: Seen["kind"];
  readonly box: Box;
  readonly plates: readonly Box[];
  /** How far, in pixels, it may be from there. */
  readonly slack_px: number;
}

/** Larger on each side by shares of its width and height. */
export const grown = ([x, y, w, h]: Box, across: number, down: number): Box => [
  x - w * across,
  y - h * down,
  w * (1 + 2 * across),
  h * (1 + 2 * down),
];

/** Larger on each side by pixels. */
export const padded = ([x, y, w, h]: Box, px: number): Box => [x - px, y - px, w + 2 * px, h + 2 * px];

/** From `a` at share 0 to `b` at share 1. */
export const mixed = (a: Box, b: Box, share: number): Box => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
  a[3] + (b[3] - a[3]) * share,
];

/** `part` of `whole` at the same place of `other`. */
export function carried(part: Box, whole: Box, other: Box): Box {
  const [across, down] = [other[2] / whole[2], other[3] / whole[3]];
  return [
    other[0] + (part[0] - whole[0]) * across,
    other[1] + (part[1] - whole[1]) * down,
    part[2] * across,
    part[3] * down,
  ];
}

export const middle = ([x, y, w, h]: Box): readonly [number, number] => [x + w / 2, y + h / 2];

export function holds([left, top, w, h]: Box, [x, y]: readonly [number, number]): boolean {
  return x >= left && x <= left + w && y >= top && y <= top + h;
}
