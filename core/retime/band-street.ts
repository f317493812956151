/** Signals told apart by driving time from the first, as bands see a street: from light to light. */
import type { BandCorridor } from "../bands/corridor.ts";
import type { BandProblem, BandSignal } from "./bands.ts";

export function streetOf({ cycle_s, signals }: Pick<BandProblem, "cycle_s" | "signals">): BandCorridor {
  const steps = (of: (signal: BandSignal) => number): readonly number[] =>
    signals.slice(1).map((signal, i) => of(signal) - of(signals[i] ?? signal));
  return {
    cycle_s,
    signals: signals.map(({ outbound, inbound }) => ({
      green_out_s: outbound.green_s,
      green_in_s: inbound.green_s,
      phasings: [{ name: null, inbound_after_s: inbound.start_s - outbound.start_s }],
    })),
    out_s: steps((signal) => signal.travel_out_s),
    in_s: steps((signal) => signal.travel_in_s),
  };
}
