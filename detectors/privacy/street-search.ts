/** Who is in a picture, found with recall before precision: whoever is missed shows a face. */
import { iou } from "../../core/geometry/box.ts";
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Picture } from "../detect/picture.ts";
import type { Detections, Detector } from "../inference/detector.ts";
import { loadNanodet } from "../inference/nanodet.ts";
import { loadTwoLooks } from "../inference/two-looks.ts";
import { createViewingDetector } from "../inference/views/viewing-detector.ts";
import { originalModelFile, roadUserModelFile } from "../models/manifest.ts";
import { groupOfClass } from "../track/class-group.ts";
import type { Box } from "./region.ts";

export interface StreetUser {
  readonly class: VehicleClass;
  readonly score: number;
  readonly box: Box;
}

/**
 * Least score by the height of the box, as a share of the picture's: a weak box that is small costs little, one that is
 * large hides a street, and large people are seen surely.
 */
const scores = { small: { height: 0.08, score: 0.12 }, large: { height: 0.4, score: 0.4 } } as const;

/** A person is higher than wide by this, sitting or behind a fence as well; what is not must be seen surely. */
const UPRIGHT = 1.2;

export function leastScore({ class: kind, box: [, , w, h] }: Omit<StreetUser, "score">, pictureHeight: number): number {
  const { small, large } = scores;
  if (kind === "pedestrian" && h < UPRIGHT * w) return large.score;
  const share = Math.min(1, Math.max(0, (h / pictureHeight - small.height) / (large.height - small.height)));
  return small.score + (large.score - small.score) * share;
}

/** Longer side of the networks' input, for the whole as for each part. */
const INPUT_PX = 1024;
const FAR_PX = 288;
/** A part is about so wide; more parts than the most make a look too slow, even of a picture in 4K. */
const part = { wide_px: 720, overlap: 0.2, most: 4 } as const;
/** Two boxes of one kind of body that overlap by more are one road user. */
const SAME_IOU = 0.6;

interface Parts {
  readonly columns: number;
  readonly rows: number;
  readonly detector: Detector;
}

export class StreetSearch {
  readonly #whole: Detector;
  readonly #second: Detector;
  readonly #part: Detector;
  /** For the size of picture that was seen last. */
  #parts: Parts | null = null;

  private constructor(whole: Detector, second: Detector, part: Detector) {
    this.#whole = whole;
    this.#second = second;
    this.#part = part;
  }

  /** Rejects as `loadNanodet` does. */
  static async open(threads: number): Promise<StreetSearch> {
    const modelFile = roadUserModelFile();
    const least = scores.small.score;
    const common = { threads, longSide_px: INPUT_PX, scoreThreshold: least };
    const whole = await loadTwoLooks({
      threads,
      modelFile,
      closeSide_px: INPUT_PX,
      farSide_px: FAR_PX,
      closeThreshold: least,
      farThreshold: least,
    });
    const second = await loadNanodet({ ...common, modelFile: originalModelFile() });
    return new StreetSearch(whole, second, await loadNanodet({ ...common, modelFile }));
  }

  /**
   * `thorough`: also in parts of the picture, where small heads are larger, and by the network from before it learned
   * motorcycles, which keeps people that the other lost. By falling score.
   */
  async look({ rgb, width, height }: Picture, thorough: boolean): Promise<StreetUser[]> {
    const users = listed(await this.#whole.detect(rgb, width, height));
    if (thorough) {
      users.push(...listed(await this.#second.detect(rgb, width, height)));
      const parts = this.#partsFor(width, height);
      if (parts !== null) users.push(...listed(await parts.detector.detect(rgb, width, height)));
    }
    return apart(users.filter((user) => user.score >= leastScore(user, height)));
  }

  async close(): Promise<void> {
    await this.#whole.close();
    await this.#second.close();
    await this.#part.close();
  }

  /** Null when the whole is no larger than a part. */
  #partsFor(width: number, height: number): Parts | null {
    const count = (wide_px: number): number => Math.min(part.most, Math.max(1, Math.round(wide_px / part.wide_px)));
    // A part is as much wider than high as a usual picture is.
    const [columns, rows] = [count(width), count((height * 16) / 9)];
    if (columns * rows === 1) return null;
    if (this.#parts?.columns !== columns || this.#parts.rows !== rows) {
      const tiles = { columns, rows, overlap: part.overlap };
      const views = {
        regions: [],
        tiles,
        inputSide_px: INPUT_PX,
        fromAbove: false,
        scoreThreshold: scores.small.score,
      };
      this.#parts = { columns, rows, detector: createViewingDetector(this.#part, views) };
    }
    return this.#parts;
  }
}

function listed({ count, boxes, scores: found, classes }: Detections): StreetUser[] {
  return Array.from({ length: count }, (_, i) => ({
    class: vehicleClasses[classes[i] as number] as VehicleClass,
    score: found[i] as number,
    box: [...boxes.subarray(i * 4, i * 4 + 4)] as unknown as Box,
  }));
}

/** Without those that say of a road user what a better box says already. */
function apart(users: readonly StreetUser[]): StreetUser[] {
  const kept: StreetUser[] = [];
  for (const user of [...users].sort((a, b) => b.score - a.score)) {
    const again = (other: StreetUser): boolean =>
      groupOfClass(other.class) === groupOfClass(user.class) && iou(other.box, 0, user.box, 0) > SAME_IOU;
    if (!kept.some(again)) kept.push(user);
  }
  return kept;
}
