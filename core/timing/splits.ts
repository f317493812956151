/**
 * Splits in whole seconds that equalise the degree of saturation on the critical path, subject to every phase's
 * minimum; rings meet at each barrier and fill the cycle exactly. A degree above 1 is allowed: greens are then
 * proportional to the flow ratios.
 */
import type { RingRows, TimedPhase } from "./critical-path.ts";

/** Split by phase number. The cycle must be at least the sum of the groups' minimums (`shortestCycle_s`). */
export function equalisedSplits(
  rows: RingRows,
  cycle_s: number,
  coord: readonly number[],
): ReadonlyMap<number, number> {
  const coordGroup = rows.findIndex((rings) => rings.some((phases) => phases.some((p) => coord.includes(p.phase))));
  const lengths = groupLengths(rows, cycle_s, coordGroup);
  const splits = new Map<number, number>();
  for (const [g, rings] of rows.entries()) {
    for (const phases of rings) {
      for (const [phase, split_s] of shareRing(phases, lengths[g] ?? 0, cycle_s, coord)) splits.set(phase, split_s);
    }
  }
  return splits;
}

/** Length of a phase at degree of saturation `x`, seconds with fractions. */
const lengthAt = (demand: TimedPhase, cycle_s: number, x: number): number =>
  Math.max(demand.min_split_s, (demand.flow_ratio * cycle_s) / x + demand.lost_s);

const ringAt = (phases: readonly TimedPhase[], cycle_s: number, x: number): number =>
  phases.reduce((sum, demand) => sum + lengthAt(demand, cycle_s, x), 0);

const BISECTIONS = 60;

/** Smallest degree of saturation whose lengths fit; `total` falls as x rises. Null when even minimums need no x. */
function smallestDegree(total: (x: number) => number, room_s: number): number {
  let [low, high] = [1e-6, 1];
  while (total(high) > room_s && high < 1e6) high *= 2;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (total(middle) > room_s) low = middle;
    else high = middle;
  }
  return high;
}

function groupLengths(rows: RingRows, cycle_s: number, coordGroup: number): readonly number[] {
  const longest = (rings: RingRows[number], x: number): number =>
    Math.max(...rings.map((phases) => ringAt(phases, cycle_s, x)));
  const x = smallestDegree((degree) => rows.reduce((sum, rings) => sum + longest(rings, degree), 0), cycle_s);
  const wanted = rows.map((rings) => longest(rings, x));
  const least = rows.map((rings) => Math.max(...rings.map((phases) => phases.reduce((s, p) => s + p.min_split_s, 0))));
  return wholeSeconds(wanted, least, cycle_s, coordGroup);
}

function shareRing(phases: readonly TimedPhase[], length_s: number, cycle_s: number, coord: readonly number[]) {
  const x = smallestDegree((degree) => ringAt(phases, cycle_s, degree), length_s);
  const wanted = phases.map((demand) => lengthAt(demand, cycle_s, x));
  const coordPlace = phases.findIndex((demand) => coord.includes(demand.phase));
  const spareTo = coordPlace >= 0 ? coordPlace : phases.length - 1;
  const whole = wholeSeconds(
    wanted,
    phases.map((demand) => demand.min_split_s),
    length_s,
    spareTo,
  );
  return phases.map((demand, i) => [demand.phase, whole[i] ?? 0] as const);
}

/**
 * Whole numbers that add up to `total`, none under its minimum: rounded down, the seconds left over to the largest
 * remainders, and time that nobody asked for to `spareTo`.
 */
function wholeSeconds(wanted: readonly number[], least: readonly number[], total: number, spareTo: number) {
  const whole = wanted.map((value, i) => Math.max(least[i] ?? 0, Math.floor(value + 1e-6)));
  const remainders = wanted.map((value, i) => ({ i, rest: value - (whole[i] ?? 0) }));
  let left = total - whole.reduce((sum, value) => sum + value, 0);
  for (const { i, rest } of remainders.toSorted((a, b) => b.rest - a.rest)) {
    if (left <= 0 || rest <= 1e-6) break;
    whole[i] = (whole[i] ?? 0) + 1;
    left -= 1;
  }
  whole[spareTo] = (whole[spareTo] ?? 0) + left;
  return whole;
}
