/**
 * Signal phase and timing for others: the SPAT message of SAE J2735 in JSON, one intersection to a message, with the
 * names that the standard's ASN.1 gives its fields. What is ours and not J2735's stands beside it, in our own spelling.
 */

/** DE_MovementPhaseState, those of it that a controller's status can tell. */
export const eventStates = [
  "unavailable",
  "stop-And-Remain",
  "permissive-Movement-Allowed",
  "protected-Movement-Allowed",
  "permissive-clearance",
  "protected-clearance",
] as const;

export type EventState = (typeof eventStates)[number];

/** DF_TimeChangeDetails: time marks; 36001 is unknown. The present state ends within the two bounds. */
export interface TimeChangeDetails {
  readonly minEndTime: number;
  readonly maxEndTime: number;
  readonly likelyTime: number;
}

export interface MovementState {
  /** Vehicle signals have the number of their phase, pedestrian signals that number and 16. */
  readonly signalGroup: number;
  readonly movementName: string;
  readonly "state-time-speed": readonly [{ readonly eventState: EventState; readonly timing?: TimeChangeDetails }];
}

export interface IntersectionState {
  readonly name: string;
  /** Place in the site file, counted from 1. */
  readonly id: { readonly id: number };
  /** Counts 0 to 127 and round again; moves when an indication changes. */
  readonly revision: number;
  /** DE_IntersectionStatusObject: the names of the bits that are set. */
  readonly status: readonly string[];
  readonly moy: number;
  readonly timeStamp: number;
  readonly states: readonly MovementState[];
}

export interface SpatMessage {
  /** Minute of the year. */
  readonly timeStamp: number;
  readonly intersections: readonly [IntersectionState];
  readonly intersection: string;
  readonly controller: string;
  /** When the controller told it. */
  readonly at_ms: number;
  /** How far the time of a change may be from the truth: statuses come so far apart. */
  readonly clock_error_s: number;
}
