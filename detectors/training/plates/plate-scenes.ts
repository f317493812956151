/** Pictures of plates with known text, drawn: on a bumper, seen at an angle, blurred, in noise. */
import sharp from "sharp";
import { type Homography, inverted, mappedX, mappedY } from "../../../core/geometry/homography.ts";
import type { Picture } from "../../detect/picture.ts";
import type { Quad } from "../../plates/quad.ts";
import { unitSquareTo } from "../../plates/rectify.ts";
import { letteredText } from "./lettering.ts";
import { strokedText } from "./plate-strokes.ts";

export interface DrawnPlate {
  /** From top to bottom, as printed. */
  readonly rows: readonly string[];
  readonly width_mm: number;
  readonly height_mm: number;
  readonly ground?: string;
  readonly ink?: string;
  /** Of Europe's blue band at the left. */
  readonly band?: string;
  /** A line of small print above the text. */
  readonly heading?: string;
  /** The same in white on a blue strip, as Mercosul's plates have it. */
  readonly strip?: string;
  /** Family of an installed font; absent: strokes, which are the same on every machine. */
  readonly font?: string;
}

/** Of one row; two rows share the plate's height. */
const ROW_SHARE = { one: 0.7, two: 0.38, underHeading: 0.47, twoUnderHeading: 0.3 } as const;
/** Of Mercosul's strip. */
const STRIP_SHARE = { one: 0.22, two: 0.17 } as const;
const SCALE = 2;

