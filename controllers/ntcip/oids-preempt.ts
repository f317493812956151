/**
 * Preempt objects, A.6.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, as, BIT, BYTE, type ObjectSpec, scalar, table, WORD } from "./oids-object.ts";

const A = `${ASC}.6`;
const preempt = table(`${A}.2.1`, ["preempt"]);
const control = table(`${A}.3.1`, ["preempt"]);
/** Phase or overlap numbers, one octet each. */
const list = (column: number): ObjectSpec => as("octets", preempt(column, "P2", BYTE));

export const preemptObjects = {
  maxPreempts: scalar(`${A}.1`, "S", BYTE),
  preemptNumber: preempt.number(1),
  preemptControl: preempt(2, "P", BYTE, "bits"),
  /** The preempt that follows this one; 0: none. */
  preemptLink: preempt(3, "P2", BYTE),
  preemptDelay: preempt(4, "P", [0, 600], "s"),
  preemptMinimumDuration: preempt(5, "P", WORD, "s"),
  preemptMinimumGreen: preempt(6, "P", BYTE, "s"),
  preemptMinimumWalk: preempt(7, "P", BYTE, "s"),
  preemptEnterPedClear: preempt(8, "P", BYTE, "s"),
  preemptTrackGreen: preempt(9, "P", BYTE, "s"),
  preemptDwellGreen: preempt(10, "P", BYTE, "s"),
  /** 0: without limit. */
  preemptMaximumPresence: preempt(11, "P", WORD, "s"),
  preemptTrackPhase: list(12),
  preemptDwellPhase: list(13),
  preemptDwellPed: list(14),
  preemptExitPhase: list(15),
  preemptState: preempt(16, "S", [1, 9]),
  preemptTrackOverlap: list(17),
  preemptDwellOverlap: list(18),
  preemptCyclingPhase: list(19),
  preemptCyclingPed: list(20),
  preemptCyclingOverlap: list(21),
  preemptEnterYellowChange: preempt(22, "P", BYTE, "ds"),
  preemptEnterRedClear: preempt(23, "P", BYTE, "ds"),
  preemptTrackYellowChange: preempt(24, "P", BYTE, "ds"),
  preemptTrackRedClear: preempt(25, "P", BYTE, "ds"),
  preemptControlNumber: control.number(1),
  /** A call from afar: the preempt is active while this or its input is on. */
  preemptControlState: control(2, "C", BIT),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Bits of `preemptControl`. */
export const preemptOption = {
  nonLocking: 1 << 0,
  overrideFlash: 1 << 1,
  overrideNext: 1 << 2,
  flashDwell: 1 << 3,
} as const;

/** Values of `preemptState`. */
export const preemptState = {
  other: 1,
  notActive: 2,
  notActiveWithCall: 3,
  entryStarted: 4,
  trackService: 5,
  dwell: 6,
  linkActive: 7,
  exitStarted: 8,
  maxPresence: 9,
} as const;
