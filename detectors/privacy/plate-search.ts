/**
 * Where plates may be. Nothing is read: a line of text on a vehicle is taken for its plate whatever it says, since a
 * brand name blurred costs nothing and a plate shown does. Away from vehicles a patch must look like a plate, so that
 * signs and shops stay.
 */
import type { Picture } from "../detect/picture.ts";
import { lookScore, plateLook } from "../plates/plate-look.ts";
import { boundsOf, heightOf, type Quad, widthOf } from "../plates/quad.ts";
import { TextFinder, type Window } from "../plates/text-finder.ts";
import { type Box, grown } from "./region.ts";

export interface PlateSearchSettings {
  /** Longer side of the look at the whole picture: at most this much, and never enlarged by more than twice. */
  readonly whole_px: number;
  /** Vehicles that are looked at closer, the largest first. */
  readonly closer: number;
  /** Text away from vehicles counts from this score of its look on. */
  readonly look: number;
}

export const usualPlateSearch: PlateSearchSettings = { whole_px: 1280, closer: 8, look: -1 };

/** Longer side of a closer look, and how much it enlarges at most. */
const CLOSER_PX = 640;
const MOST_ENLARGED = 3;
/** Smaller vehicles carry plates that nobody can read. */
const LEAST_VEHICLE_PX = 40;
/** Around a vehicle: its box may end above the plate. */
const MARGIN = 0.1;
/** Lower text cannot be read by anybody, in pixels of the picture. */
const LEAST_HEIGHT_PX = 5;
/** Longer lines are sentences. */
const MOST_ASPECT = 9;
/** Around the characters, in heights of their line: the rim, and the second row of a plate that was half found. */
const AROUND = { along: 0.35, across: 0.45 } as const;

export class PlateSearch {
  readonly #finder: TextFinder;
  readonly #settings: PlateSearchSettings;

  private constructor(finder: TextFinder, settings: PlateSearchSettings) {
    this.#finder = finder;
    this.#settings = settings;
  }

  /** Rejects as `TextFinder.open` does. */
  static async open(threads: number, settings: PlateSearchSettings = usualPlateSearch): Promise<PlateSearch> {
    return new PlateSearch(await TextFinder.open(threads), settings);
  }

  /** `vehicles`: their boxes. Plates as upright boxes, several for one plate perhaps. */
  async look(picture: Picture, vehicles: readonly Box[]): Promise<Box[]> {
    const { width, height } = picture;
    const whole: Window = { x: 0, y: 0, width, height };
    const side = Math.max(width, height);
    const whole_px = Math.min(this.#settings.whole_px, 2 * side);
    const quads = await this.#lines(picture, whole, whole_px);
    for (const window of closerLooks(picture, vehicles, whole_px / side, this.#settings.closer)) {
      const longer = Math.max(window.width, window.height);
      quads.push(...(await this.#lines(picture, window, Math.min(CLOSER_PX, MOST_ENLARGED * longer))));
    }
    return quads.filter((quad) => this.#mayBePlate(picture, quad, vehicles)).map(plateBox);
  }

  close(): Promise<void> {
    return this.#finder.close();
  }

  async #lines(picture: Picture, window: Window, longSide_px: number): Promise<Quad[]> {
    const found = await this.#finder.find(picture, window, longSide_px);
    return found
      .map(({ quad }) => quad)
      .filter((quad) => {
        const [width, height] = [widthOf(quad), heightOf(quad)];
        return height >= LEAST_HEIGHT_PX && width / height <= MOST_ASPECT;
      });
  }

  #mayBePlate(picture: Picture, quad: Quad, vehicles: readonly Box[]): boolean {
    const [x, y, w, h] = boundsOf([quad]);
    const [middle, level] = [x + w / 2, y + h / 2];
    const on = vehicles.some((vehicle) => {
      const [left, top, across, down] = grown(vehicle, MARGIN, MARGIN);
      return middle > left && middle < left + across && level > top && level < top + down;
    });
    return on || lookScore(plateLook(picture, [quad])) >= this.#settings.look;
  }
}

function plateBox(quad: Quad): Box {
  const [x, y, w, h] = boundsOf([quad]);
  const line = heightOf(quad);
  return [x - AROUND.along * line, y - AROUND.across * line, w + 2 * AROUND.along * line, h + 2 * AROUND.across * line];
}

/** Windows around the largest vehicles that a closer look shows larger than the whole does. */
function closerLooks(picture: Picture, vehicles: readonly Box[], scale: number, most: number): Window[] {
  return vehicles
    .filter(([, , w, h]) => Math.min(w, h) >= LEAST_VEHICLE_PX && Math.max(w, h) * scale < CLOSER_PX * 0.7)
    .sort(([, , aw, ah], [, , bw, bh]) => bw * bh - aw * ah)
    .slice(0, most)
    .map((vehicle) => clipped(picture, grown(vehicle, MARGIN, MARGIN)));
}

function clipped({ width, height }: Picture, [x, y, w, h]: Box): Window {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  return {
    x: left,
    y: top,
    width: Math.min(width, Math.ceil(x + w)) - left,
    height: Math.min(height, Math.ceil(y + h)) - top,
  };
}
