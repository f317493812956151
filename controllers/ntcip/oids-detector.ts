/**
 * Detector objects, A.2.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, BIT, BYTE, type ObjectSpec, scalar, table, WORD } from "./oids-object.ts";

const A = `${ASC}.2`;
const vehicle = table(`${A}.2.1`, ["detector"]);
const status = table(`${A}.4.1`, ["detector_group"]);
const report = table(`${A}.5.4.1`, ["detector"]);
const pedestrian = table(`${A}.7.1`, ["pedestrian_detector"]);

export const detectorObjects = {
  maxVehicleDetectors: scalar(`${A}.1`, "S", BYTE),
  vehicleDetectorNumber: vehicle.number(1),
  vehicleDetectorOptions: vehicle(2, "P", BYTE, "bits"),
  vehicleDetectorCallPhase: vehicle(4, "P", BYTE),
  vehicleDetectorSwitchPhase: vehicle(5, "P", BYTE),
  vehicleDetectorDelay: vehicle(6, "P", WORD, "ds"),
  vehicleDetectorExtend: vehicle(7, "P", BYTE, "ds"),
  vehicleDetectorQueueLimit: vehicle(8, "P", BYTE, "s"),
  vehicleDetectorNoActivity: vehicle(9, "P", BYTE, "min"),
  vehicleDetectorMaxPresence: vehicle(10, "P", BYTE, "min"),
  /** Counts a minute. */
  vehicleDetectorErraticCounts: vehicle(11, "P", BYTE),
  vehicleDetectorFailTime: vehicle(12, "P", BYTE, "s"),
  vehicleDetectorAlarms: vehicle(13, "S", BYTE, "bits"),
  vehicleDetectorReportedAlarms: vehicle(14, "S", BYTE, "bits"),
  vehicleDetectorReset: vehicle(15, "C", BIT),
  maxVehicleDetectorStatusGroups: scalar(`${A}.3`, "S", BYTE),
  vehicleDetectorStatusGroupNumber: status.number(1),
  vehicleDetectorStatusGroupActive: status(2, "S", BYTE, "bits"),
  vehicleDetectorStatusGroupAlarms: status(3, "S", BYTE, "bits"),
  /** One more at the end of every period; wraps. */
  volumeOccupancySequence: scalar(`${A}.5.1`, "S", BYTE),
  volumeOccupancyPeriod: scalar(`${A}.5.2`, "P", BYTE, "s"),
  activeVolumeOccupancyDetectors: scalar(`${A}.5.3`, "S", BYTE),
  /** 255: more than 254 vehicles. */
  detectorVolume: report(1, "S", BYTE),
  /** Half per cents up to 200; above 209 a fault. */
  detectorOccupancy: report(2, "S", BYTE),
  maxPedestrianDetectors: scalar(`${A}.6`, "S", BYTE),
  pedestrianDetectorNumber: pedestrian.number(1),
  pedestrianDetectorCallPhase: pedestrian(2, "P", BYTE),
  pedestrianDetectorNoActivity: pedestrian(3, "P", BYTE, "min"),
  pedestrianDetectorMaxPresence: pedestrian(4, "P", BYTE, "min"),
  /** Counts a minute. */
  pedestrianDetectorErraticCounts: pedestrian(5, "P", BYTE),
  pedestrianDetectorAlarms: pedestrian(6, "S", BYTE, "bits"),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Bits of `vehicleDetectorOptions`. */
export const detectorOption = {
  volume: 1 << 0,
  occupancy: 1 << 1,
  yellowLockCall: 1 << 2,
  redLockCall: 1 << 3,
  passage: 1 << 4,
  addedInitial: 1 << 5,
  queue: 1 << 6,
  call: 1 << 7,
} as const;

/** Values of `detectorOccupancy` that are faults. */
export const occupancyFault = {
  maxPresence: 210,
  noActivity: 211,
  openLoop: 212,
  shortedLoop: 213,
  excessiveChange: 214,
  watchdog: 216,
  erratic: 217,
} as const;
