/** A decoded picture as its codec keeps it: one plane of light, and two of colour at half the size. */
import { erase, type Plane } from "./erase.ts";
import type { Box } from "./region.ts";

export interface PlanarPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const half = (side: number): number => Math.ceil(side / 2);

export const planarBytes = (width: number, height: number): number => width * height + 2 * half(width) * half(height);

/** Erases what of `box` (pixels of the picture) lies in it, in light and colour. */
export function erasePlanar({ bytes, width, height }: PlanarPicture, [x, y, w, h]: Box): void {
  const light = width * height;
  const [across, down] = [half(width), half(height)];
  const colour = across * down;
  const plane = (from: number, length: number, planeWidth: number, planeHeight: number): Plane => ({
    bytes: bytes.subarray(from, from + length),
    width: planeWidth,
    height: planeHeight,
    channels: 1,
  });
  erase(plane(0, light, width, height), [x, y, w, h]);
  for (const from of [light, light + colour]) erase(plane(from, colour, across, down), [x / 2, y / 2, w / 2, h / 2]);
}
