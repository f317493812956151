/** The picture of a street with offsets: what a driver finds on it is measured anew. */
import type { BandCorridor } from "../bands/corridor.ts";
import { sums } from "../bands/corridor.ts";
import type { DrivenBand } from "../bands/measure.ts";
import { measureBands } from "../bands/measure-corridor.ts";
import type { ShownBand, ShownGreen, TimeSpacePicture } from "./picture.ts";

export interface StreetWithOffsets {
  readonly title: string;
  readonly corridor: BandCorridor;
  readonly names: readonly string[];
  readonly positions_m: readonly number[];
  /** Begin of outbound green of each light. */
  readonly offsets_s: readonly number[];
  readonly phasings: readonly number[];
  /** What to write beside each light; its offset unless said. */
  readonly shown_offsets_s?: readonly number[];
}

export function bandPicture(street: StreetWithOffsets): TimeSpacePicture {
  const { corridor, offsets_s, phasings, shown_offsets_s = offsets_s } = street;
  const { cycle_s, signals } = corridor;
  const { outbound, inbound } = measureBands(corridor, offsets_s, phasings);
  const greens = (begin_s: number, green_s: number, times: number): readonly ShownGreen[] =>
    Array.from({ length: times }, (_, k) => {
      const from_s = begin_s + (k * cycle_s) / times;
      return { from_s, to_s: from_s + green_s };
    });
  return {
    title: street.title,
    cycle_s,
    signals: signals.map((signal, i) => {
      const begin_s = offsets_s[i] ?? 0;
      const after_s = signal.phasings[phasings[i] ?? 0]?.inbound_after_s ?? 0;
      const times = signal.greens_per_cycle ?? 1;
      return {
        name: street.names[i] ?? `${i + 1}`,
        at_m: street.positions_m[i] ?? 0,
        offset_s: shown_offsets_s[i] ?? null,
        outbound: greens(begin_s, signal.green_out_s, times),
        inbound: greens(begin_s + after_s, signal.green_in_s, times),
      };
    }),
    outbound: shown(outbound, sums(corridor.out_s)),
    // An inbound band begins at the last light; the lights before it are passed later.
    inbound: shown(inbound, sums(corridor.in_s.toReversed()).toReversed()),
  };
}

function shown({ width_s, begins_s }: DrivenBand, after_s: readonly number[]): ShownBand | null {
  return width_s > 0 ? { width_s, passes_s: after_s.map((later_s) => begins_s + later_s) } : null;
}
