/** Which stages a cycle may hold, and in which order: each once, or some of them more often than others. */
import { type SignalStages, serves } from "./signal-stages.ts";

/** Sets of stages that serve every link and from which none can be left out. */
export function stageSets(of: SignalStages, most = 12): number[][] {
  const sets: number[][] = [];
  const all = of.stages.map((_, at) => at);
  const isLeast = (set: readonly number[]): boolean =>
    !set.some((stage) =>
      serves(
        of,
        set.filter((other) => other !== stage),
      ),
    );
  const grow = (set: readonly number[], from: number): void => {
    if (serves(of, set)) {
      if (isLeast(set)) sets.push([...set]);
      return;
    }
    for (let next = from; next < all.length && sets.length < 10 * most; next += 1) grow([...set, next], next + 1);
  };
  grow([], 0);
  sets.sort((a, b) => a.length - b.length);
  return sets.slice(0, most);
}

/** Cyclic orders: the first stays first. More than five stages keep the order of the program. */
export function ordersOf(set: readonly number[]): number[][] {
  const [first, ...others] = set as readonly [number, ...number[]];
  if (set.length > 5) return [[...set]];
  const rest = (left: readonly number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((one) => rest(left.filter((other) => other !== one)).map((tail) => [one, ...tail]));
  return rest(others).map((tail) => [first, ...tail]);
}

/** Nobody is asked twice in a row. */
export const isCycle = (order: readonly number[]): boolean =>
  order.length > 1 && order.every((stage, place) => stage !== order[(place + 1) % order.length]);

/**
 * The same order gone through several times in a cycle, in which stages that need little green come once: their changes are lost
 * time, and whoever is served more often waits less. `rising` are the stages of the order, least green first.
 */
export function repeated(order: readonly number[], rising: readonly number[]): number[][] {
  const found: number[][] = [];
  for (let count = 1; count < order.length; count += 1) {
    const once = rising.slice(0, count);
    const rest = order.filter((stage) => !once.includes(stage));
    if (rest.length < 2) break;
    found.push([...order, ...rest], [...order, ...rest, ...rest], [...order, ...rest, ...rest, ...rest]);
    // One of them in the first round, the others in the second.
    const [first, ...others] = once;
    if (others.length === 0) continue;
    found.push([...order.filter((stage) => !others.includes(stage)), ...order.filter((stage) => stage !== first)]);
  }
  return found.filter(isCycle);
}
