/** Which of the hard invariants (docs/reference/safety.md) each reason against a plan belongs to. */
import type { Problem } from "../../core/problems/problem.ts";

/**
 * I1 conflicts and intergreens · I2 minimum greens and pedestrian services · I3 clearances belong to the intersection
 * and the device agrees · I4 plan arithmetic, of every pattern in the device · I5 the backup timer is on · the
 * rehearsal on the machine.
 */
export const checkIds = ["I1", "I2", "I3", "I4", "I5", "rehearsal"] as const;
export type CheckId = (typeof checkIds)[number];

const INVARIANTS: Readonly<Partial<Record<Problem["code"], CheckId>>> = {
  CONFLICTING_GREENS: "I1",
  CONFLICT_WITH_ITSELF: "I1",
  CONFLICT_TWICE: "I1",
  CONFLICT_AND_PERMISSIVE: "I1",
  CONFLICT_SIDE_BY_SIDE: "I1",
  SPLIT_SHORT: "I2",
  GREEN_SHORT: "I2",
  MAX_GREEN_SHORT: "I2",
  WALK_INCOMPLETE: "I2",
  PED_RECALL_WITHOUT_WALK: "I2",
  CLEARANCE_MISSING: "I3",
  YELLOW_SHORT: "I3",
  RED_CLEAR_SHORT: "I3",
};

/** What is not named above is arithmetic. */
export const invariantOf = (code: Problem["code"]): CheckId => INVARIANTS[code] ?? "I4";
