/**
 * Offsets for a corridor, in whole seconds: the exact optimum of the weighted two-way band objective of MAXBAND
 * (Little, Kelson and Gartner, 1981), rounded, and coordinate ascent from there. Not proved best among whole seconds,
 * but how far the exact optimum is above it is told.
 */
import { intersect, rotate } from "./arcs.ts";
import { type BandProblem, type Bands, bandsOf, objective, passing, widths } from "./bands.ts";
import { startingOffsets } from "./offset-starts.ts";

export interface OffsetSolution extends Bands {
  readonly offsets_s: readonly number[];
  /** Bands of the exact optimum, with offsets of any length. */
  readonly widest: Bands;
}

const MAX_SWEEPS = 20;

/** Coordinate ascent from several starts; the first signal keeps offset 0 because only differences matter. */
export function optimiseOffsets(p: BandProblem): OffsetSolution {
  let best: readonly number[] = p.signals.map(() => 0);
  let bestValue = objective(bandsOf(p, best), p.outbound_weight);
  const { starts, widest } = startingOffsets(p);
  for (const start of starts) {
    const improved = ascend(p, start);
    const value = objective(bandsOf(p, improved), p.outbound_weight);
    if (value > bestValue + 1e-9) [best, bestValue] = [improved, value];
  }
  return { offsets_s: best, ...bandsOf(p, best), widest };
}

/** Moves one signal at a time, then a signal with all behind it, until neither helps. */
function ascend(p: BandProblem, start: readonly number[]): readonly number[] {
  let offsets = start;
  let value = objective(bandsOf(p, offsets), p.outbound_weight);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const before = value;
    for (let i = 1; i < p.signals.length; i++) {
      for (const last of [i, p.signals.length - 1]) {
        const moved = bestShift(p, offsets, i, last, value);
        if (moved !== null) [offsets, value] = [moved.offsets, moved.value];
      }
    }
    if (value <= before + 1e-9) break;
  }
  return offsets;
}

/** Best common shift of signals `first` to `last`, the others standing still; null when none is better. */
function bestShift(p: BandProblem, offsets: readonly number[], first: number, last: number, value: number) {
  const moving = (i: number): boolean => i >= first && i <= last;
  const still = passing(p, offsets, (i) => !moving(i));
  const block = passing(p, offsets, moving);
  let best: { readonly shift: number; readonly value: number } | null = null;
  for (let shift = 1; shift < p.cycle_s; shift++) {
    const together = {
      outbound: intersect(still.outbound, rotate(block.outbound, shift, p.cycle_s)),
      inbound: intersect(still.inbound, rotate(block.inbound, shift, p.cycle_s)),
    };
    const shifted = objective(widths(together, p.cycle_s), p.outbound_weight);
    if (shifted > (best?.value ?? value) + 1e-9) best = { shift, value: shifted };
  }
  if (best === null) return null;
  const { shift } = best;
  const moved = offsets.map((offset, i) => (moving(i) ? (offset + shift) % p.cycle_s : offset));
  return { offsets: moved, value: best.value };
}
