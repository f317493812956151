/** Reads one line of text: the recognition network of PP-OCRv4, its answers narrowed to plate characters. */
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { isSeparator, meaningsOf } from "../../core/plates/glyphs.ts";
import { type Lattice, latticeWidth } from "../../core/plates/lattice.ts";
import { symbolCount, symbolIndex } from "../../core/plates/symbols.ts";
import type { Picture } from "../detect/picture.ts";
import { openShipped, readerAlphabet, readShipped, textReader } from "./text-models.ts";

/** The reader's own height; its width is free. */
export const READER_HEIGHT = 48;
const LEAST_WIDTH = 64;
const MOST_WIDTH = 640;
/** The network answers once for so many columns. */
const COLUMNS_PER_STEP = 8;
/** No plate character is ever ruled out altogether. */
const FLOOR = 1e-6;
/** Of the chance that a sign is none of ours, this share says that nothing new begins. */
const STRANGER_IS_BLANK = 0.5;

export interface ReadLine {
  readonly lattice: Lattice;
  /** What the network read freely, separators and strange signs included. */
  readonly raw: string;
  /** Mean chance of those signs, 0 to 1; 0 when there are none. */
  readonly sureness: number;
}

/** Where one output of the network goes: pairs of place in a lattice row and share. */
interface Route {
  readonly places: Int32Array;
  readonly shares: Float64Array;
  readonly known: boolean;
}

export class LineReader {
  readonly #session: InferenceSession;
  readonly #signs: readonly string[];
  readonly #routes: readonly Route[];

  private constructor(session: InferenceSession, signs: readonly string[]) {
    this.#session = session;
    this.#signs = signs;
    this.#routes = signs.map(routeOf);
  }

  /** Rejects as `openShipped` does. */
  static async open(threads: number): Promise<LineReader> {
    const text = new TextDecoder().decode(await readShipped(readerAlphabet));
    // Output 0 is the blank and the last one the space, as PaddleOCR's label decoder has them.
    const signs = [
      "",
      ...text
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => line.replace(/\r$/, "")),
      " ",
    ];
    return new LineReader(await openShipped(textReader, threads), signs);
  }

  /** The width at which a line of this shape is read, pixels. */
  static widthFor(aspect: number): number {
    const wanted = Math.ceil((READER_HEIGHT * aspect) / COLUMNS_PER_STEP) * COLUMNS_PER_STEP;
    return Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, wanted));
  }

  /** `line`: upright text, READER_HEIGHT pixels high, `widthFor` wide. */
  async read({ rgb, width }: Picture): Promise<ReadLine> {
    const input = new Tensor("float32", planes(rgb, READER_HEIGHT * width), [1, 3, READER_HEIGHT, width]);
    const answer = await this.#session.run({ [this.#session.inputNames[0] as string]: input });
    const output = answer[this.#session.outputNames[0] as string] as Tensor;
    const [, steps = 0, signs = 0] = output.dims;
    return this.#narrowed(output.data as Float32Array, steps, signs);
  }

  close(): Promise<void> {
    return this.#session.release();
  }

  #narrowed(answers: Float32Array, steps: number, signs: number): ReadLine {
    const chances = new Float64Array(steps * latticeWidth);
    let raw = "";
    let sum = 0;
    let last = 0;
    for (let step = 0; step < steps; step++) {
      const row = chances.subarray(step * latticeWidth, (step + 1) * latticeWidth);
      const best = this.#spread(answers, step * signs, signs, row);
      const chance = answers[step * signs + best] as number;
      if (best !== 0 && best !== last) {
        raw += this.#signs[best] ?? "";
        sum += chance;
      }
      last = best;
    }
    return { lattice: { steps, chances }, raw, sureness: raw === "" ? 0 : sum / [...raw].length };
  }

  /** Shares one step's chances out over a lattice row; returns the likeliest output. */
  #spread(answers: Float32Array, at: number, signs: number, row: Float64Array): number {
    let strange = 0;
    let best = 0;
    for (let sign = 0; sign < signs; sign++) {
      const chance = answers[at + sign] as number;
      if (chance > (answers[at + best] as number)) best = sign;
      if (chance < FLOOR) continue;
      const { places, shares, known } = this.#routes[sign] ?? stranger;
      if (!known) strange += chance;
      for (let i = 0; i < places.length; i++) {
        const place = places[i] as number;
        row[place] = (row[place] as number) + chance * (shares[i] as number);
      }
    }
    row[0] = (row[0] as number) + strange * STRANGER_IS_BLANK;
    const floor = FLOOR + (strange * (1 - STRANGER_IS_BLANK)) / symbolCount;
    let total = 0;
    for (let i = 0; i < row.length; i++) {
      row[i] = (row[i] as number) + floor;
      total += row[i] as number;
    }
    for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) / total;
    return best;
  }
}

const stranger: Route = { places: new Int32Array(0), shares: new Float64Array(0), known: false };

function routeOf(sign: string, index: number): Route {
  if (index === 0 || isSeparator(sign)) return { places: Int32Array.of(0), shares: Float64Array.of(1), known: true };
  const meanings = meaningsOf(sign);
  if (meanings.length === 0) return stranger;
  return {
    places: Int32Array.from(meanings, ({ symbol }) => symbolIndex(symbol) + 1),
    shares: Float64Array.from(meanings, ({ share }) => share),
    known: true,
  };
}

/** Interleaved RGB bytes to planes of blue, green and red from -1 to 1. */
function planes(rgb: Uint8Array, pixels: number): Float32Array {
  const out = new Float32Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < pixels; i++) out[channel * pixels + i] = (rgb[i * 3 + 2 - channel] as number) / 127.5 - 1;
  }
  return out;
}
