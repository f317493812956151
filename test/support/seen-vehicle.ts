/** Solid vehicles on a flat road as a street camera's detector would box them, wobbling as boxes do. */
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { Sighting } from "./drive.ts";
import { type StreetCamera, seenBy } from "./street-camera.ts";

export interface Vehicle {
  readonly class: VehicleClass;
  readonly length_m: number;
  readonly width_m: number;
  readonly height_m: number;
}

export const aCar: Vehicle = { class: "car", length_m: 4.5, width_m: 1.8, height_m: 1.5 };
export const aMotorcycle: Vehicle = { class: "motorcycle", length_m: 2, width_m: 0.7, height_m: 1.6 };

/** Where the middle of a vehicle stands, and where it heads, in radians from the x axis. */
export interface Pose {
  readonly x_m: number;
  readonly y_m: number;
  readonly heading: number;
}

/** The box around all corners; null when any is behind the camera or the box leaves the picture. */
export function boxOf(
  camera: StreetCamera,
  vehicle: Vehicle,
  pose: Pose,
): readonly [number, number, number, number] | null {
  const [cos, sin] = [Math.cos(pose.heading), Math.sin(pose.heading)];
  const xs: number[] = [];
  const ys: number[] = [];
  for (const along of [-0.5, 0.5]) {
    for (const aside of [-0.5, 0.5]) {
      for (const up of [0, 1]) {
        const [a, b] = [along * vehicle.length_m, aside * vehicle.width_m];
        const seen = seenBy(camera, pose.x_m + a * cos - b * sin, pose.y_m + a * sin + b * cos, up * vehicle.height_m);
        if (seen === null) return null;
        xs.push(seen[0]);
        ys.push(seen[1]);
      }
    }
  }
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  if (left < 0 || top < 0 || right > camera.width || bottom > camera.height) return null;
  return [left, top, right - left, bottom - top];
}

/** Each side of the box moved by so many shares of its size, drawn from `chance` (unit spread). */
export function sightingOf(
  box: readonly [number, number, number, number],
  vehicle: Vehicle,
  wobble: number,
  chance: () => number,
): Sighting {
  const [x, y, w, h] = box;
  const size = wobble * Math.sqrt(w * h);
  const [left, top] = [x + size * chance(), y + size * chance()];
  const [right, bottom] = [x + w + size * chance(), y + h + size * chance()];
  return { class: vehicle.class, score: 0.7, box: [left, top, right - left, bottom - top] };
}
