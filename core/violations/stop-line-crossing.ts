/** When, and how far, a vehicle's front has passed a stop line. */
import { along, between, distance_m, type Marking, sideOf } from "./ground.ts";
import type { Sighting } from "./sighting.ts";

export interface StopLine {
  readonly line: Marking;
  /** Which way its traffic drives, radians anticlockwise from x. */
  readonly bearing_rad: number;
}

/** Distance of the front past the line, m; negative before it. */
export function past_m({ line, bearing_rad }: StopLine, { front }: Pick<Sighting, "front">): number {
  const ahead = {
    x_m: line.from.x_m + Math.cos(bearing_rad),
    y_m: line.from.y_m + Math.sin(bearing_rad),
  };
  return sideOf(line, front) * Math.sign(sideOf(line, ahead));
}

/** The moment at which the front was on the line between two sightings, by even motion; null when it did not cross. */
export function crossing_ms(stop: StopLine, before: Sighting, now: Sighting): number | null {
  const [from_m, to_m] = [past_m(stop, before), past_m(stop, now)];
  if (from_m > 0 || to_m <= 0) return null;
  const share = -from_m / (to_m - from_m);
  const place = along(stop.line, between(before.front, now.front, share));
  return place >= 0 && place <= 1 ? before.at_ms + share * (now.at_ms - before.at_ms) : null;
}

export const length_m = ({ front, rear }: Sighting): number => distance_m(front, rear);
