/** What a shadow run did: the proposed plan and the one in force, each on a virtual controller, under the same calls. */

export interface PhaseReport {
  readonly phase: number;
  /** Greens that began and ended within the run. */
  readonly greens: number;
  readonly mean_green_s: number | null;
  readonly longest_green_s: number | null;
  /** From a call to its green, over all calls that were placed while the phase was not green. */
  readonly calls: number;
  readonly mean_wait_s: number | null;
  readonly longest_wait_s: number | null;
}

export interface RunReport {
  readonly phases: readonly PhaseReport[];
  /** Seconds from the start until the device ran the pattern in step; null when it never did. 0 for free running. */
  readonly in_step_after_s: number | null;
  /** What the conflict monitor saw, in words; empty when it never tripped. */
  readonly trips: readonly string[];
}

export interface ShadowReport {
  /** Where the calls come from: how many were recorded, and from when to when; none recorded means standing calls. */
  readonly from_ms: number;
  readonly to_ms: number;
  readonly recorded_calls: number;
  readonly calls: "recorded" | "standing";
  readonly proposed: RunReport;
  readonly in_force: RunReport;
  readonly passed: boolean;
}
