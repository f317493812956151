/** One look at one picture: everybody in it, and the plates they carry. */
import { area } from "../../core/geometry/box.ts";
import type { Picture } from "../detect/picture.ts";
import { PlateSearch } from "./plate-search.ts";
import { type Box, grown, holds, middle, type Seen } from "./region.ts";
import { StreetSearch, type StreetUser } from "./street-search.ts";

/** Around a vehicle: its box may end above the plate. */
const MARGIN = 0.1;
/** A plate without a vehicle is followed with so much of its surroundings, in its own sizes on each side. */
const SURROUNDINGS = { across: 0.75, down: 1.5 } as const;
/** Of a vehicle's box at most: a weak box that happens to lie within a sign or a lettered van bears neither. */
const MOST_OF_BEARER = { across: 0.75, down: 0.5 } as const;

export class PictureEye {
  readonly #street: StreetSearch;
  readonly #plates: PlateSearch;

  private constructor(street: StreetSearch, plates: PlateSearch) {
    this.#street = street;
    this.#plates = plates;
  }

  /** Rejects with a `ProblemError`: MODEL_…, PLATE_MODEL_…. One thread, so that the same picture gives the same answer. */
  static async open(): Promise<PictureEye> {
    const street = await StreetSearch.open(1);
    return new PictureEye(street, await PlateSearch.open(1));
  }

  /** `thorough`: with plates, and for whoever is small; several times as long. */
  async look(picture: Picture, thorough: boolean): Promise<Seen[]> {
    const users = await this.#street.look(picture, thorough);
    if (!thorough) return users.map(({ class: kind, score, box }) => ({ kind, score, box, plates: null }));
    const bearers = users.map(({ box }) => grown(box, MARGIN, MARGIN));
    return withPlates(users, await this.#plates.look(picture, bearers));
  }

  async close(): Promise<void> {
    await this.#street.close();
    await this.#plates.close();
  }
}

/** A plate belongs to the smallest vehicle around its middle. */
export function withPlates(users: readonly StreetUser[], plates: readonly Box[]): Seen[] {
  const owners = plates.map((plate) => ownerOf(plate, users));
  return [
    ...users.map(({ class: kind, score, box }, index) => ({
      kind,
      score,
      box,
      plates: plates.filter((_, i) => owners[i] === index),
    })),
    ...plates
      .filter((_, i) => owners[i] === -1)
      .map((plate) => ({
        kind: "plate" as const,
        score: 1,
        box: grown(plate, SURROUNDINGS.across, SURROUNDINGS.down),
        plates: [plate],
      })),
  ];
}

/** Index of a user, or -1. */
function ownerOf(plate: Box, users: readonly StreetUser[]): number {
  let owner = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { class: kind, box }] of users.entries()) {
    if (kind === "pedestrian" || area(box, 0) >= least || !bears(box, plate)) continue;
    owner = index;
    least = area(box, 0);
  }
  return owner;
}

function bears(box: Box, plate: Box): boolean {
  const fits = plate[2] <= MOST_OF_BEARER.across * box[2] && plate[3] <= MOST_OF_BEARER.down * box[3];
  return fits && holds(grown(box, MARGIN, MARGIN), middle(plate));
}
