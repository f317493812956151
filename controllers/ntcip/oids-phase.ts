/**
 * Phase objects, A.1.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, as, BYTE, type ObjectSpec, scalar, table, WORD } from "./oids-object.ts";

const A = `${ASC}.1`;
const phase = table(`${A}.2.1`, ["phase"]);
const status = table(`${A}.4.1`, ["phase_group"]);
const control = table(`${A}.5.1`, ["phase_group"]);

export const phaseObjects = {
  maxPhases: scalar(`${A}.1`, "S", BYTE),
  phaseNumber: phase.number(1),
  phaseWalk: phase(2, "P", BYTE, "s"),
  phasePedestrianClear: phase(3, "P", BYTE, "s"),
  phaseMinimumGreen: phase(4, "P", BYTE, "s"),
  phasePassage: phase(5, "P", BYTE, "ds"),
  phaseMaximum1: phase(6, "P", BYTE, "s"),
  phaseMaximum2: phase(7, "P", BYTE, "s"),
  phaseYellowChange: phase(8, "P", BYTE, "ds"),
  phaseRedClear: phase(9, "P", BYTE, "ds"),
  /** `unitRedRevert` is its floor. */
  phaseRedRevert: phase(10, "P", BYTE, "ds"),
  /** Tenths of a second for each actuation. */
  phaseAddedInitial: phase(11, "P", BYTE, "ds"),
  phaseMaximumInitial: phase(12, "P", BYTE, "s"),
  phaseTimeBeforeReduction: phase(13, "P", BYTE, "s"),
  phaseCarsBeforeReduction: phase(14, "P", BYTE),
  phaseTimeToReduce: phase(15, "P", BYTE, "s"),
  phaseReduceBy: phase(16, "P", BYTE, "ds"),
  phaseMinimumGap: phase(17, "P", BYTE, "ds"),
  phaseDynamicMaxLimit: phase(18, "P", BYTE, "s"),
  phaseDynamicMaxStep: phase(19, "P", BYTE, "ds"),
  phaseStartup: phase(20, "P2", [1, 6]),
  phaseOptions: phase(21, "P", WORD, "bits"),
  /** 0: disabled. */
  phaseRing: phase(22, "P2", BYTE),
  /** One octet per phase number that may run with this one: a list of numbers, not a bit field. */
  phaseConcurrency: as("octets", phase(23, "P2", BYTE)),
  maxPhaseGroups: scalar(`${A}.3`, "S", BYTE),
  phaseStatusGroupNumber: status.number(1),
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
  phaseControlGroupNumber: control.number(1),
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
  autoFlashEntry: 1 << 1,
  autoFlashExit: 1 << 2,
  nonActuated1: 1 << 3,
  nonActuated2: 1 << 4,
  nonLockDetectorMemory: 1 << 5,
  minVehRecall: 1 << 6,
  maxVehRecall: 1 << 7,
  pedRecall: 1 << 8,
  softVehRecall: 1 << 9,
  dualEntry: 1 << 10,
  simultaneousGapDisable: 1 << 11,
  guaranteedPassage: 1 << 12,
  actuatedRestInWalk: 1 << 13,
  conditionalServiceEnable: 1 << 14,
  addedInitialCalculation: 1 << 15,
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
