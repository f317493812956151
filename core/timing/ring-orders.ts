/**
 * Lead and lag: the orders in which a ring can run the phases between two barriers. Splits, barriers and lost times
 * stay what they are; only when each phase is green changes, and with it what the bands of a street can be.
 */

/** `rings[r][g]`: phases of ring r in barrier group g, in order. */
export type Rings = readonly (readonly (readonly number[])[])[];

/** Above this many orders in all, only the order given is told: nobody would look through them. */
const MOST_ORDERS = 5000;

/** Every order, the given one first. */
export function ringOrders(rings: Rings): readonly Rings[] {
  const count = rings.flat().reduce((product, group) => product * factorial(group.length), 1);
  if (count > MOST_ORDERS) return [rings];
  return product(rings.map((ring) => product(ring.map(permutations))));
}

export interface GreenSpan {
  readonly phase: number;
  /** Seconds after the first group's barrier. */
  readonly from_s: number;
  readonly green_s: number;
}

/** Greens of one order. `lost_s` ends each split; a group is as long as its longest ring. */
export function greenSpans(
  rings: Rings,
  splits_s: ReadonlyMap<number, number>,
  lost_s: ReadonlyMap<number, number>,
): readonly GreenSpan[] {
  const splitOf = (phase: number): number => splits_s.get(phase) ?? 0;
  const groups = Math.max(0, ...rings.map((ring) => ring.length));
  const spans: GreenSpan[] = [];
  let barrier_s = 0;
  for (let g = 0; g < groups; g++) {
    let longest_s = 0;
    for (const ring of rings) {
      let from_s = barrier_s;
      for (const phase of ring[g] ?? []) {
        spans.push({ phase, from_s, green_s: Math.max(0, splitOf(phase) - (lost_s.get(phase) ?? 0)) });
        from_s += splitOf(phase);
      }
      longest_s = Math.max(longest_s, from_s - barrier_s);
    }
    barrier_s += longest_s;
  }
  return spans;
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((first, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [first, ...rest]));
}

function product<T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return choices.reduce<readonly (readonly T[])[]>(
    (made, options) => made.flatMap((one) => options.map((option) => [...one, option])),
    [[]],
  );
}
