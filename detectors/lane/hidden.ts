/** Which vehicles do not show where they meet the road: another one stands before them, or the picture ends. */
import { area, intersectionArea } from "../../core/geometry/box.ts";
import { classGroup, onFoot } from "../track/class-group.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";

/** The lowest part of a box, and how much of it may be covered: wheels show through gaps. */
const contact = 0.2;
const covered = 0.3;
/** Nearer than this to the picture's edge, in shares of its side, a box is cut off. */
const edge = 0.004;

/** Reused for every track: the lowest part of its box. */
const foot = new Float64Array(4);

/** Is the foot of this slot's box a guess? `width` and `height` are the picture's, in pixels. */
export function isHidden(tracker: Tracker, slot: number, width: number, height: number): boolean {
  const { boxes } = tracker;
  const at = slot * 4;
  const [x, y, w, h] = [boxes[at] ?? 0, boxes[at + 1] ?? 0, boxes[at + 2] ?? 0, boxes[at + 3] ?? 0];
  if (x < edge * width || x + w > (1 - edge) * width || y + h > (1 - edge) * height) return true;
  foot[0] = x;
  foot[1] = y + h * (1 - contact);
  foot[2] = w;
  foot[3] = h * contact;
  for (let other = 0; other < trackCapacity; other += 1) {
    if (other === slot || tracker.ids[other] === 0 || tracker.seen[other] === 0 || !tracker.proved(other)) continue;
    if (stands(tracker, other) <= y + h) continue;
    if (intersectionArea(boxes, other * 4, foot, 0) > covered * area(foot, 0)) return true;
  }
  return false;
}

/** Lower in the picture is nearer to the camera. Someone on foot beside a vehicle hides little of it. */
function stands(tracker: Tracker, slot: number): number {
  if (classGroup(tracker.classOf(slot)) === onFoot) return Number.NEGATIVE_INFINITY;
  return (tracker.boxes[slot * 4 + 1] ?? 0) + (tracker.boxes[slot * 4 + 3] ?? 0);
}
