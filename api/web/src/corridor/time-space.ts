/** When the corridor's phases are planned to be green from now on, and where a platoon would be meanwhile. */
import { type PlannedRing, pieces } from "../intersection/ring-plan.ts";

/** Seconds from now; `from` may lie in the past while the green still lasts. */
export interface GreenWindow {
  readonly from_s: number;
  readonly to_s: number;
}

/** The planned greens of one phase that touch the time from `-past_s` to `horizon_s`. */
export function greenWindows(
  rings: readonly PlannedRing[],
  phase: number,
  clock_s: number,
  cycle_s: number,
  past_s: number,
  horizon_s: number,
): readonly GreenWindow[] {
  const planned = rings.flat().find((candidate) => candidate.phase === phase);
  if (planned === undefined || planned.green_s <= 0) return [];
  const [first] = pieces(planned.start_s - clock_s, planned.green_s, cycle_s);
  if (first === undefined) return [];
  const earliest_s = first[0] - cycle_s * Math.ceil((first[0] + planned.green_s + past_s) / cycle_s);
  const windows: GreenWindow[] = [];
  for (let from_s = earliest_s; from_s < horizon_s; from_s += cycle_s) {
    const to_s = from_s + planned.green_s;
    if (to_s > -past_s) windows.push({ from_s, to_s });
  }
  return windows;
}

/** Seconds from the first member to each, at the corridor's speed. */
export function travelTimes_s(distances_m: readonly number[], speed_kmh: number): readonly number[] {
  let way_m = 0;
  return distances_m.map((distance_m) => {
    way_m += distance_m;
    return (way_m * 3.6) / speed_kmh;
  });
}
