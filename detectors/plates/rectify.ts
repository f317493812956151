/** Straightens a four-sided patch of a picture into a rectangle. */
import type { Picture } from "../detect/picture.ts";
import { heightOf, type Quad, widthOf } from "./quad.ts";

/**
 * Projective map from the unit square to a quad, as eight numbers: x = (a u + b v + c) / (g u + h v + 1), y likewise
 * with d, e, f. Heckbert, "Fundamentals of Texture Mapping and Image Warping" (1989), section 2.2.3.
 */
export function unitSquareTo([p0, p1, p2, p3]: Quad): readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
] {
  const sx = p0.x - p1.x + p2.x - p3.x;
  const sy = p0.y - p1.y + p2.y - p3.y;
  const dx1 = p1.x - p2.x;
  const dx2 = p3.x - p2.x;
  const dy1 = p1.y - p2.y;
  const dy2 = p3.y - p2.y;
  const across = dx1 * dy2 - dx2 * dy1;
  const g = across === 0 ? 0 : (sx * dy2 - dx2 * sy) / across;
  const h = across === 0 ? 0 : (dx1 * sy - sx * dy1) / across;
  const a = p1.x - p0.x + g * p1.x;
  const b = p3.x - p0.x + h * p3.x;
  const d = p1.y - p0.y + g * p1.y;
  const e = p3.y - p0.y + h * p3.y;
  return [a, b, p0.x, d, e, p0.y, g, h];
}

/** More samples per pixel than this change nothing that a reader could see. */
const MOST_SAMPLES = 4;

/**
 * The patch as width x height pixels, RGB, bilinear; where the patch is larger than that, the mean of a grid of samples.
 * Beyond the picture its edge pixels go on.
 */
export function rectified(picture: Picture, quad: Quad, width: number, height: number): Picture {
  const [a, b, c, d, e, f, g, h] = unitSquareTo(quad);
  const across = Math.min(MOST_SAMPLES, Math.max(1, Math.round(widthOf(quad) / width)));
  const down = Math.min(MOST_SAMPLES, Math.max(1, Math.round(heightOf(quad) / height)));
  const rgb = new Uint8Array(width * height * 3);
  const sum = new Float64Array(3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      for (let j = 0; j < down; j++) {
        const v = (y + (j + 0.5) / down) / height;
        for (let i = 0; i < across; i++) {
          const u = (x + (i + 0.5) / across) / width;
          const w = g * u + h * v + 1;
          addBilinear(picture, (a * u + b * v + c) / w - 0.5, (d * u + e * v + f) / w - 0.5, sum);
        }
      }
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        rgb[at + channel] = Math.round((sum[channel] as number) / (across * down));
      }
    }
  }
  return { rgb, width, height };
}

function addBilinear({ rgb, width, height }: Picture, x: number, y: number, sum: Float64Array): void {
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const right = x0 < width - 1 ? 3 : 0;
  const below = y0 < height - 1 ? width * 3 : 0;
  const fx = cx - x0;
  const fy = cy - y0;
  const at = (y0 * width + x0) * 3;
  for (let channel = 0; channel < 3; channel++) {
    const i = at + channel;
    const upper = (rgb[i] as number) * (1 - fx) + (rgb[i + right] as number) * fx;
    const lower = (rgb[i + below] as number) * (1 - fx) + (rgb[i + below + right] as number) * fx;
    sum[channel] = (sum[channel] as number) + upper * (1 - fy) + lower * fy;
  }
}
