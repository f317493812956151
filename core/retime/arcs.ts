/** Sets of instants of a cycle, as sorted arcs `[from, to)` with 0 <= from < to <= cycle. */

export type Arcs = readonly (readonly [number, number])[];

/** Below this an arc is rounding dust. */
const DUST = 1e-9;

/** One arc that may run over the end of the cycle. */
export function arc(from: number, length: number, cycle: number): Arcs {
  if (length <= 0) return [];
  if (length >= cycle) return [[0, cycle]];
  const start = ((from % cycle) + cycle) % cycle;
  const end = start + length;
  if (end <= cycle) return [[start, end]];
  return [
    [0, end - cycle],
    [start, cycle],
  ];
}

export function intersect(a: Arcs, b: Arcs): Arcs {
  const both: (readonly [number, number])[] = [];
  for (const [fromA, toA] of a) {
    for (const [fromB, toB] of b) {
      const from = Math.max(fromA, fromB);
      const to = Math.min(toA, toB);
      if (to - from > DUST) both.push([from, to]);
    }
  }
  return both.sort((one, other) => one[0] - other[0]);
}

/** Length of the longest arc, counting two that meet at the end of the cycle as one. */
export function longest(arcs: Arcs, cycle: number): number {
  let best = 0;
  for (const [from, to] of arcs) best = Math.max(best, to - from);
  const first = arcs[0];
  const last = arcs.at(-1);
  if (arcs.length > 1 && first !== undefined && last !== undefined && first[0] <= DUST && cycle - last[1] <= DUST) {
    best = Math.max(best, first[1] + last[1] - last[0]);
  }
  return best;
}

/** The same arcs `shift` later; pieces that meet become one again. */
export function rotate(arcs: Arcs, shift: number, cycle: number): Arcs {
  const moved = arcs.flatMap(([from, to]) => arc(from + shift, to - from, cycle)).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of moved) {
    const last = merged.at(-1);
    if (last !== undefined && from - last[1] <= DUST) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
