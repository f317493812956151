/**
 * Where plates may be. Nothing is read: a line of text on a vehicle is taken for its plate whatever it says, since a
 * brand name blurred costs nothing and a plate shown does. Away from vehicles a patch must look like a plate, so that
 * signs and shops stay.
 */
import type { Picture } from "../detect/picture.ts";
import { tile } from "../inference/views/plan.ts";
import { lookScore, plateLook } from "../plates/plate-look.ts";
import { boundsOf, heightOf, type Quad, widthOf } from "../plates/quad.ts";
import { TextFinder, type Window } from "../plates/text-finder.ts";
import type { TextRegion } from "../plates/text-regions.ts";
import { type Box, holds, middle } from "./region.ts";

/**
 * Longer side of every look: at the whole for large plates, at its parts for small ones. All have one size, so that the
 * network's memory is that of one look.
 */
const LOOK_PX = 960;
/** Enlarging further adds nothing. */
const MOST_ENLARGED = 2;
/** A part is no wider than so many pixels of the picture, and shares so much of its side with the next: a plate fits. */
const part = { widest_px: 1100, overlap: 0.2, most: 4 } as const;
/** Text away from vehicles counts from this score of its look on; see `plate-look.ts`. */
const LEAST_LOOK = -1;
/** Lower text cannot be read by anybody, in pixels of the picture. */
const LEAST_HEIGHT_PX = 5;
/** Longer lines are sentences, and higher than wide are lamps. */
const MOST_ASPECT = 9;
/** A line higher than this share of the picture is a plate only on a vehicle that is as large again: else it is a wall. */
const MOST_HEIGHT = 0.08;
/** Of such a vehicle's box. */
const ON_BEARER = { across: 0.75, down: 0.3 } as const;
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
    const quads: Quad[] = [];
    for (const window of windowsOf(picture)) quads.push(...(await this.#lines(picture, window)));
    return quads.filter((quad) => mayBePlate(picture, quad, vehicles)).map(plateBox);
  }

  close(): Promise<void> {
    return this.#finder.close();
  }

  async #lines(picture: Picture, window: Window): Promise<Quad[]> {
    const longest = Math.max(window.width, window.height);
    const found = await this.#finder.find(picture, window, Math.min(LOOK_PX, MOST_ENLARGED * longest));
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
  const bearers = vehicles.filter((vehicle) => holds(vehicle, place));
  if (heightOf(quad) > MOST_HEIGHT * picture.height) return bearers.some((vehicle) => fitsOn(vehicle, quad));
  return bearers.length > 0 || lookScore(plateLook(picture, [quad])) >= LEAST_LOOK;
}

const fitsOn = ([, , w, h]: Box, quad: Quad): boolean =>
  widthOf(quad) <= ON_BEARER.across * w && heightOf(quad) <= ON_BEARER.down * h;

function plateBox(quad: Quad): Box {
  const [x, y, w, h] = boundsOf([quad]);
  const line = heightOf(quad);
  const along = AROUND.along * line;
  const across = line * (widthOf(quad) / line < ROW.mostAspect ? ROW.across : AROUND.across);
  return [x - along, y - across, w + 2 * along, h + 2 * across];
}

/** The whole, and equal parts of it where they show more. */
export function windowsOf({ width, height }: Pick<Picture, "width" | "height">): Window[] {
  const whole = { left: 0, top: 0, width, height };
  const side = Math.max(width, height);
  const count = side <= LOOK_PX ? 1 : Math.min(part.most, Math.max(2, Math.ceil(side / part.widest_px)));
  const parts = tile(whole, { columns: count, rows: count, overlap: part.overlap }, LOOK_PX, height);
  const views = count === 1 ? [whole] : [whole, ...parts];
  return views.map((view) => ({ x: view.left, y: view.top, width: view.width, height: view.height }));
}
