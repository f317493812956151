/**
 * The widest bands of a street with fixed speeds, proved: every case is looked at, in time O(n² log n).
 *
 * Let outbound vehicles of the band leave the first light in [x, x + b] and inbound ones reach it in [y, y + b'], and
 * D = y - x. Light i lies somewhere between: seen from the first light, its inbound green begins k_i after its outbound
 * one, k_i fixed by travel times and phasing. Both bands pass it where its offset leaves u before the band in the
 * outbound green and v in the inbound one, 0 <= u <= g - b, 0 <= v <= g' - b', and u - v = k_i - D modulo the cycle.
 * With e the remainder of k_i - D, that can be had just when b <= g - e or b' <= g' - (C - e). So everything hangs on D
 * alone. Between neighbouring values of k every e falls with D, the lights keep their order, and each of the n + 1
 * ways to put the first lights under the first condition and the others under the second is a line in D of which only
 * the ends and the kinks can be best. The mixed-integer program of Little, Kelson and Gartner (1981) has the same
 * optimum (`program.ts`); for equal greens this is the half-integer synchronisation of Morgan and Little (1964).
 */
import { type BandCorridor, type BandObjective, type BandSignal, modulo, sums, type Widths } from "./corridor.ts";

export interface BandSolution {
  readonly widths: Widths;
  /** Begin of outbound green after that of the first light, in [0, cycle). */
  readonly offsets_s: readonly number[];
  /** Which of its phasings each light has. */
  readonly phasings: readonly number[];
}

const DUST = 1e-9;

export function widestBands(corridor: BandCorridor, objective: BandObjective): BandSolution {
  const street = readStreet(corridor);
  const best = [...spans(street).flatMap((span) => casesOf(street, span, objective)), oneWay(street, objective)].reduce(
    (a, b) => (better(b, a) ? b : a),
  );
  return { widths: best.widths, ...layOut(street, best) };
}

/** Of cases that are worth the same, the one with the wider narrow band. */
function better(a: Case, b: Case): boolean {
  if (Math.abs(a.value - b.value) > DUST) return a.value > b.value;
  return Math.min(a.widths.out_s, a.widths.in_s) > Math.min(b.widths.out_s, b.widths.in_s) + DUST;
}

interface Street {
  readonly cycle_s: number;
  readonly signals: readonly Placed[];
  /** Those that bind both bands to one another: a light that is green all the time one way binds none. */
  readonly binding: readonly Placed[];
  readonly most: Widths;
}

interface Placed {
  readonly signal: BandSignal;
  readonly toHere_s: number;
  /** Begin of inbound green after begin of outbound green, both seen from the first light; with its phasing. */
  readonly lags: readonly { readonly lag_s: number; readonly phasing: number }[];
}

function readStreet({ cycle_s, signals, out_s, in_s }: BandCorridor): Street {
  const [there, back] = [sums(out_s), sums(in_s)];
  const placed = signals.map((signal, i) => {
    const [toHere_s, fromHere_s] = [there[i] ?? 0, back[i] ?? 0];
    const twice = signal.greens_per_cycle === 2 ? [0, cycle_s / 2] : [0];
    const lags = signal.phasings.flatMap(({ inbound_after_s }, phasing) =>
      twice.map((later_s) => ({ lag_s: modulo(inbound_after_s + later_s + toHere_s + fromHere_s, cycle_s), phasing })),
    );
    return { signal, toHere_s, lags };
  });
  const period = (one: BandSignal): number => cycle_s / (one.greens_per_cycle ?? 1);
  const open = (green_s: number, signal: BandSignal): number => (green_s >= period(signal) ? cycle_s : green_s);
  return {
    cycle_s,
    signals: placed,
    binding: placed.filter(({ signal }) => Math.max(signal.green_out_s, signal.green_in_s) < period(signal)),
    most: {
      out_s: Math.min(cycle_s, ...signals.map((one) => open(one.green_out_s, one))),
      in_s: Math.min(cycle_s, ...signals.map((one) => open(one.green_in_s, one))),
    },
  };
}

/** Two bands and how they lie; `apart_s` is D, null when only one direction has a band. */
interface Case {
  readonly value: number;
  readonly widths: Widths;
  readonly apart_s: number | null;
}

/** A whole direction let go for the other. Always possible, and the program with two bands does not hold it. */
function oneWay({ most }: Street, { value }: BandObjective): Case {
  const outbound = { out_s: most.out_s, in_s: 0 };
  const inbound = { out_s: 0, in_s: most.in_s };
  const widths = value(outbound) >= value(inbound) ? outbound : inbound;
  return { value: value(widths), widths, apart_s: null };
}

/** Values of D between two neighbouring lags. */
interface Span {
  readonly from_s: number;
  readonly to_s: number;
}

function spans({ binding, cycle_s }: Street): readonly Span[] {
  const lags = [...new Set(binding.flatMap(({ lags }) => lags.map(({ lag_s }) => lag_s)))].toSorted((a, b) => a - b);
  const [first] = lags;
  if (first === undefined) return [{ from_s: 0, to_s: cycle_s }];
  return lags.map((from_s, i) => ({ from_s, to_s: lags[i + 1] ?? first + cycle_s }));
}

