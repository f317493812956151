/** How redaction did on some labelled pictures. */
export interface Covered {
  /** How many were labelled. */
  readonly count: number;
  /** Mean share of their area that was erased. */
  readonly area: number;
  /** How many were erased to nine tenths or more. */
  readonly hidden: number;
}

/** A head or a plate of which less is erased may still be known. */
const HIDDEN = 0.9;

export function covered(shares: readonly number[]): Covered {
  return { count: shares.length, area: mean(shares), hidden: shares.filter((share) => share >= HIDDEN).length };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
