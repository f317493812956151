/**
 * Phase objects, A.1.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, BYTE, type ObjectSpec, scalar, table } from "./oids-object.ts";

const A = `${ASC}.1`;
const phase = table(`${A}.2.1`, ["phase"]);
const status = table(`${A}.4.1`, ["group"]);
const control = table(`${A}.5.1`, ["group"]);

export const phaseObjects = {
  maxPhases: scalar(`${A}.1`, "S", BYTE),
  phaseWalk: phase(2, "P", BYTE, "s"),
  phasePedestrianClear: phase(3, "P", BYTE, "s"),
  phaseMinimumGreen: phase(4, "P", BYTE, "s"),
  phasePassage: phase(5, "P", BYTE, "ds"),
  phaseMaximum1: phase(6, "P", BYTE, "s"),
  phaseMaximum2: phase(7, "P", BYTE, "s"),
  phaseYellowChange: phase(8, "P", BYTE, "ds"),
  phaseRedClear: phase(9, "P", BYTE, "ds"),
  phaseRedRevert: phase(10, "P", BYTE, "ds"),
  phaseStartup: phase(20, "P2", [1, 6]),
  phaseOptions: phase(21, "P", [0, 65535], "bits"),
  phaseRing: phase(22, "P2", BYTE),
  /** One octet per phase number that may run with this one: a list of numbers, not a bit field. */
  phaseConcurrency: { ...phase(23, "P2", BYTE), syntax: "octets" },
  maxPhaseGroups: scalar(`${A}.3`, "S", BYTE),
  phaseStatusGroupReds: status(2, "S", BYTE, "bits"),
  phaseStatusGroupYellows: status(3, "S", BYTE, "bits"),
  phaseStatusGroupGreens: status(4, "S", BYTE, "bits"),
  phaseStatusGroupDontWalks: status(5, "S", BYTE, "bits"),
  phaseStatusGroupPedClears: status(6, "S", BYTE, "bits"),
  phaseStatusGroupWalks: status(7, "S", BYTE, "bits"),
  phaseStatusGroupVehCalls: status(8, "S", BYTE, "bits"),
  phaseStatusGroupPedCalls: status(9, "S", BYTE, "bits"),
  phaseStatusGroupPhaseOns: status(10, "S", BYTE, "bits"),
  phaseStatusGroupPhaseNexts: status(11, "S", BYTE, "bits"),
  phaseControlGroupPhaseOmit: control(2, "C", BYTE, "bits"),
  phaseControlGroupPedOmit: control(3, "C", BYTE, "bits"),
  phaseControlGroupHold: control(4, "C", BYTE, "bits"),
  phaseControlGroupForceOff: control(5, "C", BYTE, "bits"),
  phaseControlGroupVehCall: control(6, "C", BYTE, "bits"),
  phaseControlGroupPedCall: control(7, "C", BYTE, "bits"),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Bits of `phaseOptions`. */
export const phaseOption = {
  enabled: 1 << 0,
  minVehRecall: 1 << 6,
  maxVehRecall: 1 << 7,
  pedRecall: 1 << 8,
  dualEntry: 1 << 10,
} as const;

/** Values of `phaseStartup`. */
export const phaseStartup = {
  other: 1,
  phaseNotOn: 2,
  greenWalk: 3,
  greenNoWalk: 4,
  yellowChange: 5,
  redClear: 6,
} as const;
