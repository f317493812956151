/** What a rehearsal counts for when plans are told apart. */
import type { Rehearsal } from "./rehearsal-messages.ts";

/** A second of a lane that has green and no room counts like so many of delay beside its own: it leads to locks. */
const blockedWeight = 1;

/**
 * A lock costs so many times what was waited: the road stays shut when the hour is over, and where our drivers helped each other out
 * nothing of it is in the delay. In SUMO an hour with a lock was 3 to 30 times as dear as one without.
 */
const lockWeight = 8;

export const costOf = ({ blocked_s, delay_s, locked }: Rehearsal): number =>
  (locked ? lockWeight : 1) * delay_s + blockedWeight * blocked_s;

export const meanCost = (runs: readonly Rehearsal[]): number =>
  runs.length === 0 ? Number.POSITIVE_INFINITY : runs.reduce((sum, run) => sum + costOf(run), 0) / runs.length;

/** What the mean would be if one day more were to lock. */
export function withOneLock(runs: readonly Rehearsal[]): number {
  return (meanCost(runs) * (runs.length + lockWeight)) / (runs.length + 1);
}
