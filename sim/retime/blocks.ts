/** Parts of a network whose signals keep step with each other when they move together. */
import type { Retimed } from "./retimed-signals.ts";

/** By place of each signal: places of those that send it vehicles or get some from it. */
function neighboursOf({ movements, signals }: Retimed): readonly ReadonlySet<number>[] {
  const places = new Map(signals.map(({ signal }, place) => [signal, place]));
  const neighbours = signals.map(() => new Set<number>());
  for (const { feeders, signal } of movements) {
    const here = places.get(signal);
    for (const { from } of feeders) {
      const there = places.get(movements[from]?.signal ?? -1);
      if (here === undefined || there === undefined || here === there) continue;
      neighbours[here]?.add(there);
      neighbours[there]?.add(here);
    }
  }
  return neighbours;
}

function hopsFrom(start: number, neighbours: readonly ReadonlySet<number>[]): readonly number[] {
  const hops = neighbours.map(() => Number.POSITIVE_INFINITY);
  hops[start] = 0;
  const queue = [start];
  for (const at of queue) {
    for (const next of neighbours[at] as ReadonlySet<number>) {
      if (Number.isFinite(hops[next])) continue;
      hops[next] = (hops[at] as number) + 1;
      queue.push(next);
    }
  }
  return hops;
}

/** More would be no use to a search, and much to reckon in a large city. */
const mostPairs = 200;

/**
 * Of pairs of neighbours, all that are nearer to the one than to the other: when these move together only the ways between the
 * two sides get another offset. Blocks of one signal are left out.
 */
export function blocksOf(retimed: Retimed): readonly (readonly number[])[] {
  const neighbours = neighboursOf(retimed);
  const pairs = neighbours.flatMap((some, a) => [...some].filter((b) => a < b).map((b) => [a, b] as const));
  const each = Math.max(1, Math.ceil(pairs.length / mostPairs));
  return pairs
    .filter((_, at) => at % each === 0)
    .map(([a, b]) => {
      const [near, far] = [hopsFrom(a, neighbours), hopsFrom(b, neighbours)];
      return [...near.keys()].filter((at) => (near[at] as number) < (far[at] as number));
    })
    .filter((block) => block.length > 1);
}
