/** What is known of the optimum of a plan. Delay has no bound that is known; of bands the exact optimum is. */

export interface Proof {
  readonly optimal: boolean;
  /** Widest possible bands less those of the plan, both ways together, s; null for delay. */
  readonly gap_s: number | null;
  readonly reason: string;
}

/** Of a band each way, s. */
interface BothWays {
  readonly outbound_s: number;
  readonly inbound_s: number;
}

/** Offsets in whole seconds cost so much of the widest bands at most, s. */
const PRICE_OF_WHOLE_SECONDS_S = 1;

export const noBound = (foundBy: string): Proof => ({
  optimal: false,
  gap_s: null,
  reason: `found by ${foundBy}; no bound is known`,
});

/** `widest`: with any offsets, and whether that is proved; `reason`: what was held fixed in them. */
export function bandProof(bands: BothWays, widest: BothWays & { readonly proved: boolean }, reason: string): Proof {
  const short_s = widest.outbound_s + widest.inbound_s - bands.outbound_s - bands.inbound_s;
  const gap_s = Math.max(0, Math.round(10 * short_s) / 10);
  return { optimal: widest.proved && gap_s <= PRICE_OF_WHOLE_SECONDS_S, gap_s, reason };
}
