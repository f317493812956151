/** A lane as a camera over its stop line sees it. */
import type { LaneSnapshot } from "../street/lane-snapshot.ts";
import type { LaneView } from "../street/running-street.ts";
import type { CameraErrors, Sightings } from "./camera-errors.ts";
import { height_m, hidden, type Mounting } from "./occlusion.ts";

/** On the mast beyond the junction, as the project's camera guide asks for. */
export const mounting: Mounting = { beyond_m: 15, height_m: 7 };
/** The second of a vehicle that is seen twice stands so far behind the first. */
const double_m = 1;

/** The roof behind which most of the road is hidden: its rear edge from the stop line, and how high it is. */
export interface Shade {
  readonly rear_m: number;
  readonly height_m: number;
}

const noShade: Shade = { rear_m: 0, height_m: 0 };

/**
 * Writes into `seen` what of `lane` the camera shows, and tells the roof that hides most from there on. A queue of high vehicles
 * hides who stands behind them. `ahead_m`: from the lane's end to the stop line; `before`: the roof that hides most on that way.
 */
export function lookAt(
  lane: LaneView,
  errors: CameraErrors,
  sightings: Sightings,
  seen: LaneSnapshot,
  ahead_m = 0,
  before: Shade = noShade,
): Shade {
  seen.reset();
  let shade = before;
  for (let at = 0; at < lane.count; at += 1) {
    const speed_m_s = lane.speed_m_s[at] as number;
    const position_m = Math.max(0, (lane.position_m[at] as number) - speed_m_s * errors.latency_s);
    const front_m = ahead_m + lane.length_m - position_m;
    if (front_m > errors.range_m) break;
    const [vehicle, bit, body_m] = [lane.vehicle[at] as number, lane.class[at] as number, lane.body_m[at] as number];
    const own_m = height_m(bit);
    const covered = shade.height_m > 0 && hidden(mounting, shade, { front_m, height_m: own_m });
    if (!covered) show(seen, sightings.times(vehicle), { vehicle, position_m, speed_m_s, body_m, bit });
    // Of two before it, the one whose roof hides more of the road just behind the nearer is what counts.
    const shades = shade.height_m === 0 || !hidden(mounting, shade, { front_m: front_m + body_m, height_m: own_m });
    if (shades) shade = { rear_m: front_m + body_m, height_m: own_m };
  }
  seen.sort();
  return shade;
}

/** Writes into `seen` who has come so far at most on a lane below the camera; nobody hides another there. */
export function lookBelow(
  lane: LaneView,
  to_m: number,
  errors: CameraErrors,
  sightings: Sightings,
  seen: LaneSnapshot,
): void {
  seen.reset();
  for (let at = 0; at < lane.count; at += 1) {
    const speed_m_s = lane.speed_m_s[at] as number;
    const position_m = Math.max(0, (lane.position_m[at] as number) - speed_m_s * errors.latency_s);
    if (position_m > to_m) continue;
    const [vehicle, bit, body_m] = [lane.vehicle[at] as number, lane.class[at] as number, lane.body_m[at] as number];
    show(seen, sightings.times(vehicle), { vehicle, position_m, speed_m_s, body_m, bit });
  }
  seen.sort();
}

interface Shown {
  readonly vehicle: number;
  readonly position_m: number;
  readonly speed_m_s: number;
  readonly body_m: number;
  readonly bit: number;
}

function show(seen: LaneSnapshot, times: number, { vehicle, position_m, speed_m_s, body_m, bit }: Shown): void {
  if (times > 0) seen.add(vehicle, position_m, speed_m_s, body_m, bit);
  const again_m = position_m - body_m - double_m;
  if (times > 1 && again_m > 0) seen.add(vehicle, again_m, speed_m_s, body_m, bit);
}
