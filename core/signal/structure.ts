/** What the rings and barriers of a signal let run together. */
import type { SignalSpec } from "./schema.ts";

type Rings = SignalSpec["rings"];

/** Barrier group in which the two stand in different rings, or -1. */
export function sharedGroup({ rings }: { readonly rings: Rings }, a: number, b: number): number {
  const groups = rings[0]?.length ?? 0;
  for (let g = 0; g < groups; g++) {
    const ringA = rings.findIndex((ring) => ring[g]?.includes(a));
    const ringB = rings.findIndex((ring) => ring[g]?.includes(b));
    if (ringA >= 0 && ringB >= 0 && ringA !== ringB) return g;
  }
  return -1;
}

/** Two phases that the rings may show together and that nobody listed as a conflict. */
export function mayMeet(signal: SignalSpec, a: number, b: number): boolean {
  if (sharedGroup(signal, a, b) < 0) return false;
  return !signal.conflicts.some((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
}

/** Pairs of different members. */
export const pairsOf = <T>(members: readonly T[]): readonly (readonly [T, T])[] =>
  members.flatMap((one, i) => members.slice(i + 1).map((other) => [one, other] as const));
