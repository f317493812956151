/** One box per road user: the same vehicle seen as car and as truck is one, and a rider belongs to the two-wheeler. */
import { area, intersectionArea, iou, shareInside } from "../../core/geometry/box.ts";
import type { Detections } from "../inference/detector.ts";
import { classGroup, onFoot, twoWheels } from "./class-group.ts";

/** Two boxes of one group that overlap this much are the same thing. */
const sameThing = 0.65;
/** A box this large is the scene, not something that could cross a line in it. */
const wholePicture = 0.5;
/** A two-wheeler of which this share lies in a better one, or the other way round, is a part of it. */
const containedShare = 0.6;
/** A person with this share of the box inside a two-wheeler's, grown upwards by a rider, sits on it. */
const riderInside = 0.5;
/** Two parts, each smaller than this share of a box, that fill this share of it together, make it a cluster. */
const clusterPart = 0.65;
const clusterFilled = 0.6;
const clusterInside = 0.8;
const partsApart = 0.15;

/** Sets `keep[i]` to 1 or 0 for each detection, which come by falling score. */
export function mergeDetections(detections: Detections, picture_px2: number, keep: Uint8Array): void {
  const { boxes } = detections;
  const count = Math.min(detections.count, keep.length);
  for (let i = 0; i < count; i += 1) {
    keep[i] = area(boxes, i * 4) < wholePicture * picture_px2 && !repeatsBetter(detections, i, keep) ? 1 : 0;
  }
  // One after the other, so that who goes early judges nobody.
  drop(isCluster, detections, count, keep);
  drop(isPartOfBetter, detections, count, keep);
  drop(rides, detections, count, keep);
}

type Reason = (detections: Detections, i: number, count: number, keep: Uint8Array) => boolean;

function drop(goes: Reason, detections: Detections, count: number, keep: Uint8Array): void {
  for (let i = 0; i < count; i += 1) if (keep[i] === 1 && goes(detections, i, count, keep)) keep[i] = 0;
}

/** Cars and two-wheelers are compared too: a motorcycle never fills the box of a car, but is taken for one. */
function repeatsBetter({ boxes, classes }: Detections, i: number, keep: Uint8Array): boolean {
  const onFeet = classGroup(classes[i] ?? 0) === onFoot;
  for (let j = 0; j < i; j += 1) {
    if (keep[j] !== 1 || (classGroup(classes[j] ?? 0) === onFoot) !== onFeet) continue;
    if (iou(boxes, i * 4, boxes, j * 4) > sameThing) return true;
  }
  return false;
}

/** The network sees a motorcycle and its wheel, or its rider alone, as two motorcycles. */
function isPartOfBetter({ boxes, classes }: Detections, i: number, _count: number, keep: Uint8Array): boolean {
  if (classGroup(classes[i] ?? 0) !== twoWheels) return false;
  for (let j = 0; j < i; j += 1) {
    if (keep[j] !== 1 || classGroup(classes[j] ?? 0) !== twoWheels) continue;
    const smaller = Math.min(area(boxes, i * 4), area(boxes, j * 4));
    if (intersectionArea(boxes, i * 4, boxes, j * 4) > containedShare * smaller) return true;
  }
  return false;
}

/**
 * A weak detector sometimes draws one box around two neighbours as well as one around each. Such a box is mostly made of
 * two boxes that hardly overlap; a bus behind two cars is not.
 */
function isCluster(detections: Detections, outer: number, count: number, keep: Uint8Array): boolean {
  const { boxes } = detections;
  const filled = clusterFilled * area(boxes, outer * 4);
  for (let a = 0; a < count; a += 1) {
    if (!isPart(detections, a, outer, keep)) continue;
    for (let b = a + 1; b < count; b += 1) {
      if (area(boxes, a * 4) + area(boxes, b * 4) < filled || iou(boxes, a * 4, boxes, b * 4) > partsApart) continue;
      if (isPart(detections, b, outer, keep)) return true;
    }
  }
  return false;
}

function isPart({ boxes, classes }: Detections, i: number, outer: number, keep: Uint8Array): boolean {
  return (
    i !== outer &&
    keep[i] === 1 &&
    classGroup(classes[i] ?? 0) === classGroup(classes[outer] ?? 0) &&
    area(boxes, i * 4) < clusterPart * area(boxes, outer * 4) &&
    shareInside(boxes, i * 4, boxes, outer * 4) > clusterInside
  );
}

const seat = new Float32Array(4);

function rides({ boxes, classes }: Detections, person: number, count: number, keep: Uint8Array): boolean {
  if (classGroup(classes[person] ?? 0) !== onFoot) return false;
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
