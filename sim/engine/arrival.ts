/** When, and how fast, somebody comes to a place ahead: continuous motion, as SUMO estimates it. */
import { halting_m_s } from "./krauss.ts";

/** Speed after a way, gaining `accel` all along, m/s. */
export const speedAfter = (way_m: number, speed: number, accel: number): number =>
  Math.sqrt(Math.max(0, speed * speed + 2 * accel * way_m));

/** Time to a place that is to be reached with a speed: as fast as one may, braking as late as one can. */
export function arrivalIn_s(way_m: number, speed: number, arrival: number, accel: number, decel: number): number {
  const rate = arrival >= speed ? accel : -decel;
  const changing_s = (arrival - speed) / rate;
  const steady_m = Math.max(0, way_m - changing_s * (arrival + speed) * 0.5);
  return changing_s + steady_m / Math.max(speed, arrival, halting_m_s);
}

/** The speed that is left at a place, braking from the next step on, for somebody who cannot stop before it. */
export function brakedSpeed(way_m: number, speed: number, decel: number, headway_s: number): number {
  if (way_m < speed) return Number.POSITIVE_INFINITY;
  const left = speed * speed - 2 * decel * (way_m - speed * headway_s);
  return left >= 0 ? Math.sqrt(left) : decel;
}
