/** What SUMO assumes of a vehicle class when the file does not say (its documentation, "Vehicle Class Parameter Defaults"). */
import type { RoadClass } from "../network/road-network.ts";
import type { VehicleType } from "./demand.ts";

type Usual = Omit<VehicleType, "id" | "class">;

const passenger: Usual = {
  length_m: 5,
  width_m: 1.8,
  minGap_m: 2.5,
  minGapLat_m: 0.6,
  accel_m_s2: 2.6,
  decel_m_s2: 4.5,
  emergencyDecel_m_s2: 9,
  maxSpeed_m_s: 200 / 3.6,
  sigma: 0.5,
  tau_s: 1,
  speedFactor: 1,
  speedDev: 0.1,
  speedFactorLeast: 0.2,
  speedFactorMost: 2,
};

const heavy = { accel_m_s2: 1.3, decel_m_s2: 4, emergencyDecel_m_s2: 7, width_m: 2.4, speedDev: 0.05 } as const;

const differing: Partial<Readonly<Record<RoadClass, Partial<Usual>>>> = {
  bus: { ...heavy, length_m: 12, width_m: 2.5, accel_m_s2: 1.2, maxSpeed_m_s: 100 / 3.6 },
  coach: { ...heavy, length_m: 14, width_m: 2.6, accel_m_s2: 2, maxSpeed_m_s: 100 / 3.6 },
  truck: { ...heavy, length_m: 7.1, maxSpeed_m_s: 130 / 3.6 },
  trailer: { ...heavy, length_m: 16.5, width_m: 2.55, accel_m_s2: 1.1, maxSpeed_m_s: 130 / 3.6 },
  delivery: { length_m: 6.5, width_m: 2.16, speedDev: 0.05 },
  emergency: { length_m: 6.5, width_m: 2.16 },
  motorcycle: {
    length_m: 2.2,
    width_m: 0.9,
    accel_m_s2: 6,
    decel_m_s2: 10,
    emergencyDecel_m_s2: 10,
  },
  moped: {
    length_m: 2.1,
    width_m: 0.78,
    accel_m_s2: 1.1,
    decel_m_s2: 7,
    emergencyDecel_m_s2: 10,
    maxSpeed_m_s: 45 / 3.6,
  },
  bicycle: {
    length_m: 1.6,
    width_m: 0.65,
    minGap_m: 0.5,
    accel_m_s2: 1.2,
    decel_m_s2: 3,
    emergencyDecel_m_s2: 7,
    maxSpeed_m_s: 50 / 3.6,
    desiredSpeed_m_s: 20 / 3.6,
  },
  pedestrian: {
    length_m: 0.215,
    width_m: 0.478,
    minGap_m: 0.25,
    accel_m_s2: 1.5,
    decel_m_s2: 2,
    emergencyDecel_m_s2: 5,
    maxSpeed_m_s: 37.58 / 3.6,
    desiredSpeed_m_s: 5 / 3.6,
  },
};

export const usualType = (of: RoadClass): Usual => ({ ...passenger, ...differing[of] });
