/**
 * Takes a part of a picture away for good. Of all its pixels a few means remain, coarsely rounded, and a smooth change
 * from one to the next is drawn over them: pictures that agree in these means come out alike, whatever face or text they
 * showed. Blurring alone can be undone, being a known sum of neighbours, and so can fine blocks, by trying texts until
 * their blocks fit (Hill, Zhou, Saul and Shacham, "On the (In)effectiveness of Mosaicing and Blurring", PETS 2016); with
 * fewer blocks than characters and steps this coarse there is too little left to try anything on. The blocks follow what
 * they hide, so a moving plate does not show a fixed grid ever new parts of itself.
 */
import type { Box } from "./region.ts";

/** Bytes of one picture or of one of its planes, row major. */
export interface Plane {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Bytes of one pixel. */
  readonly channels: number;
}

/** Blocks along the longer side of a region. */
export const BLOCKS = 3;
/** Means are rounded to the middle of steps of this size. */
export const STEP = 16;

/** Reused for every region: the means of one channel. */
const means = new Float64Array(BLOCKS * BLOCKS);

/** Erases what of `box` lies in the plane; does nothing when none does. */
export function erase(plane: Plane, box: Box): void {
  const left = Math.max(0, Math.floor(box[0]));
  const top = Math.max(0, Math.floor(box[1]));
  const right = Math.min(plane.width, Math.ceil(box[0] + box[2]));
  const bottom = Math.min(plane.height, Math.ceil(box[1] + box[3]));
  if (right <= left || bottom <= top) return;
  const [width, height] = [right - left, bottom - top];
  const longer = Math.max(width, height);
  const columns = Math.min(width, Math.max(1, Math.round((BLOCKS * width) / longer)));
  const rows = Math.min(height, Math.max(1, Math.round((BLOCKS * height) / longer)));
  const patch = { left, top, width, height, columns, rows };
  for (let channel = 0; channel < plane.channels; channel++) {
    gather(plane, patch, channel);
    spread(plane, patch, channel);
  }
}

interface Patch {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

function gather({ bytes, width, channels }: Plane, patch: Patch, channel: number): void {
  for (let row = 0; row < patch.rows; row++) {
    const from = patch.top + Math.floor((row * patch.height) / patch.rows);
    const to = patch.top + Math.floor(((row + 1) * patch.height) / patch.rows);
    for (let column = 0; column < patch.columns; column++) {
      const start = patch.left + Math.floor((column * patch.width) / patch.columns);
      const end = patch.left + Math.floor(((column + 1) * patch.width) / patch.columns);
      let sum = 0;
      for (let y = from; y < to; y++) {
        for (let x = start; x < end; x++) sum += bytes[(y * width + x) * channels + channel] as number;
      }
      const mean = sum / ((to - from) * (end - start));
      means[row * BLOCKS + column] = Math.floor(mean / STEP) * STEP + STEP / 2;
    }
  }
}

/** Bilinear between the middles of the blocks, and level beyond the outermost. */
function spread({ bytes, width, channels }: Plane, patch: Patch, channel: number): void {
  for (let y = 0; y < patch.height; y++) {
    const v = Math.min(Math.max(((y + 0.5) * patch.rows) / patch.height - 0.5, 0), patch.rows - 1);
    const row = Math.min(Math.floor(v), Math.max(patch.rows - 2, 0));
    const below = Math.min(row + 1, patch.rows - 1);
    for (let x = 0; x < patch.width; x++) {
      const u = Math.min(Math.max(((x + 0.5) * patch.columns) / patch.width - 0.5, 0), patch.columns - 1);
      const column = Math.min(Math.floor(u), Math.max(patch.columns - 2, 0));
      const beside = Math.min(column + 1, patch.columns - 1);
      const upper = between(row, column, beside, u - column);
      const lower = between(below, column, beside, u - column);
      bytes[((patch.top + y) * width + patch.left + x) * channels + channel] = upper + (lower - upper) * (v - row);
    }
  }
}

function between(row: number, column: number, beside: number, share: number): number {
  const a = means[row * BLOCKS + column] as number;
  return a + ((means[row * BLOCKS + beside] as number) - a) * share;
}
