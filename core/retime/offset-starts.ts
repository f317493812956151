/**
 * Where the search for whole-second offsets begins: the widest bands with any offsets, which are known exactly, rounded
 * from several places within a second; and perfect progression one way and the other.
 */
import { type BandObjective, modulo } from "../bands/corridor.ts";
import { widestBands } from "../bands/exact.ts";
import { streetOf } from "./band-street.ts";
import { type BandProblem, type BandSignal, type Bands, objective, type Window } from "./bands.ts";

export interface OffsetStarts {
  readonly starts: readonly (readonly number[])[];
  /** No offsets give bands that are worth more. */
  readonly widest: Bands;
}

/** Parts of a second by which the exact offsets are shifted before they are rounded. */
const SHIFTS_S = [0, 0.25, 0.5, 0.75];

export function startingOffsets(p: BandProblem): OffsetStarts {
  const { widths, offsets_s } = widestBands(streetOf(p), objectiveOf(p.outbound_weight));
  const exact = p.signals.map((signal, i) => (offsets_s[i] ?? 0) - signal.outbound.start_s);
  const rounded = SHIFTS_S.map((shift) => exact.map((offset) => Math.round(offset + shift)));
  return {
    starts: [
      ...rounded.map((offsets) => offsets.map((offset) => wholeOffset(offset - (offsets[0] ?? 0), p.cycle_s))),
      progression(p, outboundCentre),
      progression(p, inboundCentre),
    ],
    widest: { outbound_s: widths.out_s, inbound_s: widths.in_s },
  };
}

function objectiveOf(outbound_weight: number): BandObjective {
  const value: BandObjective["value"] = ({ out_s, in_s }) =>
    objective({ outbound_s: out_s, inbound_s: in_s }, outbound_weight);
  if (outbound_weight === 0 || outbound_weight === 1) return { value };
  return { value, kink: outbound_weight / (1 - outbound_weight) };
}

const centre = ({ start_s, green_s }: Window): number => start_s + green_s / 2;

/** Where a signal's green centre stands in the frame that moves with the band. */
const outboundCentre = (signal: BandSignal): number => centre(signal.outbound) - signal.travel_out_s;
const inboundCentre = (signal: BandSignal): number => centre(signal.inbound) + signal.travel_in_s;

const wholeOffset = (value: number, cycle_s: number): number => modulo(Math.round(value), cycle_s);

/** Every green centre on the same moving line. */
function progression(p: BandProblem, place: (signal: BandSignal) => number): readonly number[] {
  const first = p.signals[0];
  const base = first === undefined ? 0 : place(first);
  return p.signals.map((signal) => wholeOffset(base - place(signal), p.cycle_s));
}
