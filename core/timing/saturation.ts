/**
 * Saturation flow of a lane group by the factors of HCM 2000 (eq. 16-4, exhibit 16-7), in passenger cars, and what
 * that is in the vehicles and motorcycles that are there.
 */
import { type ClassCounts, defaultPcu, vehicleClasses } from "../traffic/vehicle-class.ts";

/** Passenger cars an hour of green and lane. */
const BASE_PCU_H = 1900;
const USUAL_LANE_M = 3.6;
const LEAST_FACTOR = 0.05;

export interface LaneGroup {
  readonly lanes: number;
  /** Mean width of a lane; 2.4 m and more. */
  readonly lane_width_m?: number;
  /** Positive uphill, -6 to 10. */
  readonly grade_pct?: number;
  /** Parking manoeuvres an hour beside the group, up to 180; absent where nobody parks. */
  readonly parking_h?: number;
  /** Buses that stop an hour within 75 m, up to 250. */
  readonly bus_stops_h?: number;
  readonly central_business?: boolean;
  /** Flow of the group over lanes times that of its fullest lane. */
  readonly lane_use?: number;
  /** Shares of the group's flow. */
  readonly left_share?: number;
  readonly right_share?: number;
  /** Factor for people and bicycles in the way of turning vehicles. */
  readonly crossing_people?: number;
  /** Ideal flow, where it is known better than HCM's. */
  readonly base_pcu_h?: number;
}

export interface SaturationFactors {
  readonly width: number;
  readonly grade: number;
  readonly parking: number;
  readonly buses: number;
  readonly area: number;
  readonly lane_use: number;
  readonly left: number;
  readonly right: number;
  readonly crossing_people: number;
}

export function saturationFactors(group: LaneGroup): SaturationFactors {
  const { lanes, lane_width_m = USUAL_LANE_M, grade_pct = 0, parking_h, bus_stops_h = 0 } = group;
  const { left_share = 0, right_share = 0, lane_use = 1, crossing_people = 1 } = group;
  const parking = parking_h === undefined ? 1 : (lanes - 0.1 - (18 * Math.min(180, parking_h)) / 3600) / lanes;
  return {
    width: 1 + (Math.max(2.4, lane_width_m) - USUAL_LANE_M) / 9,
    grade: 1 - Math.min(10, Math.max(-6, grade_pct)) / 200,
    parking: Math.max(LEAST_FACTOR, parking),
    buses: Math.max(LEAST_FACTOR, (lanes - (14.4 * Math.min(250, bus_stops_h)) / 3600) / lanes),
    area: group.central_business === true ? 0.9 : 1,
    lane_use,
    // A lane for left turns alone has 0.95, one shared 1 / (1 + 0.05 P); at P = 1 both are within 0.003.
    left: left_share >= 1 ? 0.95 : 1 / (1 + 0.05 * left_share),
    right: rightFactor(lanes, right_share),
    crossing_people,
  };
}

function rightFactor(lanes: number, share: number): number {
  if (share >= 1) return 0.85;
  return 1 - (lanes === 1 ? 0.135 : 0.15) * share;
}

/** Of the whole group. */
export function saturationFlow_pcu_h(group: LaneGroup): number {
  const factors: readonly number[] = Object.values(saturationFactors(group));
  return factors.reduce((product, factor) => product * factor, (group.base_pcu_h ?? BASE_PCU_H) * group.lanes);
}

/**
 * Webster and Cobbe (Road Research Technical Paper 56, 1966) for an approach that is used without lanes: 525 PCU/h a
 * metre of width, for 5.5 to 18 m. Where motorcycles fill the gaps, width says more than lanes do.
 */
export function saturationByWidth_pcu_h(width_m: number): number {
  return 525 * width_m;
}

/** Mean PCU of a vehicle of this mix: HCM's heavy-vehicle factor 1 / (1 + P (E - 1)) upside down, for every class. */
export function meanPcu(
  mix: ClassCounts,
  table: Readonly<Record<(typeof vehicleClasses)[number], number>> = defaultPcu,
) {
  const counted = vehicleClasses.reduce((sum, name) => sum + (table[name] > 0 ? (mix[name] ?? 0) : 0), 0);
  if (counted === 0) return 1;
  return vehicleClasses.reduce((sum, name) => sum + (mix[name] ?? 0) * table[name], 0) / counted;
}

/**
 * The same flow counted in vehicles of the mix, and in motorcycle units (MCU), the usual measure where four of five
 * vehicles are motorcycles: one PCU is 1 / E of them, with E a motorcycle's PCU.
 */
export function inMix(flow_pcu_h: number, mix: ClassCounts, table = defaultPcu) {
  return { veh_h: flow_pcu_h / meanPcu(mix, table), mcu_h: flow_pcu_h / table.motorcycle };
}
