/**
 * When vehicles of the shared junction video reach a line, by boxes that are not ours: another detector's (YOLO), joined frame
 * by frame where they overlap most. The lower edge of an oncoming vehicle's box is where its front meets the road.
 */
import { readFileSync } from "node:fs";
import { sharedFolder } from "./peers.ts";

interface Box {
  readonly frame: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Reached {
  /** From the first picture. */
  readonly t_s: number;
  /** Of the box's middle, in pixels. */
  readonly x_px: number;
}

const frames_per_s = 30;
const vehicles = ["car", "truck", "bus", "motorbike"];

function boxesByFrame(): ReadonlyMap<number, readonly Box[]> {
  const rows = readFileSync(`${sharedFolder}data/vision/videos/junction-a.detections.csv`, "utf8").trim().split("\n");
  const frames = new Map<number, Box[]>();
  for (const row of rows.slice(1)) {
    const [frame, name = "", confidence, ...sides] = row.split(",");
    const [x = 0, y = 0, w = 0, h = 0] = sides.map(Number);
    if (!vehicles.includes(name) || Number(confidence) < 0.5) continue;
    const box = { frame: Number(frame), x, y, w, h };
    frames.set(box.frame, [...(frames.get(box.frame) ?? []), box]);
  }
  return frames;
}

function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  if (wide <= 0 || high <= 0) return 0;
  return (wide * high) / (a.w * a.h + b.w * b.h - wide * high);
}

const foot = ({ y, h }: Box): number => y + h;

/** Every time a box's lower edge passes `y_px` downwards between `from_px` and `to_px`. */
export function reachedBy(y_px: number, from_px: number, to_px: number): readonly Reached[] {
  const frames = boxesByFrame();
  const reached: Reached[] = [];
  for (const [frame, boxes] of frames) {
    const before = frames.get(frame - 1) ?? [];
    for (const box of boxes) {
      const last = before.toSorted((a, b) => overlap(b, box) - overlap(a, box))[0];
      if (last === undefined || overlap(last, box) < 0.5 || foot(last) >= y_px || foot(box) < y_px) continue;
      const x_px = box.x + box.w / 2;
      const share = (y_px - foot(last)) / (foot(box) - foot(last));
      // Frames are numbered from 1.
      if (x_px > from_px && x_px < to_px) reached.push({ t_s: (frame - 2 + share) / frames_per_s, x_px });
    }
  }
  return reached.toSorted((a, b) => a.t_s - b.t_s);
}
