/** Non-maximum suppression: of boxes that mean the same road user, the best stays. */
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Candidates } from "./candidates.ts";
import type { Detections } from "./detector.ts";

/**
 * Classes of one body compete: a van cannot be a car and a truck at once, or it would be counted twice. A rider and the
 * motorcycle below are two bodies, so both stay.
 */
const bodyOf: Readonly<Record<VehicleClass, number>> = {
  pedestrian: 0,
  bicycle: 1,
  motorcycle: 1,
  car: 2,
  bus: 2,
  truck: 2,
};
const bodies = Uint8Array.from(vehicleClasses, (name) => bodyOf[name]);

export interface Suppressor {
  /** Keeps, by falling score, each candidate that no kept one of the same body overlaps by more than the IoU limit. */
  suppress(candidates: Candidates): Detections;
}

/** The answer's arrays are reused by the next call. */
export function createSuppressor(room: number, iouLimit: number): Suppressor {
  const order = new Uint32Array(room);
  const kept = new Uint32Array(room);
  const detections: Detections = {
    count: 0,
    boxes: new Float32Array(room * 4),
    scores: new Float32Array(room),
    classes: new Uint8Array(room),
  };
  return {
    suppress(candidates) {
      sortByScore(candidates, order);
      let count = 0;
      for (let i = 0; i < candidates.count; i++) {
        const candidate = order[i] as number;
        if (isCovered(candidates, candidate, kept, count, iouLimit)) continue;
        kept[count] = candidate;
        copy(candidates, candidate, detections, count);
        count++;
      }
      detections.count = count;
      return detections;
    },
  };
}

/** Equal scores keep their cell order, so that the answer never depends on the sort. */
function sortByScore({ count, scores }: Candidates, order: Uint32Array): void {
  for (let i = 0; i < count; i++) order[i] = i;
  order.subarray(0, count).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}

function isCovered(c: Candidates, candidate: number, kept: Uint32Array, count: number, limit: number): boolean {
  const body = bodies[c.classes[candidate] as number];
  for (let k = 0; k < count; k++) {
    const other = kept[k] as number;
    if (bodies[c.classes[other] as number] === body && iou(c.corners, candidate * 4, other * 4) > limit) return true;
  }
  return false;
}

/** Intersection over union of the boxes at `a` and `b`. */
function iou(corners: Float32Array, a: number, b: number): number {
  const al = corners[a] as number;
  const at = corners[a + 1] as number;
  const ar = corners[a + 2] as number;
  const ab = corners[a + 3] as number;
  const bl = corners[b] as number;
  const bt = corners[b + 1] as number;
  const br = corners[b + 2] as number;
  const bb = corners[b + 3] as number;
  const width = Math.min(ar, br) - Math.max(al, bl);
  const height = Math.min(ab, bb) - Math.max(at, bt);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / ((ar - al) * (ab - at) + (br - bl) * (bb - bt) - shared);
}

function copy(c: Candidates, from: number, d: Detections, to: number): void {
  const left = c.corners[from * 4] as number;
  const top = c.corners[from * 4 + 1] as number;
  d.boxes[to * 4] = left;
  d.boxes[to * 4 + 1] = top;
  d.boxes[to * 4 + 2] = (c.corners[from * 4 + 2] as number) - left;
  d.boxes[to * 4 + 3] = (c.corners[from * 4 + 3] as number) - top;
  d.scores[to] = c.scores[from] as number;
  d.classes[to] = c.classes[from] as number;
}
