/** A street made of boxes: road users that move as told, seen by a detector that is told how well it sees. */
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Detections } from "../../detectors/inference/detector.ts";

export interface Sighting {
  readonly class: VehicleClass;
  readonly score: number;
  /** x, y, w, h in pixels, top left corner. */
  readonly box: readonly [number, number, number, number];
}

/** As a detector reports them: by falling score. */
export function detectionsOf(sightings: readonly Sighting[]): Detections {
  const sorted = sightings.toSorted((a, b) => b.score - a.score);
  return {
    count: sorted.length,
    boxes: Float32Array.from(sorted.flatMap(({ box }) => [...box])),
    scores: Float32Array.from(sorted, ({ score }) => score),
    classes: Uint8Array.from(sorted, (each) => vehicleClasses.indexOf(each.class)),
  };
}

/** A box of the given size around a centre. */
export function seenAt(
  x: number,
  y: number,
  [w, h]: readonly [number, number] = [60, 40],
  score = 0.8,
  name: VehicleClass = "car",
): Sighting {
  return { class: name, score, box: [x - w / 2, y - h / 2, w, h] };
}
