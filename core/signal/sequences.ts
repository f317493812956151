/** Rows of the sequence table: row 1 is `rings`, others are stated. */
import type { SignalSpec } from "./schema.ts";

/** The rings of a row; null where it is not stated. */
export function ringsOfSequence(signal: SignalSpec, sequence: number): SignalSpec["rings"] | null {
  if (sequence === 1) return signal.rings;
  return signal.sequences?.find((row) => row.number === sequence)?.rings ?? null;
}

/** The intersection as it runs under a pattern of that row; unchanged where the row is not stated. */
export function inSequence<T extends { readonly signal: SignalSpec }>(intersection: T, sequence: number): T {
  const rings = ringsOfSequence(intersection.signal, sequence);
  if (rings === null || sequence === 1) return intersection;
  return { ...intersection, signal: { ...intersection.signal, rings } };
}
