/** Plates in picture files, read in a child process. */
import { regionsOf } from "../../core/plates/countries/regions.ts";
import { askPictureChild, type PictureReport } from "../pictures/ask-child.ts";
import { fromChild, type PicturePlates, type PlatesOrder } from "./messages.ts";
import { unknownCountry } from "./unknown-country.ts";

export interface PlatesOptions {
  /** Picture files, in the order of the answer. */
  readonly images: readonly string[];
  /** A country or region whose plates alone are expected; absent: any. */
  readonly country?: string;
  /** Ends the child; what was read until then is the answer. */
  readonly stop?: AbortSignal;
}

/** Never rejects for a picture, a model or a country: whatever could not be done is among the problems. */
export async function platesInImages({ images, country, stop }: PlatesOptions): Promise<PictureReport<PicturePlates>> {
  if (regionsOf(country) === null) return { pictures: [], problems: [unknownCountry(country ?? "")] };
  const order: PlatesOrder = { images: [...images], ...(country === undefined ? {} : { country }) };
  const read = (message: unknown) => fromChild.parse(message);
  return askPictureChild({ entry: "plates/plates.child.js", order, read, stopped: "PLATE_READING_STOPPED", stop });
}
