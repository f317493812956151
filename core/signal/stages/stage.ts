/**
 * Stages: the other way to see a cycle, as British and German practice does. A stage is a set of phases that run together
 * for a while; which phases end at its end, and by what clearance, follows from the phases themselves.
 */

export interface Stage {
  /** In order of number. */
  readonly phases: readonly number[];
  /** From the start of its first split to the start of the next stage's: clearances included. */
  readonly duration_s: number;
}

/** Stages in the order of the cycle, which ends after the last. */
export interface StagePlan {
  readonly intersection: string;
  readonly stages: readonly Stage[];
}
