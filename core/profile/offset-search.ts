/** Offsets by turns: each signal in its turn takes the offset at which its streams and those behind it wait least. */
import type { NetworkProfile } from "./network-profile.ts";

export interface OffsetSearch {
  /** Offsets tried for each signal in a sweep, evenly over the cycle; a second pass refines around the best. */
  readonly coarse: number;
  readonly sweeps: number;
  /** Asked before every sweep. */
  readonly goOn: () => boolean;
}

function bestOffset(profile: NetworkProfile, signal: number, coarse: number): boolean {
  const steps = profile.steps;
  const from = profile.offsets[signal] as number;
  let [best, least] = [from, profile.tryOffset(signal, from)];
  const look = (offset: number): void => {
    const at = ((offset % steps) + steps) % steps;
    const cost = profile.tryOffset(signal, at);
    if (cost < least - 1e-9) [best, least] = [at, cost];
  };
  const stride = Math.max(1, Math.round(steps / coarse));
  for (let by = stride; by < steps; by += stride) look(from + by);
  const around = best;
  for (let half = stride >> 1; half >= 1; half >>= 1) {
    look(around + half);
    look(around - half);
  }
  profile.tryOffset(signal, best);
  return best !== from;
}

/** In the order given: signals that feed others best come first. Ends when a sweep moves nothing. */
export function searchOffsets(profile: NetworkProfile, order: readonly number[], options: OffsetSearch): void {
  profile.settle();
  for (let sweep = 0; sweep < options.sweeps && options.goOn(); sweep += 1) {
    let moved = false;
    for (const signal of order) moved = bestOffset(profile, signal, options.coarse) || moved;
    profile.settle(1);
    if (!moved) break;
  }
}
