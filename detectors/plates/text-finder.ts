/** Finds lines of text in a picture or a part of it: the detection network of PP-OCRv4. */
import { type InferenceSession, Tensor } from "onnxruntime-node";
import sharp from "sharp";
import type { Picture } from "../detect/picture.ts";
import { moved } from "./quad.ts";
import { openShipped, textFinder } from "./text-models.ts";
import { type TextRegion, textRegions } from "./text-regions.ts";

/** A rectangle of the picture, whole pixels. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The network halves its picture five times. */
const MULTIPLE_PX = 32;
/** ImageNet's statistics, given to the channels in the order blue, green, red, as PaddleOCR does. */
const mean = [0.485, 0.456, 0.406] as const;
const std = [0.229, 0.224, 0.225] as const;

const snapped = (value: number): number => Math.max(MULTIPLE_PX, Math.round(value / MULTIPLE_PX) * MULTIPLE_PX);

export class TextFinder {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  /** Rejects as `openShipped` does. */
  static async open(threads: number): Promise<TextFinder> {
    return new TextFinder(await openShipped(textFinder, threads));
  }

  /** Lines of text inside `window`, which is looked at with `longSide_px` for its longer side; quads in picture pixels. */
  async find(picture: Picture, window: Window, longSide_px: number): Promise<TextRegion[]> {
    const scale = longSide_px / Math.max(window.width, window.height);
    const width = snapped(window.width * scale);
    const height = snapped(window.height * scale);
    const pixels = await resized(picture, window, width, height);
    const input = new Tensor("float32", planes(pixels, width * height), [1, 3, height, width]);
    const name = this.#session.inputNames[0] as string;
    const answer = await this.#session.run({ [name]: input });
    const values = answer[this.#session.outputNames[0] as string]?.data as Float32Array;
    const across = window.width / width;
    const down = window.height / height;
    return textRegions({ values, width, height }).map(({ quad, score, cut }) => ({
      // Both scales differ by less than a multiple's share; text keeps its shape within a few percent.
      quad: moved(stretched(quad, down / across), across, window.x, window.y),
      score,
      cut,
    }));
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}

const stretched = (quad: TextRegion["quad"], down: number): TextRegion["quad"] => {
  const [a, b, c, d] = quad;
  const stretch = ({ x, y }: { x: number; y: number }): { x: number; y: number } => ({ x, y: y * down });
  return [stretch(a), stretch(b), stretch(c), stretch(d)];
};

function resized({ rgb, width, height }: Picture, window: Window, toWidth: number, toHeight: number): Promise<Buffer> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .extract({ left: window.x, top: window.y, width: window.width, height: window.height })
    .resize(toWidth, toHeight, { fit: "fill", kernel: toWidth > window.width ? "cubic" : "linear" })
    .raw()
    .toBuffer();
}

/** Interleaved RGB bytes to normalised planes of blue, green and red. */
function planes(rgb: Uint8Array, pixels: number): Float32Array {
  const out = new Float32Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    const factor = 1 / (255 * (std[channel] as number));
    const shift = (mean[channel] as number) / (std[channel] as number);
    for (let i = 0; i < pixels; i++) out[channel * pixels + i] = (rgb[i * 3 + 2 - channel] as number) * factor - shift;
  }
  return out;
}
