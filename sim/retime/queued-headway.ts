/** What a vehicle of a queue takes of its lane: seconds of green, and the room of how many. */
import type { VehicleType } from "../demand/demand.ts";

const narrow = new Set(["motorcycle", "moped", "bicycle"]);
const laneWidth_m = 3.2;
/** Speed at which a queue passes the stop line, at most: cars are still gathering speed there. */
const discharge_m_s = 9;
/** What imperfect drivers lose beside the wanted headway, a vehicle. */
const hesitation_s = 0.15;

/** So many stand beside each other on a lane. */
export const sideBySide = (type: VehicleType): number =>
  narrow.has(type.class) ? Math.max(1, Math.floor(laneWidth_m / (type.width_m + type.minGapLat_m))) : 1;

/** A queued vehicle takes its wanted headway and the time that its own length and gap take at discharge speed. */
export function queuedHeadway_s(type: VehicleType, speed_m_s: number): number {
  const alone = type.tau_s + (type.length_m + type.minGap_m) / Math.min(speed_m_s, discharge_m_s) + hesitation_s;
  return alone / sideBySide(type);
}
