/** The measurer of `measure.ts` put on a street: the lights as they are passed out, and back. */
import type { BandCorridor } from "./corridor.ts";
import { type DrivenBand, driveThrough } from "./measure.ts";

export interface MeasuredBands {
  readonly outbound: DrivenBand;
  /** Departures are at the last light. */
  readonly inbound: DrivenBand;
}

/** `offsets_s`: begin of outbound green; `phasings`: which of its phasings each light has. */
export function measureBands(
  { cycle_s, signals, out_s, in_s }: BandCorridor,
  offsets_s: readonly number[],
  phasings: readonly number[],
): MeasuredBands {
  const outbound = signals.map((signal, i) => ({
    greenBegins_s: offsets_s[i] ?? 0,
    green_s: signal.green_out_s,
    period_s: cycle_s / (signal.greens_per_cycle ?? 1),
    fromPrevious_s: i === 0 ? 0 : (out_s[i - 1] ?? 0),
  }));
  const inbound = signals.map((signal, i) => ({
    greenBegins_s: (offsets_s[i] ?? 0) + (signal.phasings[phasings[i] ?? 0]?.inbound_after_s ?? 0),
    green_s: signal.green_in_s,
    period_s: cycle_s / (signal.greens_per_cycle ?? 1),
    fromPrevious_s: in_s[i] ?? 0,
  }));
  return { outbound: driveThrough(outbound, cycle_s), inbound: driveThrough(inbound.toReversed(), cycle_s) };
}
