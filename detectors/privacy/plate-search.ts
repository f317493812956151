/**
 * Where plates may be. Nothing is read: a line of text on a vehicle is taken for its plate whatever it says, since a
 * brand name blurred costs nothing and a plate shown does. Away from vehicles a patch must look like a plate, so that
 * signs and shops stay.
 */
import type { Picture } from "../detect/picture.ts";
import { lookScore, plateLook } from "../plates/plate-look.ts";
import { boundsOf, heightOf, type Quad, widthOf } from "../plates/quad.ts";
import { TextFinder, type Window } from "../plates/text-finder.ts";
import type { TextRegion } from "../plates/text-regions.ts";
import { type Box, holds, middle } from "./region.ts";

/** Longer side of the look for large plates; text higher than a seventh of the picture is best seen small. */
const LARGE_PLATES_PX = 960;
/** Of the look for small ones: enlarged, up to a size that is still worth its time. */
const SMALL_PLATES_PX = { enlarged: 1600, most: 1920 } as const;
/** Enlarging further adds nothing. */
const MOST_ENLARGED = 2;
/** In pictures larger than the most, so many vehicles are looked at closer, the largest first. */
const CLOSER = { vehicles: 6, px: 640 } as const;
/** Text away from vehicles counts from this score of its look on; see `plate-look.ts`. */
const LEAST_LOOK = -1;
/** Lower text cannot be read by anybody, in pixels of the picture. */
const LEAST_HEIGHT_PX = 5;
/** Longer lines are sentences, and higher than wide are lamps. */
const MOST_ASPECT = 9;
/** Around the characters, in heights of their line: the rim, and a band at the side. */
const AROUND = { along: 0.8, across: 0.6 } as const;
/** A line this short may be a row of a plate of two, of which the other was not found: it is hidden above and below. */
const ROW = { mostAspect: 3.6, across: 1.25 } as const;

export class PlateSearch {
  readonly #finder: TextFinder;

  private constructor(finder: TextFinder) {
    this.#finder = finder;
  }

  /** Rejects as `TextFinder.open` does. */
  static async open(threads: number): Promise<PlateSearch> {
    return new PlateSearch(await TextFinder.open(threads));
  }

  /** `vehicles`: their boxes, with a margin. Plates as upright boxes, several for one plate perhaps. */
  async look(picture: Picture, vehicles: readonly Box[]): Promise<Box[]> {
    const { width, height } = picture;
    const side = Math.max(width, height);
    const whole: Window = { x: 0, y: 0, width, height };
    const small = Math.min(Math.max(SMALL_PLATES_PX.enlarged, side), SMALL_PLATES_PX.most);
    const quads: Quad[] = [];
    for (const px of [LARGE_PLATES_PX, small]) {
      quads.push(...(await this.#lines(picture, whole, Math.min(px, MOST_ENLARGED * side))));
    }
    if (side > SMALL_PLATES_PX.most) {
      for (const window of closerWindows(picture, vehicles))
        quads.push(...(await this.#lines(picture, window, CLOSER.px)));
    }
    return quads.filter((quad) => mayBePlate(picture, quad, vehicles)).map(plateBox);
  }

  close(): Promise<void> {
    return this.#finder.close();
  }

  async #lines(picture: Picture, window: Window, longSide_px: number): Promise<Quad[]> {
    const found = await this.#finder.find(picture, window, longSide_px);
    return found.filter(isLine).map(({ quad }) => quad);
  }
}

/** What an edge cuts off may be of any shape. */
function isLine({ quad, cut }: TextRegion): boolean {
  const [width, height] = [widthOf(quad), heightOf(quad)];
  return height >= LEAST_HEIGHT_PX && width / height <= MOST_ASPECT && (cut || width >= height);
}

function mayBePlate(picture: Picture, quad: Quad, vehicles: readonly Box[]): boolean {
  const place = middle(boundsOf([quad]));
  return vehicles.some((vehicle) => holds(vehicle, place)) || lookScore(plateLook(picture, [quad])) >= LEAST_LOOK;
}

function plateBox(quad: Quad): Box {
  const [x, y, w, h] = boundsOf([quad]);
  const line = heightOf(quad);
  const along = AROUND.along * line;
  const across = line * (widthOf(quad) / line < ROW.mostAspect ? ROW.across : AROUND.across);
  return [x - along, y - across, w + 2 * along, h + 2 * across];
}

/** Around the largest vehicles that a closer look enlarges. */
function closerWindows({ width, height }: Picture, vehicles: readonly Box[]): Window[] {
  return vehicles
    .filter(([, , w, h]) => Math.max(w, h) < CLOSER.px)
    .sort(([, , aw, ah], [, , bw, bh]) => bw * bh - aw * ah)
    .slice(0, CLOSER.vehicles)
    .map(([x, y, w, h]) => {
      const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
      const [right, bottom] = [Math.min(width, Math.ceil(x + w)), Math.min(height, Math.ceil(y + h))];
      return { x: left, y: top, width: right - left, height: bottom - top };
    })
    .filter((window) => window.width > 0 && window.height > 0);
}
