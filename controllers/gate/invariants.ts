/** Which of the hard invariants (docs/reference/signal-model.md) each reason against a plan belongs to. */
import type { Problem } from "../../core/problems/problem.ts";

/**
 * I1 conflicts and intergreens · I2 minimum greens and pedestrian services · I3 clearances belong to the intersection, are as
 * long as its geometry asks, and the device agrees · I4 plan arithmetic, of every pattern in the device · I5 the backup
 * timer is on · I7 nobody waits too long · the cabinet's monitor agrees · the change is not too fast for a machine to make
 * by itself · the rehearsal on the machine. I6 and I8 are kept where commands are sent.
 */
export const checkIds = ["I1", "I2", "I3", "I4", "I5", "I7", "monitor", "change", "rehearsal"] as const;
export type CheckId = (typeof checkIds)[number];

const INVARIANTS: Readonly<Partial<Record<Problem["code"], CheckId>>> = {
  CONFLICTING_GREENS: "I1",
  CONFLICT_WITH_ITSELF: "I1",
  CONFLICT_TWICE: "I1",
  CONFLICT_AND_PERMISSIVE: "I1",
  CONFLICT_SIDE_BY_SIDE: "I1",
  GEOMETRY_HALF: "I1",
  INTERGREEN_SHORT: "I1",
  OVERLAP_CONFLICT: "I1",
  OVERLAP_TRAILS_INTO: "I1",
  PREEMPT_TOGETHER: "I1",
  SPLIT_SHORT: "I2",
  GREEN_SHORT: "I2",
  MAX_GREEN_SHORT: "I2",
  MIN_GREEN_SHORT: "I2",
  WALK_INCOMPLETE: "I2",
  PED_RECALL_WITHOUT_WALK: "I2",
  PED_CLEAR_SHORT: "I2",
  CROSSING_WITHOUT_WALK: "I2",
  PREEMPT_UNSIGNED: "I2",
  CLEARANCE_MISSING: "I3",
  YELLOW_SHORT: "I3",
  DILEMMA_ZONE: "I3",
  RED_CLEAR_SHORT: "I3",
  OVERLAP_TRAIL_SHORT: "I3",
  PREEMPT_ENTRY_SHORT: "I3",
  PREEMPT_ENDLESS: "I5",
  PREEMPT_LINK_CIRCLE: "I5",
  WAIT_LONG: "I7",
  WALK_WAIT_LONG: "I7",
  MONITOR_CHANNEL_TWICE: "monitor",
  MONITOR_CHANNEL_SHOWS: "monitor",
  MONITOR_CHANNEL_UNKNOWN: "monitor",
  MONITOR_PHASE_UNSEEN: "monitor",
  MONITOR_PERMITS_CONFLICT: "monitor",
  MONITOR_FORBIDS: "monitor",
  MONITOR_BLIND: "monitor",
  MONITOR_YELLOW: "monitor",
  CHANGE_SOON: "change",
  CHANGE_CYCLE: "change",
  CHANGE_SPLIT: "change",
  CHANGE_SERVED: "change",
};

/** What is not named above is arithmetic. */
export const invariantOf = (code: Problem["code"]): CheckId => INVARIANTS[code] ?? "I4";
