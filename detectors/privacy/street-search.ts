/** Who is in a picture, found with recall before precision: whoever is missed shows a face. */
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Picture } from "../detect/picture.ts";
import type { Detections, Detector } from "../inference/detector.ts";
import { loadNanodet } from "../inference/nanodet.ts";
import { loadTwoLooks } from "../inference/two-looks.ts";
import { createViewingDetector } from "../inference/views/viewing-detector.ts";
import { roadUserModelFile } from "../models/manifest.ts";
import type { Box } from "./region.ts";

export interface StreetUser {
  readonly class: VehicleClass;
  readonly score: number;
  readonly box: Box;
}

export interface StreetSearchSettings {
  /** Detections below are dropped, 0 to 1. */
  readonly score: number;
  /** A part of the picture is at most about so wide, and never larger than the picture; 0: the whole alone. */
  readonly part_px: number;
}

export const usualStreetSearch: StreetSearchSettings = { score: 0.15, part_px: 720 };

/** Of the network's input, for the whole as for each part. */
const INPUT_PX = 1024;
const FAR_PX = 288;
const OVERLAP = 0.2;
/** More parts make a look too slow, even of a picture in 4K. */
const MOST_PARTS = 4;

export class StreetSearch {
  readonly #whole: Detector;
  readonly #part: Detector;
  readonly #settings: StreetSearchSettings;
  /** Of the size that was seen last. */
  #parts: { readonly columns: number; readonly rows: number; readonly detector: Detector } | null = null;

  private constructor(whole: Detector, part: Detector, settings: StreetSearchSettings) {
    this.#whole = whole;
    this.#part = part;
    this.#settings = settings;
  }

  /** Rejects as `loadNanodet` does. */
  static async open(threads: number, settings: StreetSearchSettings = usualStreetSearch): Promise<StreetSearch> {
    const common = { threads, modelFile: roadUserModelFile() };
    const { score } = settings;
    const whole = await loadTwoLooks({
      ...common,
      closeSide_px: INPUT_PX,
      farSide_px: FAR_PX,
      closeThreshold: score,
      farThreshold: score,
    });
    const part = await loadNanodet({ ...common, longSide_px: INPUT_PX, scoreThreshold: score });
    return new StreetSearch(whole, part, settings);
  }

  /** By the whole picture first, then by its parts; the same road user may be named by both. */
  async look({ rgb, width, height }: Picture): Promise<StreetUser[]> {
    const users = listed(await this.#whole.detect(rgb, width, height));
    const parts = this.#partsFor(width, height);
    return parts === null ? users : [...users, ...listed(await parts.detect(rgb, width, height))];
  }

  async close(): Promise<void> {
    await this.#whole.close();
    await this.#part.close();
  }

  #partsFor(width: number, height: number): Detector | null {
    const { part_px, score } = this.#settings;
    if (part_px === 0) return null;
    const count = (side: number): number => Math.min(MOST_PARTS, Math.max(1, Math.round(side / part_px)));
    const [columns, rows] = [count(width), count(height * (16 / 9))];
    if (columns * rows === 1) return null;
    if (this.#parts?.columns !== columns || this.#parts.rows !== rows) {
      const detector = createViewingDetector(this.#part, {
        regions: [],
        tiles: { columns, rows, overlap: OVERLAP },
        inputSide_px: INPUT_PX,
        fromAbove: false,
        scoreThreshold: score,
      });
      this.#parts = { columns, rows, detector };
    }
    return this.#parts.detector;
  }
}

function listed({ count, boxes, scores, classes }: Detections): StreetUser[] {
  return Array.from({ length: count }, (_, i) => ({
    class: vehicleClasses[classes[i] as number] as VehicleClass,
    score: scores[i] as number,
    box: [...boxes.subarray(i * 4, i * 4 + 4)] as unknown as Box,
  }));
}
