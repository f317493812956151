/** One box per road user: the same vehicle seen as car and as truck is one, and a rider belongs to the two-wheeler. */
import { iou, shareInside } from "../../core/geometry/box.ts";
import type { Detections } from "../inference/detector.ts";
import { classGroup, onFoot, twoWheels } from "./class-group.ts";

/** Two boxes of one group that overlap this much are the same thing. */
const sameThing = 0.65;
/** A person with this share of the box inside a two-wheeler's, grown upwards by a rider, sits on it. */
const riderInside = 0.5;

/** Sets `keep[i]` to 1 or 0 for each detection, which come by falling score. */
export function mergeDetections(detections: Detections, keep: Uint8Array): void {
  const { boxes, classes, count } = detections;
  for (let i = 0; i < count; i += 1) {
    keep[i] = 1;
    const group = classGroup(classes[i] ?? 0);
    for (let j = 0; j < i && keep[i] === 1; j += 1) {
      if (keep[j] === 1 && classGroup(classes[j] ?? 0) === group && iou(boxes, i * 4, boxes, j * 4) > sameThing) keep[i] = 0;
    }
  }
  for (let i = 0; i < count; i += 1) {
    if (keep[i] === 1 && classGroup(classes[i] ?? 0) === onFoot && rides(detections, i, keep)) keep[i] = 0;
  }
}

const seat = new Float32Array(4);

function rides(detections: Detections, person: number, keep: Uint8Array): boolean {
  const { boxes, classes, count } = detections;
  for (let i = 0; i < count; i += 1) {
    if (keep[i] !== 1 || classGroup(classes[i] ?? 0) !== twoWheels) continue;
    const height = boxes[i * 4 + 3] ?? 0;
    seat[0] = boxes[i * 4] ?? 0;
    seat[1] = (boxes[i * 4 + 1] ?? 0) - height;
    seat[2] = boxes[i * 4 + 2] ?? 0;
    seat[3] = height * 2;
    const touches = shareInside(boxes, i * 4, boxes, person * 4) > 0.1;
    if (touches && shareInside(boxes, person * 4, seat, 0) > riderInside) return true;
  }
  return false;
}
