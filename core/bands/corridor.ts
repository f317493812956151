/** A street of lights as its bands see it: greens both ways, and the time from light to light. */

/** One way in which a light can show its greens in the cycle; several where the order of left turns is open. */
export interface Phasing {
  /** Such as `lead-lag`; null where there is nothing to choose. */
  readonly name: string | null;
  /** From begin of the outbound green to begin of the inbound one; may be negative. */
  readonly inbound_after_s: number;
}

export interface BandSignal {
  readonly green_out_s: number;
  readonly green_in_s: number;
  /** At least one. */
  readonly phasings: readonly Phasing[];
  /** 2 where the light runs twice in the street's cycle: its greens come again after half of it. */
  readonly greens_per_cycle?: 1 | 2;
}

export interface BandCorridor {
  readonly cycle_s: number;
  /** In outbound order, at least one. */
  readonly signals: readonly BandSignal[];
  /**
   * From each light to the next, as a band takes it: driving time less what queues ahead need to leave first (the
   * queue clearance of Little, Kelson and Gartner 1981). One less than the lights; may be negative.
   */
  readonly out_s: readonly number[];
  /** From the light after back to this one, in the same order. */
  readonly in_s: readonly number[];
}

export interface Widths {
  readonly out_s: number;
  readonly in_s: number;
}

/** What is wanted of two bands: a concave, piecewise linear function that neither width lowers. */
export interface BandObjective {
  readonly value: (widths: Widths) => number;
  /** Outbound width over inbound width where the function has its kink; absent where it has none. */
  readonly kink?: number;
}

export const weightedSum = (out: number, inbound: number): BandObjective => ({
  value: ({ out_s, in_s }) => out * out_s + inbound * in_s,
  // No kink of its own; of sums that are equal, that of equal bands is looked at too.
  kink: 1,
});

/** The narrower of the two, each measured in its own share: 1 and 1 for equal bands. */
export const narrower = (out: number, inbound: number): BandObjective => ({
  value: ({ out_s, in_s }) => Math.min(out_s / out, in_s / inbound),
  kink: out / inbound,
});

/** Remainder in [0, cycle). */
export const modulo = (value: number, cycle: number): number => {
  const rest = value % cycle;
  const positive = rest < 0 ? rest + cycle : rest;
  return positive >= cycle ? 0 : positive;
};

/** Sums from the first light to each. */
export function sums(steps: readonly number[]): readonly number[] {
  const all = [0];
  for (const step of steps) all.push((all.at(-1) ?? 0) + step);
  return all;
}
