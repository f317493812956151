/**
 * Detector objects, A.2.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, BYTE, type ObjectSpec, scalar, table } from "./oids-object.ts";

const A = `${ASC}.2`;
const vehicle = table(`${A}.2.1`, ["detector"]);
const status = table(`${A}.4.1`, ["group"]);
const WORD = [0, 65535] as const;

export const detectorObjects = {
  maxVehicleDetectors: scalar(`${A}.1`, "S", BYTE),
  vehicleDetectorOptions: vehicle(2, "P", BYTE, "bits"),
  vehicleDetectorCallPhase: vehicle(4, "P", BYTE),
  vehicleDetectorSwitchPhase: vehicle(5, "P", BYTE),
  vehicleDetectorDelay: vehicle(6, "P", WORD, "ds"),
  vehicleDetectorExtend: vehicle(7, "P", BYTE, "ds"),
  vehicleDetectorAlarms: vehicle(13, "S", BYTE, "bits"),
  vehicleDetectorReset: vehicle(15, "C", [0, 1]),
  maxVehicleDetectorStatusGroups: scalar(`${A}.3`, "S", BYTE),
  vehicleDetectorStatusGroupActive: status(2, "S", BYTE, "bits"),
  vehicleDetectorStatusGroupAlarms: status(3, "S", BYTE, "bits"),
} as const satisfies Readonly<Record<string, ObjectSpec>>;
