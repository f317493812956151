/** A pinhole camera over a flat road, as arithmetic: where on its picture does a place on the ground appear? */
import type { CalibrationPoint } from "../../core/geometry/calibration-points.ts";

export interface StreetCamera {
  readonly width: number;
  readonly height: number;
  readonly height_m: number;
  /** Below the horizontal. */
  readonly down_deg: number;
  /** Turned about its line of sight. */
  readonly roll_deg: number;
  /** Across the whole picture. */
  readonly view_deg: number;
}

export const ordinaryCamera: StreetCamera = {
  width: 1920,
  height: 1080,
  height_m: 7,
  down_deg: 25,
  roll_deg: 1,
  view_deg: 65,
};

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Pixels of a point `x_m` to the right and `y_m` ahead of the camera's foot, `z_m` above the road; null behind it. */
export function seenBy(camera: StreetCamera, x_m: number, y_m: number, z_m = 0): [number, number] | null {
  const { width, height, height_m } = camera;
  const [down, roll] = [radians(camera.down_deg), radians(camera.roll_deg)];
  const below = height_m - z_m;
  const ahead = y_m * Math.cos(down) + below * Math.sin(down);
  if (ahead <= 0.1) return null;
  const under = below * Math.cos(down) - y_m * Math.sin(down);
  const focal = width / 2 / Math.tan(radians(camera.view_deg) / 2);
  const [u, v] = [(focal * x_m) / ahead, (focal * under) / ahead];
  return [width / 2 + u * Math.cos(roll) - v * Math.sin(roll), height / 2 + u * Math.sin(roll) + v * Math.cos(roll)];
}

/** What a careful person would write down of these places on the ground, with so many pixels of error for each. */
export function surveyed(
  camera: StreetCamera,
  places: readonly (readonly [number, number])[],
  slips: readonly (readonly [number, number])[] = [],
): readonly CalibrationPoint[] {
  return places.flatMap((ground_m, index) => {
    const seen = seenBy(camera, ground_m[0], ground_m[1]);
    const [dx, dy] = slips[index] ?? [0, 0];
    if (seen === null) return [];
    return [{ ground_m, picture: [(seen[0] + dx) / camera.width, (seen[1] + dy) / camera.height] as const }];
  });
}

/** Corners and middle of a piece of road, in metres from the camera's foot. */
export const roadMarks = [
  [-4, 12],
  [4, 12],
  [-4, 30],
  [4, 30],
  [0, 20],
  [-4, 18],
  [4, 24],
  [0.5, 14],
] as const;

/** Seeded numbers of a normal distribution with unit spread (Mulberry32, Box and Muller). */
export function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
