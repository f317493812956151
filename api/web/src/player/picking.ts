/** What is under a point of the picture: a vehicle, else a lane. */
import type { Moments } from "./moments.ts";
import type { Scene } from "./scene.ts";

const reach_px = 8;

export type Picked =
  | { readonly kind: "vehicle"; readonly vehicle: number }
  | { readonly kind: "lane"; readonly lane: number };

/** `x`, `y` in metres on the ground. */
export function picked(scene: Scene, moments: Moments, x: number, y: number, scale: number): Picked | null {
  const vehicle = nearestVehicle(moments, x, y, reach_px / scale);
  if (vehicle !== null) return { kind: "vehicle", vehicle };
  const lane = nearestLane(scene, x, y, reach_px / scale);
  return lane === null ? null : { kind: "lane", lane };
}

function nearestVehicle(moments: Moments, x: number, y: number, reach_m: number): number | null {
  let [found, nearest] = [null as number | null, Number.POSITIVE_INFINITY];
  for (let i = 0; i < moments.count; i += 1) {
    const v = moments.vehicle[i] as number;
    const back = (moments.length_m[v] as number) / 2;
    const [ex, ey] = [x - (moments.x[i] as number), y - (moments.y[i] as number)];
    const [dx, dy] = [moments.dx[i] as number, moments.dy[i] as number];
    const along = Math.max(0, Math.abs(ex * dx + ey * dy + back) - back);
    const across = Math.max(0, Math.abs(ey * dx - ex * dy) - (moments.width_m[v] as number) / 2);
    const off = Math.hypot(along, across);
    if (off < nearest && off <= reach_m) [found, nearest] = [v, off];
  }
  return found;
}

function nearestLane({ paths }: Scene, x: number, y: number, reach_m: number): number | null {
  let [found, nearest] = [null as number | null, Number.POSITIVE_INFINITY];
  for (const [lane, { width_m, inside }] of paths.lanes.entries()) {
    if (!paths.isDrawn(lane)) continue;
    const { off_m } = paths.nearest(lane, x, y);
    // Of a junction's many paths only one that is alone there is meant.
    const off = inside ? off_m + width_m : off_m;
    if (off < nearest && off_m <= Math.max(reach_m / 2, width_m / 2)) [found, nearest] = [lane, off];
  }
  return found;
}
