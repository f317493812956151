/** Puts boxes and their classes among the candidates; every head ends here. */
import type { Candidates } from "../candidates.ts";
import type { Letterbox } from "../letterbox.ts";
import type { Wanted } from "./head.ts";

/**
 * Adds a box given by its centre and size in input pixels, cut at the frame's edges. What lies outside the frame is
 * left out.
 */
export function addCentred(
  out: Candidates,
  box: Letterbox,
  x: number,
  y: number,
  w: number,
  h: number,
  score: number,
  vehicleClass: number,
): void {
  const { scaleX, scaleY } = box;
  addCorners(
    out,
    box,
    (x - w / 2) * scaleX,
    (y - h / 2) * scaleY,
    (x + w / 2) * scaleX,
    (y + h / 2) * scaleY,
    score,
    vehicleClass,
  );
}

/** The same for corners in frame pixels. */
export function addCorners(
  out: Candidates,
  { frameWidth, frameHeight }: Letterbox,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  score: number,
  vehicleClass: number,
): void {
  const left = Math.max(0, x0);
  const top = Math.max(0, y0);
  const right = Math.min(frameWidth, x1);
  const bottom = Math.min(frameHeight, y1);
  // Written so that a box that is not a number is left out too.
  if (!(right > left && bottom > top)) return;
  const { count, corners } = out;
  corners[count * 4] = left;
  corners[count * 4 + 1] = top;
  corners[count * 4 + 2] = right;
  corners[count * 4 + 3] = bottom;
  out.scores[count] = score;
  out.classes[count] = vehicleClass;
  out.count = count + 1;
}

/** Which wanted class scores best, where class c stands at `start + c * step`. */
export function bestWanted(values: Float32Array, start: number, step: number, { indices }: Wanted): number {
  let best = 0;
  for (let w = 1; w < indices.length; w++) {
    const better = values[start + (indices[w] as number) * step] as number;
    if (better > (values[start + (indices[best] as number) * step] as number)) best = w;
  }
  return best;
}
