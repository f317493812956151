/** Which vehicles do not show where they meet the road: another one stands before them, or the picture ends. */
import { classGroup, onFoot } from "../track/class-group.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";

/** The lowest part of a box, and how much of it may be covered: wheels show through gaps. */
const contact = 0.2;
const covered = 0.3;
/** Nearer than this to the picture's edge, in shares of its side, a box is cut off. */
const edge = 0.004;

/** Is the foot of this slot's box a guess? `width` and `height` are the picture's, in pixels. */
export function isHidden(tracker: Tracker, slot: number, width: number, height: number): boolean {
  const { boxes } = tracker;
  const at = slot * 4;
  const [x, y, w, h] = [boxes[at] ?? 0, boxes[at + 1] ?? 0, boxes[at + 2] ?? 0, boxes[at + 3] ?? 0];
  if (x < edge * width || x + w > (1 - edge) * width || y + h > (1 - edge) * height) return true;
  const top = y + h * (1 - contact);
  for (let other = 0; other < trackCapacity; other += 1) {
    if (other === slot || tracker.ids[other] === 0 || tracker.seen[other] === 0 || !tracker.proved(other)) continue;
    if (stands(tracker, other) <= y + h) continue;
    if (coveredBy(boxes, other * 4, x, top, x + w, y + h) > covered * w * (y + h - top)) return true;
  }
  return false;
}

/** Lower in the picture is nearer to the camera. Someone on foot beside a vehicle hides little of it. */
function stands(tracker: Tracker, slot: number): number {
  if (classGroup(tracker.classOf(slot)) === onFoot) return Number.NEGATIVE_INFINITY;
  return (tracker.boxes[slot * 4 + 1] ?? 0) + (tracker.boxes[slot * 4 + 3] ?? 0);
}

/** Pixels that the box at `at` shares with a rectangle. */
function coveredBy(boxes: Float32Array, at: number, left: number, top: number, right: number, bottom: number): number {
  const [x, y] = [boxes[at] ?? 0, boxes[at + 1] ?? 0];
  const wide = Math.min(right, x + (boxes[at + 2] ?? 0)) - Math.max(left, x);
  const high = Math.min(bottom, y + (boxes[at + 3] ?? 0)) - Math.max(top, y);
  return wide > 0 && high > 0 ? wide * high : 0;
}