/** The plate as pixels, SCALE to a millimetre. */
async function drawnPlate(plate: DrawnPlate): Promise<Picture> {
  const [width, height] = [plate.width_mm * SCALE, plate.height_mm * SCALE];
  const { ground = "#f2f2f0", ink = "#141414" } = plate;
  const parts = [
    `<rect x="2" y="2" width="${width - 4}" height="${height - 4}" rx="${height * 0.06}" fill="${ground}" stroke="${ink}" stroke-width="4"/>`,
    ...band(plate, width, height),
    ...heading(plate, width, height, ink),
    ...rowBoxes(plate, width, height).map((box, i) => row(plate.rows[i] ?? "", box, ink, plate.font)),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join("")}</svg>`;
  const image = sharp(Buffer.from(svg)).flatten({ background: "#303030" }).removeAlpha();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height };
}

function band({ band: code }: DrawnPlate, width: number, height: number): string[] {
  if (code === undefined) return [];
  const across = width * 0.085;
  const box = { x: across * 0.15, y: height * 0.66, width: across * 0.7, height: height * 0.2 };
  return [
    `<rect x="3" y="3" width="${across}" height="${height - 6}" fill="#14399a"/>`,
    `<circle cx="${across / 2}" cy="${height * 0.34}" r="${height * 0.12}" fill="none" stroke="#fc0" stroke-width="4" stroke-dasharray="4 7"/>`,
    strokedText(code, box, "#fff"),
  ];
}

const row = (text: string, box: Parameters<typeof strokedText>[1], ink: string, font: string | undefined): string =>
  font === undefined ? strokedText(text, box, ink) : letteredText(text, box, ink, font);

function heading({ heading: text, strip, rows }: DrawnPlate, width: number, height: number, ink: string): string[] {
  if (strip !== undefined) {
    const deep = height * (rows.length > 1 ? STRIP_SHARE.two : STRIP_SHARE.one);
    return [
      `<rect x="3" y="3" width="${width - 6}" height="${deep}" fill="#1b3f94"/>`,
      strokedText(strip, { x: width * 0.3, y: deep * 0.27, width: width * 0.4, height: deep * 0.55 }, "#fff"),
    ];
  }
  if (text === undefined) return [];
  return [strokedText(text, { x: width * 0.2, y: height * 0.07, width: width * 0.6, height: height * 0.13 }, ink)];
}

function rowBoxes({ rows, band: code, heading: small, strip }: DrawnPlate, width: number, height: number) {
  const text = strip ?? small;
  const left = code === undefined ? width * 0.04 : width * 0.115;
  const across = width * 0.96 - left;
  if (rows.length === 1) {
    const tall = height * (text === undefined ? ROW_SHARE.one : ROW_SHARE.underHeading);
    const y = text === undefined ? (height - tall) / 2 : height * 0.33;
    return [{ x: left, y, width: across, height: tall }];
  }
  const top = text === undefined ? height * 0.08 : height * 0.25;
  const tall = text === undefined ? height * ROW_SHARE.two : height * ROW_SHARE.twoUnderHeading;
  const inset = across * 0.12;
  return [
    { x: left + inset, y: top, width: across - 2 * inset, height: tall },
    { x: left, y: top + tall + height * 0.08, width: across, height: tall },
  ];
}

export interface View {
  /** Height of the plate in the picture, pixels. */
  readonly height_px: number;
  /** Turn in the picture, shear and convergence; 0 is straight ahead. */
  readonly turn?: number;
  readonly shear?: number;
  readonly convergence?: number;
  readonly blur_px?: number;
  /** Largest deviation of a pixel by noise, 0 to 255. */
  readonly noise?: number;
  /** Of the light, 1 is full. */
  readonly brightness?: number;
}

export interface Scene {
  readonly picture: Picture;
  /** Where the plate's corners are. */
  readonly quad: Quad;
}

/** The plate in the middle of `background`, on a dark bumper. */
export async function plateScene(plate: DrawnPlate, view: View, background: Picture): Promise<Scene> {
  const drawn = await drawnPlate(plate);
  const quad = quadOf(plate, view, background);
  const rgb = Uint8Array.from(background.rgb);
  const scene = { rgb, width: background.width, height: background.height };
  const bumper = { rgb: Uint8Array.of(58, 60, 66), width: 1, height: 1 };
  paste(scene, bumper, quadOf(plate, { ...view, height_px: view.height_px * 1.5 }, background));
  paste(scene, drawn, quad);
  let image = sharp(rgb, { raw: { width: scene.width, height: scene.height, channels: 3 } });
  if ((view.blur_px ?? 0) >= 0.3) image = image.blur(view.blur_px);
  if (view.brightness !== undefined) image = image.modulate({ brightness: view.brightness });
  const lit = new Uint8Array(await image.raw().toBuffer());
  return { picture: { ...scene, rgb: noisy(lit, view.noise ?? 0) }, quad };
}

function quadOf({ width_mm, height_mm }: DrawnPlate, view: View, { width, height }: Picture): Quad {
  const { height_px, turn = 0, shear = 0, convergence = 0 } = view;
  const across = (height_px * width_mm) / height_mm;
  const at = (u: number, v: number) => {
    const y = v * height_px * (1 + convergence * u);
    const x = u * across + shear * y;
    return {
      x: width / 2 + x * Math.cos(turn) - y * Math.sin(turn),
      y: height / 2 + x * Math.sin(turn) + y * Math.cos(turn),
    };
  };
  return [at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5)];
}

/** Samples per pixel and axis. */
const FINE = 3;

/** Lays `patch` over `scene` inside the quad; edges are smooth. */
function paste(scene: Picture, patch: Picture, quad: Quad): void {
  const toPatch = inverted(Float64Array.of(...unitSquareTo(quad), 1));
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < Math.min(scene.height, Math.max(...ys)); y++) {
    for (let x = Math.max(0, Math.floor(Math.min(...xs))); x < Math.min(scene.width, Math.max(...xs)); x++) {
      blend(scene, (y * scene.width + x) * 3, samplesAt(patch, toPatch, x, y));
    }
  }
}

function samplesAt(patch: Picture, toPatch: Homography, x: number, y: number): number[] {
  const found: number[] = [];
  for (let sample = 0; sample < FINE * FINE; sample++) {
    const px = x + ((sample % FINE) + 0.5) / FINE;
    const py = y + (Math.floor(sample / FINE) + 0.5) / FINE;
    const [u, v] = [mappedX(toPatch, px, py), mappedY(toPatch, px, py)];
    if (u < 0 || v < 0 || u >= 1 || v >= 1) continue;
    found.push((Math.floor(v * patch.height) * patch.width + Math.floor(u * patch.width)) * 3);
  }
  return found.flatMap((at) => [patch.rgb[at] ?? 0, patch.rgb[at + 1] ?? 0, patch.rgb[at + 2] ?? 0]);
}

function blend({ rgb }: Picture, at: number, samples: readonly number[]): void {
  const count = samples.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    let sum = (rgb[at + channel] ?? 0) * (FINE * FINE - count);
    for (let i = channel; i < samples.length; i += 3) sum += samples[i] ?? 0;
    rgb[at + channel] = Math.round(sum / (FINE * FINE));
  }
}

/** The same noise every time: a linear congruential sequence (Park and Miller, 1988). */
function noisy(rgb: Uint8Array, most: number): Uint8Array {
  if (most === 0) return rgb;
  let state = 1;
  return rgb.map((value) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.min(255, Math.max(0, Math.round(value + (state / 1_073_741_823.5 - 1) * most)));
  });
}
