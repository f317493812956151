/** What a rehearsal counts for when plans are told apart. */
import type { Rehearsal } from "./rehearsal-messages.ts";

/** A second of a lane that has green and no room counts like so many of delay beside its own: it leads to locks. */
const blockedWeight = 1;

/**
 * A lock costs so many times what was waited: the road stays shut when the hour is over, and where our drivers helped each other out
 * nothing of it is in the delay. In SUMO an hour with a lock was 3 to 30 times as dear as one without.
 */
const lockWeight = 8;

/**
 * Motorcycles that meet side by side inside a junction squeeze past one another here; in SUMO a pair of them may wait for each other
 * for ever, and did in every hour of a plan with 500 to 1,500 such moments, and in one of three with 200.
 */
const squeezesPerLock = 500;

/** How likely the hour would have locked in SUMO. */
const lockChance = ({ locked, squeezes }: Rehearsal): number =>
  locked ? 1 : 1 - Math.exp(-squeezes / squeezesPerLock);

export const costOf = (run: Rehearsal): number =>
  (1 + (lockWeight - 1) * lockChance(run)) * run.delay_s + blockedWeight * run.blocked_s;

export const meanCost = (runs: readonly Rehearsal[]): number =>
  runs.length === 0 ? Number.POSITIVE_INFINITY : runs.reduce((sum, run) => sum + costOf(run), 0) / runs.length;

/** What the mean would be if one day more were to lock. */
export function withOneLock(runs: readonly Rehearsal[]): number {
  return (meanCost(runs) * (runs.length + lockWeight)) / (runs.length + 1);
}
