/** What phases and overlaps show, as bit masks; bit 0 is phase or overlap 1. */
import type { Lamps } from "../../../core/signal/machine/machine.ts";

export type { Lamps };

export const maskOf = (numbers: readonly number[]): number =>
  numbers.reduce((mask, number) => mask | (1 << (number - 1)), 0);

/** Every phase of `mask` red, and every overlap. */
export const allRed = (mask: number): Lamps => ({
  greens: 0,
  yellows: 0,
  reds: mask,
  walks: 0,
  pedClears: 0,
  dontWalks: mask,
  phaseOns: 0,
  phaseNexts: 0,
  overlapGreens: 0,
  overlapYellows: 0,
});
