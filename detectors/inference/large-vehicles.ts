/**
 * A large input shows small things and breaks large ones: the network reaches 320 pixels from a cell and no further.
 * So a second look on a small input answers for large cars, buses and trucks.
 */
import { iou } from "../../core/geometry/box.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Detections } from "./detector.ts";

/** A box of the second look counts when its longer side is at least this share of the frame's. */
const largeShare = 1 / 8;
/** Boxes of the two looks that overlap by more are one vehicle. */
const sameVehicleIou = 0.4;

const fromClose = 0;
const fromFar = 1;
const hasFourWheels = Uint8Array.from(vehicleClasses, (name) => Number(["car", "bus", "truck"].includes(name)));

export interface LargeVehicleMerger {
  /**
   * Both by falling score, and so is the answer, whose arrays are reused by the next call: all of `close` but the
   * vehicles that `far` knows better, and the large vehicles of `far` that `close` does not know better.
   */
  merge(close: Detections, far: Detections, frameWidth: number, frameHeight: number): Detections;
}

export function createLargeVehicleMerger(room: number): LargeVehicleMerger {
  const out: Detections = {
    count: 0,
    boxes: new Float32Array(room * 4),
    scores: new Float32Array(room),
    classes: new Uint8Array(room),
  };
  const look = new Uint8Array(room);

  function isKnown(from: Detections, i: number, mine: number): boolean {
    for (let k = 0; k < out.count; k++) {
      if (look[k] === mine || hasFourWheels[out.classes[k] as number] === 0) continue;
      if (iou(from.boxes, i * 4, out.boxes, k * 4) > sameVehicleIou) return true;
    }
    return false;
  }

  function append(from: Detections, i: number, mine: number): void {
    const four = hasFourWheels[from.classes[i] as number] === 1;
    if (four && isKnown(from, i, mine)) return;
    for (let side = 0; side < 4; side++) out.boxes[out.count * 4 + side] = from.boxes[i * 4 + side] as number;
    out.scores[out.count] = from.scores[i] as number;
    out.classes[out.count] = from.classes[i] as number;
    look[out.count] = mine;
    out.count++;
  }

  return {
    merge(close, far, frameWidth, frameHeight) {
      const large = largeShare * Math.max(frameWidth, frameHeight);
      out.count = 0;
      for (let c = 0, f = 0; c < close.count || f < far.count; ) {
        const closer = f >= far.count || (close.scores[c] ?? -1) >= (far.scores[f] as number);
        if (closer) append(close, c++, fromClose);
        else if (isLarge(far, f, large)) append(far, f++, fromFar);
        else f++;
      }
      return out;
    },
  };
}

const isLarge = (from: Detections, i: number, large: number): boolean =>
  hasFourWheels[from.classes[i] as number] === 1 &&
  Math.max(from.boxes[i * 4 + 2] as number, from.boxes[i * 4 + 3] as number) >= large;
