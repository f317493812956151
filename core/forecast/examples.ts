/** What a learner is shown of a slot: how far the last slots were from usual, what is usual now, and the time. */
import type { Examples } from "../ports/learner.ts";
import { asLastWeek, type Foretold, usual, weekShare } from "./simple-methods.ts";
import type { SlotSeries } from "./slot-series.ts";

const lags = 4;
export const width = lags + 7;

/** A lane's own measure: its mean slot, so that lanes of any size teach one another. */
interface Shown {
  readonly scale: number;
  readonly base: Foretold;
  readonly lastWeek: Foretold;
}

function shownOf(series: SlotSeries, until: number): Shown | null {
  const seen = series.vehicles.slice(0, until).flatMap((value) => value ?? []);
  const scale = seen.reduce((sum, value) => sum + value, 0) / Math.max(1, seen.length);
  return scale === 0 ? null : { scale, base: usual(series), lastWeek: asLastWeek(series) };
}

function row(series: SlotSeries, { base, lastWeek, scale }: Shown, at: number): number[] | null {
  const usually = base[at];
  if (usually == null) return null;
  const off = Array.from({ length: lags }, (_, back) => {
    const [value, known] = [series.vehicles[at - 1 - back], base[at - 1 - back]];
    return value == null || known == null ? 0 : (value - known) / scale;
  });
  const week = 2 * Math.PI * weekShare(series, at);
  const last = lastWeek[at] ?? usually;
  const before = base[at - 1] ?? usually;
  return [
    ...off,
    ...[usually / scale, (usually - before) / scale, (last - usually) / scale],
    ...[Math.sin(week), Math.cos(week), Math.sin(7 * week), Math.cos(7 * week)],
  ];
}

/** Examples of all series, of slots before `untilOf` each: what to add to the usual, in mean slots of the lane. */
export function examplesOf(all: readonly SlotSeries[], untilOf: (series: SlotSeries) => number): Examples {
  const [inputs, targets]: [number[], number[]] = [[], []];
  for (const series of all) {
    const shown = shownOf(series, untilOf(series));
    for (let at = 0; shown !== null && at < untilOf(series); at += 1) {
      const [given, value] = [row(series, shown, at), series.vehicles[at]];
      if (given === null || value == null) continue;
      inputs.push(...given);
      targets.push((value - (shown.base[at] as number)) / shown.scale);
    }
  }
  return { inputs: Float32Array.from(inputs), width, targets: Float32Array.from(targets) };
}

/** What was learned, said of every slot of a series and of the one after it. */
export function foretoldBy(
  learned: (inputs: Float32Array) => Float32Array,
  series: SlotSeries,
  until: number,
): Foretold {
  const shown = shownOf(series, until);
  const rows = Array.from({ length: series.vehicles.length + 1 }, (_, at) =>
    shown === null ? null : row(series, shown, at),
  );
  const known = rows.flatMap((each, at) => (each === null ? [] : [at]));
  const said = learned(Float32Array.from(known.flatMap((at) => rows[at] as number[])));
  const foretold = new Array<number | null>(rows.length).fill(null);
  for (const [place, at] of known.entries()) {
    const { base, scale } = shown as Shown;
    foretold[at] = Math.max(0, (base[at] as number) + scale * (said[place] as number));
  }
  return foretold;
}
