/** Looks at picture files one after the other. Runs in the detection process. */
import type { Result } from "../../core/problems/problem.ts";
import { ok } from "../../core/problems/problem.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Detections, Detector } from "../inference/detector.ts";
import type { Detection, PictureDetections } from "./messages.ts";
import { type Picture, readPicture } from "./picture.ts";

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

function listOf({ count, boxes, scores, classes }: Detections): Detection[] {
  return Array.from({ length: count }, (_, i) => ({
    class: vehicleClasses[classes[i] as number] as (typeof vehicleClasses)[number],
    score: rounded(scores[i] as number, 4),
    box: [0, 1, 2, 3].map((side) => rounded(boxes[i * 4 + side] as number, 1)) as Detection["box"],
  }));
}

/** Detects in files with one detector; the first picture of each size is looked at twice and timed the second time. */
export class PictureDetection {
  readonly #detector: Detector;
  #warmFor = "";

  constructor(detector: Detector) {
    this.#detector = detector;
  }

  /** Fails with PICTURE_MISSING or PICTURE_UNREADABLE. */
  async look(image: string): Promise<Result<PictureDetections>> {
    const picture = await readPicture(image);
    if (!picture.ok) return picture;
    await this.#warmUp(picture.value);
    const { rgb, width, height } = picture.value;
    const start = performance.now();
    const found = await this.#detector.detect(rgb, width, height);
    const ms = rounded(performance.now() - start, 2);
    return ok({ image, detections: listOf(found), ms });
  }

  async #warmUp({ rgb, width, height }: Picture): Promise<void> {
    const size = `${width}x${height}`;
    if (size === this.#warmFor) return;
    await this.#detector.detect(rgb, width, height);
    this.#warmFor = size;
  }
}
