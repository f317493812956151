/** Small pictures, made only when somebody asked. */
import sharp from "sharp";
import type { Frame } from "../decode/frame.ts";

const widest_px = 960;
const quality = 75;
/** Asked more often, the same picture is given again. */
const least_ms = 200;

// One core is for the detector.
sharp.concurrency(1);

export class StillCamera {
  #jpeg: Uint8Array<ArrayBuffer> | null = null;
  #taken_ms = Number.NEGATIVE_INFINITY;
  #wanted: ((jpeg: Uint8Array<ArrayBuffer> | null) => void)[] = [];

  /** `answer` is called with the next picture, or with null when there is none to come. */
  ask(now_ms: number, answer: (jpeg: Uint8Array<ArrayBuffer> | null) => void): void {
    if (this.#jpeg !== null && now_ms - this.#taken_ms < least_ms) answer(this.#jpeg);
    else this.#wanted.push(answer);
  }

  /** Every picture. Resolves when it may be overwritten. */
  async saw(frame: Frame): Promise<void> {
    if (this.#wanted.length === 0) return;
    const answers = this.#wanted;
    this.#wanted = [];
    const { rgb, width, height, arrival_ms } = frame;
    const picture = sharp(rgb, { raw: { width, height, channels: 3 } });
    this.#jpeg = await picture.resize({ width: widest_px, withoutEnlargement: true }).jpeg({ quality }).toBuffer();
    this.#taken_ms = arrival_ms;
    for (const answer of answers) answer(this.#jpeg);
  }

  /** The picture is gone. */
  forget(): void {
    this.#jpeg = null;
    for (const answer of this.#wanted.splice(0)) answer(null);
  }
}
