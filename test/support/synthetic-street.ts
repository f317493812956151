/** A street from straight above, drawn: what moves on it, in which light, and where everything truly is. */
import { Seeded } from "./seeded.ts";

export type Box = readonly [x: number, y: number, w: number, h: number];
type Colour = readonly [red: number, green: number, blue: number];

export interface Mover {
  readonly size: readonly [w: number, h: number];
  readonly colour: Colour;
  /** Top left corner at a time in seconds; null while it is not there. */
  readonly at: (t_s: number) => readonly [x: number, y: number] | null;
  /** Cast to the right and down, so many pixels long. */
  readonly shadow?: number;
  /** A band across it, at this share of its height, of the road's own colour: a windscreen that mirrors it. */
  readonly windscreen?: readonly [from: number, to: number];
}

export interface StreetOptions {
  readonly width: number;
  readonly height: number;
  readonly movers: readonly Mover[];
  /** Brightness of everything at a time; 1 is usual. */
  readonly light?: (t_s: number) => number;
  /** How many pixels the camera points aside at a time. */
  readonly shake?: (t_s: number) => readonly [x: number, y: number];
  /** Standard deviation of the sensor's noise, in grey levels. */
  readonly noise?: number;
}

const road: Colour = [96, 98, 100];
const marking: Colour = [205, 205, 200];
const shade = 0.66;
/** Drawn beforehand: chance is dear, and a table of this size shows no pattern. */
const noises = 1 << 16;
/** Beyond the picture on each side, so that a shaking camera sees road there. */
const beyond = 8;

export class SyntheticStreet {
  readonly #options: StreetOptions;
  readonly #ground: Float32Array;
  readonly #painted: Float32Array;
  readonly #groundWidth: number;
  readonly #noise = new Float32Array(noises);
  readonly #random: Seeded;
  readonly rgb: Uint8Array;

  constructor(options: StreetOptions, seed = 1) {
    this.#options = options;
    this.#random = new Seeded(seed);
    this.#groundWidth = options.width + 2 * beyond;
    const pixels = this.#groundWidth * (options.height + 2 * beyond);
    this.#ground = new Float32Array(pixels * 3);
    this.#painted = new Float32Array(pixels * 3);
    this.rgb = new Uint8Array(options.width * options.height * 3);
    for (let p = 0; p < pixels; p++) this.#pave(p);
    // The sum of three even chances is near enough to a bell of deviation 1/2.
    for (let i = 0; i < noises; i++)
      this.#noise[i] = 2 * (this.#random.next() + this.#random.next() + this.#random.next() - 1.5);
  }

  /** Coarse asphalt, and a broken line every 80 pixels. */
  #pave(p: number): void {
    const x = p % this.#groundWidth;
    const y = Math.floor(p / this.#groundWidth);
    const isMarking = x % 80 < 3 && y % 40 < 22;
    const grain = this.#random.between(-9, 9);
    for (let channel = 0; channel < 3; channel++) {
      this.#ground[p * 3 + channel] = ((isMarking ? marking : road)[channel] ?? 0) + grain;
    }
  }

  /** Where the movers are, the parts in the picture alone; in the order of the movers, without those that are not there. */
  truth(t_s: number): Box[] {
    const { width, height, movers } = this.#options;
    return movers.flatMap(({ size, at }) => {
      const place = at(t_s);
      if (place === null) return [];
      const [left, top] = [Math.max(0, place[0]), Math.max(0, place[1])];
      const [right, bottom] = [Math.min(width, place[0] + size[0]), Math.min(height, place[1] + size[1])];
      return right > left && bottom > top ? [[left, top, right - left, bottom - top] as const] : [];
    });
  }

  /** The picture at a time, in `rgb`; call with times in order, the noise goes on. */
  draw(t_s: number): Uint8Array {
    const { width, height, movers, light, shake, noise = 2 } = this.#options;
    this.#painted.set(this.#ground);
    for (const mover of movers) this.#shade(mover, t_s);
    for (const mover of movers) this.#paint(mover, t_s);
    const brightness = light?.(t_s) ?? 1;
    const [aside, down] = shake?.(t_s) ?? [0, 0];
    for (let y = 0, out = 0; y < height; y++) {
      let from = ((y + beyond + down) * this.#groundWidth + beyond + aside) * 3;
      let chance = this.#random.below(noises);
      for (let i = 0; i < width * 3; i++, out++, from++, chance++) {
        const value = (this.#painted[from] as number) * brightness + noise * (this.#noise[chance % noises] as number);
        this.rgb[out] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
    return this.rgb;
  }

  #each([x, y, w, h]: Box, change: (at: number) => void): void {
    const rows = this.#painted.length / 3 / this.#groundWidth;
    for (let row = Math.max(0, Math.round(y) + beyond); row < Math.min(rows, Math.round(y + h) + beyond); row++) {
      const end = Math.min(this.#groundWidth, Math.round(x + w) + beyond);
      for (let column = Math.max(0, Math.round(x) + beyond); column < end; column++) {
        for (let channel = 0; channel < 3; channel++) change((row * this.#groundWidth + column) * 3 + channel);
      }
    }
  }

  #shade({ size, at, shadow = 0 }: Mover, t_s: number): void {
    const place = at(t_s);
    if (place === null || shadow === 0) return;
    this.#each([place[0] + shadow, place[1] + shadow, ...size], (i) => {
      this.#painted[i] = Math.max((this.#ground[i] ?? 0) * shade, (this.#painted[i] ?? 0) * shade);
    });
  }

  #paint({ size: [w, h], colour, at, windscreen }: Mover, t_s: number): void {
    const place = at(t_s);
    if (place === null) return;
    const [x, y] = place;
    this.#each([x, y, w, h], (i) => {
      this.#painted[i] = colour[i % 3] ?? 0;
    });
    if (windscreen === undefined) return;
    const [from, to] = windscreen;
    this.#each([x, y + from * h, w, (to - from) * h], (i) => {
      this.#painted[i] = this.#ground[i] ?? 0;
    });
  }
}

/** Straight down the picture at a column, from above its upper edge; `speed` in pixels a second. */
export const drivesDown =
  (x: number, height: number, from_s: number, speed: number) =>
  (t_s: number): readonly [number, number] | null =>
    t_s < from_s ? null : [x, (t_s - from_s) * speed - height];
