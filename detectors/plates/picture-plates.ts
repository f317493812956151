/** Reads the plates of picture files one after the other. Runs in the plate reading process. */
import { regionsOf } from "../../core/plates/countries/regions.ts";
import { ok, ProblemError, type Result } from "../../core/problems/problem.ts";
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { type Picture, readPicture } from "../detect/picture.ts";
import type { Detector } from "../inference/detector.ts";
import { loadRoadUsers } from "../inference/road-users.ts";
import type { Box } from "../picture-box.ts";
import type { PicturePlates } from "./messages.ts";
import { PlateReader } from "./plate-reader.ts";
import { unknownCountry } from "./unknown-country.ts";

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export class PicturePlateReading {
  readonly #vehicles: Detector;
  readonly #reader: PlateReader;

  private constructor(vehicles: Detector, reader: PlateReader) {
    this.#vehicles = vehicles;
    this.#reader = reader;
  }

  /** Rejects as `loadRoadUsers` and `PlateReader.open` do, and with PLATE_COUNTRY_UNKNOWN. */
  static async open(country?: string): Promise<PicturePlateReading> {
    const regions = regionsOf(country);
    if (regions === null) throw new ProblemError([unknownCountry(country ?? "")]);
    const vehicles = await loadRoadUsers({ threads: 1 });
    return new PicturePlateReading(vehicles, await PlateReader.open({ threads: 1, regions }));
  }

  /** Fails with PICTURE_MISSING or PICTURE_UNREADABLE. */
  async look(image: string): Promise<Result<PicturePlates>> {
    const picture = await readPicture(image);
    if (!picture.ok) return picture;
    const { readings } = await this.#reader.read(picture.value, await this.#vehicleBoxes(picture.value));
    const plates: PicturePlates["plates"] = [];
    const unreadable: PicturePlates["unreadable"] = [];
    for (const { text, readable, raw, confidence, country, layout, box } of readings) {
      const told = { raw, confidence: rounded(confidence, 4), layout, box: pixels(box) };
      if (readable) plates.push({ text, ...told, country });
      else unreadable.push(told);
    }
    return ok({ image, plates, unreadable });
  }

  async close(): Promise<void> {
    await this.#vehicles.close();
    await this.#reader.close();
  }

  async #vehicleBoxes({ rgb, width, height }: Picture): Promise<Box[]> {
    const { count, boxes, classes } = await this.#vehicles.detect(rgb, width, height);
    const found = Array.from({ length: count }, (_, i) => i).filter((i) => bearsPlate(classes[i] as number));
    return found.map((i) => [...boxes.subarray(i * 4, i * 4 + 4)] as unknown as Box);
  }
}

const plateless: readonly VehicleClass[] = ["bicycle", "pedestrian"];

const bearsPlate = (index: number): boolean => !plateless.includes(vehicleClasses[index] as VehicleClass);

const pixels = ([x, y, w, h]: Box): [number, number, number, number] => [
  rounded(x, 1),
  rounded(y, 1),
  rounded(w, 1),
  rounded(h, 1),
];
