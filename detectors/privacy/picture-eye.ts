/** One look at one picture: everything in it that is private. */
import type { Picture } from "../detect/picture.ts";
import { PlateSearch } from "./plate-search.ts";
import { headRegions, plateRegions, vehicleBoxes } from "./private-regions.ts";
import type { Box, PrivateRegion } from "./region.ts";
import { StreetSearch } from "./street-search.ts";

export class PictureEye {
  readonly #street: StreetSearch;
  readonly #plates: PlateSearch;

  private constructor(street: StreetSearch, plates: PlateSearch) {
    this.#street = street;
    this.#plates = plates;
  }

  /** Rejects with a `ProblemError`: MODEL_…, PLATE_MODEL_…. One thread, so that the same picture gives the same regions. */
  static async open(): Promise<PictureEye> {
    const street = await StreetSearch.open(1);
    return new PictureEye(street, await PlateSearch.open(1));
  }

  /** `subject`: whose plate stays, pixels; null: nobody's. `plates`: false leaves plates out, which cost most of a look. */
  async look(picture: Picture, subject: Box | null, plates: boolean): Promise<PrivateRegion[]> {
    const users = await this.#street.look(picture);
    const heads = headRegions(users);
    if (!plates) return heads;
    const vehicles = vehicleBoxes(users);
    return [...heads, ...plateRegions(await this.#plates.look(picture, vehicles), vehicles, subject)];
  }

  async close(): Promise<void> {
    await this.#street.close();
    await this.#plates.close();
  }
}
