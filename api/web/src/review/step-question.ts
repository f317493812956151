/** What is asked of the reader before a step, and what they answer. */
import type { ReasonCode } from "./reasons.ts";

export interface StepQuestion {
  readonly title: string;
  /** What happens, for steps that cannot be taken back. */
  readonly note?: string;
  /** Reasons to choose from by digit; without them only words are asked for. */
  readonly reasons?: readonly ReasonCode[];
  /** Label of the words; absent: nothing is to be written. */
  readonly words?: string;
  /** A choice that can be switched off. */
  readonly choice?: string;
  readonly confirm: string;
}

export interface StepAnswer {
  readonly reason: string;
  readonly chosen: boolean;
}
