/** Reads every plate in pictures of vehicles. Runs in the plate reading process. */
import { regionsOf } from "../../core/plates/countries/regions.ts";
import { failed, ok, type Result } from "../../core/problems/problem.ts";
import { type Picture, readPicture } from "../detect/picture.ts";
import { type Box, inPixels } from "../picture-box.ts";
import { PlateReader } from "./plate-reader.ts";
import type { PlateReading } from "./reading.ts";
import { unknownCountry } from "./unknown-country.ts";
import type { BoxedPlate, SeenVehicle, VehicleFrame } from "./vehicle-messages.ts";

/** A plate's rim and ground reach beyond its characters, in heights of a row: so much of them is shown with it. */
const RIM = 0.6;

export class VehiclePlateReading {
  readonly #anything: PlateReader;
  readonly #readers = new Map<string, PlateReader>();

  private constructor(anything: PlateReader) {
    this.#anything = anything;
  }

  /** Rejects as `PlateReader.open` does. */
  static async open(): Promise<VehiclePlateReading> {
    return new VehiclePlateReading(await PlateReader.open({ threads: 1, regions: [] }));
  }

  /** Fails with PICTURE_MISSING, PICTURE_UNREADABLE or PLATE_COUNTRY_UNKNOWN. */
  async look(vehicle: number, country: string, frames: readonly VehicleFrame[]): Promise<Result<SeenVehicle>> {
    const reader = this.#readerFor(country);
    if (reader === null) return failed(unknownCountry(country));
    const seen: BoxedPlate[][] = [];
    for (const { path, box } of frames) {
      const picture = await readPicture(path);
      if (!picture.ok) return picture;
      const vehicleBox = inPixels(box, picture.value);
      const { readings } = await reader.readVehicle(picture.value, vehicleBox);
      seen.push(readings.map((reading) => boxed(reading, vehicleBox, picture.value)));
    }
    return ok({ vehicle, frames: seen });
  }

  close(): Promise<void> {
    return this.#anything.close();
  }

  #readerFor(country: string): PlateReader | null {
    const known = this.#readers.get(country);
    if (known !== undefined) return known;
    const regions = regionsOf(country);
    if (regions === null) return null;
    const reader = this.#anything.expecting(regions);
    this.#readers.set(country, reader);
    return reader;
  }
}

function boxed(
  { text, confidence, evidence, country, layout, box }: PlateReading,
  vehicle: Box,
  picture: Picture,
): BoxedPlate {
  const [x, y, w, h] = box;
  const row = layout === "two-line" ? h / 2 : h;
  const left = Math.max(0, x - RIM * row);
  const top = Math.max(0, y - RIM * row);
  return {
    text,
    confidence,
    characterChances: [...evidence.characterChances],
    country,
    at: [(x + w / 2 - vehicle[0]) / vehicle[2], (y + h / 2 - vehicle[1]) / vehicle[3]],
    height_px: row,
    box: [
      left,
      top,
      Math.min(picture.width, x + w + RIM * row) - left,
      Math.min(picture.height, y + h + RIM * row) - top,
    ],
  };
}
