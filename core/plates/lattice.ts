/** What a reader saw along one line of text: at each step how likely each plate character is, or none. */
import { plateSymbols, symbolCount } from "./symbols.ts";

export interface Lattice {
  readonly steps: number;
  /**
   * [steps x (1 + symbolCount)]: first the chance that this step shows no new character, then that of each of
   * `plateSymbols`. The semantics are those of connectionist temporal classification (Graves et al., ICML 2006): equal
   * neighbours without a blank between are one character.
   */
  readonly chances: Float64Array;
}

export const latticeWidth = symbolCount + 1;

/** A character where the reader put it. */
export interface Peak {
  readonly symbol: string;
  /** First and last step. */
  readonly from: number;
  readonly to: number;
  /** Its greatest chance. */
  readonly chance: number;
}

/** The likeliest character or blank of each step, equal neighbours joined, blanks dropped. */
export function peaksOf({ steps, chances }: Lattice): Peak[] {
  const peaks: Peak[] = [];
  let last = 0;
  for (let step = 0; step < steps; step++) {
    let best = 0;
    for (let i = 1; i < latticeWidth; i++) {
      if ((chances[step * latticeWidth + i] as number) > (chances[step * latticeWidth + best] as number)) best = i;
    }
    const chance = chances[step * latticeWidth + best] as number;
    const open = peaks.at(-1);
    if (best > 0 && best === last && open !== undefined) {
      peaks[peaks.length - 1] = { ...open, to: step, chance: Math.max(open.chance, chance) };
    } else if (best > 0) {
      peaks.push({ symbol: plateSymbols[best - 1] as string, from: step, to: step, chance });
    }
    last = best;
  }
  return peaks;
}

/** Steps `from` (included) to `to` (excluded). */
export function cut({ chances }: Lattice, from: number, to: number): Lattice {
  return { steps: to - from, chances: chances.subarray(from * latticeWidth, to * latticeWidth) };
}
