/**
 * Where the search for offsets begins: perfect progression one way, perfect progression the other way, and the
 * half-integer family. With equal bands both ways the best offsets put the greens of any two signals in step or half
 * a cycle apart, seen from the middle of the two bands (Morgan and Little, 1964); which of the two is searched with
 * a beam, the width of which covers every choice of up to eight signals.
 */
import { type BandProblem, type BandSignal, bandsOf, objective, type Window } from "./bands.ts";

const BEAM_WIDTH = 128;
/** Members of the family from which the search goes on. */
const STARTS = 8;

export function startingOffsets(p: BandProblem): readonly (readonly number[])[] {
  return [progression(p, outboundCentre), progression(p, inboundCentre), ...halfInteger(p)];
}

const centre = ({ start_s, green_s }: Window): number => start_s + green_s / 2;

/** Where a signal's green centre stands in the frame that moves with the band. */
const outboundCentre = (signal: BandSignal): number => centre(signal.outbound) - signal.travel_out_s;
const inboundCentre = (signal: BandSignal): number => centre(signal.inbound) + signal.travel_in_s;

const wholeOffset = (value: number, cycle_s: number): number => {
  const rounded = Math.round(value) % cycle_s;
  return rounded < 0 ? rounded + cycle_s : rounded;
};

/** Every green centre on the same moving line. */
function progression(p: BandProblem, place: (signal: BandSignal) => number): readonly number[] {
  const first = p.signals[0];
  const base = first === undefined ? 0 : place(first);
  return p.signals.map((signal) => wholeOffset(base - place(signal), p.cycle_s));
}

/** The best few members of the family. */
function halfInteger(p: BandProblem): readonly (readonly number[])[] {
  const symmetric = (signal: BandSignal): number => (outboundCentre(signal) + inboundCentre(signal)) / 2;
  const inStep = progression(p, symmetric);
  let beam: readonly (readonly number[])[] = [[0]];
  for (let i = 1; i < p.signals.length; i++) {
    const step = inStep[i] ?? 0;
    const signals = p.signals.slice(0, i + 1);
    beam = beam
      .flatMap((offsets) => [step, wholeOffset(step + p.cycle_s / 2, p.cycle_s)].map((o) => [...offsets, o]))
      .map((offsets) => ({ offsets, value: objective(bandsOf({ ...p, signals }, offsets), p.outbound_weight) }))
      .toSorted((a, b) => b.value - a.value)
      .slice(0, BEAM_WIDTH)
      .map(({ offsets }) => offsets);
  }
  return beam.slice(0, STARTS);
}
