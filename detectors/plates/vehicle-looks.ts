/** Which vehicles are worth a closer look: those whose plate the look at the whole picture shows too small to read. */
import type { Picture } from "../detect/picture.ts";
import type { Window } from "./text-finder.ts";
import type { Look } from "./text-lines.ts";

/** A closer look has this longer side. */
const CLOSE_PX = 640;
/** Nothing is looked at with more. */
const MOST_PX = 1280;
/** A vehicle this large in the look at the whole shows its plate well enough. */
const LARGE_PX = 420;
/** Smaller vehicles carry plates that no enlargement makes legible, in pixels of the picture. */
const LEAST_SIDE_PX = 48;
/** Enlarging further adds no information. */
const MOST_ENLARGED = 3;
/** Closer looks cost as much as the whole; the largest vehicles come first. */
const MOST_LOOKS = 8;
/** Boxes of vehicles sometimes end above the plate. */
const MARGIN = 0.08;

export function vehicleLooks(
  picture: Picture,
  vehicles: readonly (readonly [number, number, number, number])[],
  wholeSide_px: number,
): Look[] {
  const scale = wholeSide_px / Math.max(picture.width, picture.height);
  return vehicles
    .filter(([, , w, h]) => Math.min(w, h) >= LEAST_SIDE_PX && Math.max(w, h) * scale < LARGE_PX)
    .sort(([, , aw, ah], [, , bw, bh]) => bw * bh - aw * ah)
    .slice(0, MOST_LOOKS)
    .map((vehicle) => {
      const window = around(picture, vehicle);
      return { window, longSide_px: Math.min(CLOSE_PX, MOST_ENLARGED * Math.max(window.width, window.height)) };
    });
}

/** The look at a vehicle alone: one that fills the picture is looked at as closely as the whole would be. */
export function vehicleLook(picture: Picture, vehicle: readonly [number, number, number, number]): Look {
  const window = around(picture, vehicle);
  const side = Math.max(window.width, window.height);
  return { window, longSide_px: Math.min(MOST_PX, Math.max(side, Math.min(CLOSE_PX, MOST_ENLARGED * side))) };
}

function around(picture: Picture, [x, y, w, h]: readonly [number, number, number, number]): Window {
  return clipped(picture, x - w * MARGIN, y - h * MARGIN, w * (1 + 2 * MARGIN), h * (1 + 2 * MARGIN));
}

function clipped({ width, height }: Picture, x: number, y: number, w: number, h: number): Window {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.min(width, Math.ceil(x + w)) - left),
    height: Math.max(1, Math.min(height, Math.ceil(y + h)) - top),
  };
}