/** Within a span: outbound width at most `rise` + D, or inbound width at most `fall` - D. */
interface Limits {
  readonly rise: number;
  readonly fall: number;
}

function limitsIn({ cycle_s }: Street, { signal, lags }: Placed, span: Span): Limits {
  // A lag is written so that it lies at or above every D of the span, by less than a cycle.
  const lifted = lags.map(({ lag_s }) => (lag_s <= span.from_s ? lag_s + cycle_s : lag_s));
  return {
    rise: Math.max(...lifted.map((lag) => signal.green_out_s - lag)),
    fall: Math.max(...lifted.map((lag) => signal.green_in_s - cycle_s + lag)),
  };
}

/** The best of every way to put the first lights under the one limit and the others under the other. */
function casesOf(street: Street, span: Span, objective: BandObjective): readonly Case[] {
  const limits = street.binding.map((one) => limitsIn(street, one, span)).toSorted((a, b) => b.rise - a.rise);
  // falls[k]: the inbound limit when the first k lights limit the outbound band and the others the inbound one.
  const falls: number[] = [Number.POSITIVE_INFINITY];
  for (const { fall } of limits.toReversed()) falls.unshift(Math.min(fall, falls[0] ?? fall));
  return falls.flatMap((fall, k) => {
    const rise = k === 0 ? Number.POSITIVE_INFINITY : (limits[k - 1]?.rise ?? 0);
    return bestOnLine(street.most, { rise, fall }, span, objective);
  });
}

function bestOnLine(most: Widths, line: Limits, span: Span, objective: BandObjective): readonly Case[] {
  const cases = turningPoints(most, line, span, objective).flatMap((apart_s) => {
    const widths = widthsAt(most, line, apart_s);
    if (widths.out_s < 0 || widths.in_s < 0) return [];
    return [{ value: objective.value(widths), widths, apart_s }];
  });
  return cases.length === 0 ? [] : [cases.reduce((a, b) => (better(b, a) ? b : a))];
}

const clean = (width_s: number): number => (Math.abs(width_s) < DUST ? 0 : width_s);

const widthsAt = (most: Widths, { rise, fall }: Limits, apart_s: number): Widths => ({
  out_s: clean(Math.min(most.out_s, rise + apart_s)),
  in_s: clean(Math.min(most.in_s, fall - apart_s)),
});

/** Ends of the span, and where a width stops growing, vanishes, or stands to the other as the objective's kink. */
function turningPoints(most: Widths, { rise, fall }: Limits, span: Span, { kink }: BandObjective): readonly number[] {
  const points = [span.from_s, span.to_s, most.out_s - rise, fall - most.in_s, -rise, fall];
  if (kink !== undefined) {
    points.push((kink * fall - rise) / (1 + kink), kink * most.in_s - rise, fall - most.out_s / kink);
  }
  return points.filter((point) => point >= span.from_s - DUST && point <= span.to_s + DUST);
}

function layOut(street: Street, { widths, apart_s }: Case): Omit<BandSolution, "widths"> {
  const placed = street.signals.map((one) => place(street, one, widths, apart_s));
  const [first] = placed;
  return {
    offsets_s: placed.map(({ offset_s }) => modulo(offset_s - (first?.offset_s ?? 0), street.cycle_s)),
    phasings: placed.map(({ phasing }) => phasing),
  };
}

interface Place {
  readonly offset_s: number;
  readonly phasing: number;
}

/** Bands in the middle of the room that a green leaves them, where there is some. */
function place(street: Street, one: Placed, widths: Widths, apart_s: number | null): Place {
  const { signal, toHere_s, lags } = one;
  const { cycle_s } = street;
  const [lag] = lags;
  const before = (green_s: number, width_s: number): number => (green_s - width_s) / 2;
  const byOutbound = { offset_s: toHere_s - before(signal.green_out_s, widths.out_s), phasing: 0 };
  const inboundBegin_s = (apart_s ?? 0) - before(signal.green_in_s, widths.in_s);
  const byInbound = { offset_s: inboundBegin_s - (lag?.lag_s ?? 0) + toHere_s, phasing: 0 };
  if (apart_s === null) return widths.out_s > 0 ? byOutbound : byInbound;
  if (!street.binding.includes(one)) return signal.green_out_s >= signal.green_in_s ? byInbound : byOutbound;
  const choices = lags.map(({ lag_s, phasing }) => {
    const early_s = modulo(lag_s - apart_s, cycle_s);
    const outRoom = signal.green_out_s - widths.out_s;
    const inRoom = signal.green_in_s - widths.in_s;
    // e at the very end of the cycle is e = 0 but for rounding; both ways to count it are tried.
    const readings = [early_s, early_s - cycle_s].map((gap_s) => {
      const [least, most] = [Math.max(0, gap_s), Math.min(outRoom, inRoom + gap_s)];
      return { slack: most - least, offset_s: toHere_s - (least + most) / 2, phasing };
    });
    return readings.reduce((a, b) => (b.slack > a.slack ? b : a));
  });
  return choices.reduce((a, b) => (b.slack > a.slack + DUST ? b : a));
}
