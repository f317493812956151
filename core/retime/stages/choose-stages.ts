/**
 * Stages, order and greens for one signal on its own: every set of stages that serves all links, in every order while these
 * are few, with seconds of green given one after the other to the stage where they save most delay.
 */
import { changing_s, fitted } from "./build-program.ts";
import { leastGreen_s, type SignalStages, type StageTiming, serves } from "./signal-stages.ts";
import { type LaneFlow, type Rates, ratesOf, type StageCost, stageCost } from "./stage-delay.ts";

export interface Chosen {
  readonly timing: StageTiming;
  readonly cost: StageCost;
}

/** Sets of stages that serve every link and from which none can be left out, or that the program itself runs. */
export function stageSets(of: SignalStages, most = 12): number[][] {
  const sets: number[][] = [];
  const all = of.stages.map((_, at) => at);
  const grow = (set: readonly number[], from: number): void => {
    if (serves(of, set)) {
      if (
        set.every(
          (stage) =>
            !serves(
              of,
              set.filter((other) => other !== stage),
            ),
        )
      )
        sets.push([...set]);
      return;
    }
    for (let next = from; next < all.length && sets.length < 10 * most; next += 1) grow([...set, next], next + 1);
  };
  grow([], 0);
  sets.sort((a, b) => a.length - b.length);
  return sets.slice(0, most);
}

/** Cyclic orders: the first stays first. More than five stages keep the order of the program. */
function orders(set: readonly number[]): number[][] {
  const [first, ...others] = set as readonly [number, ...number[]];
  if (set.length > 5) return [[...set]];
  const rest = (left: readonly number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((one) => rest(left.filter((other) => other !== one)).map((tail) => [one, ...tail]));
  return rest(others).map((tail) => [first, ...tail]);
}

/** Greens that sum to the cycle less its changes; null where the least greens do not fit. */
function splitGreens(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  rates: Rates,
  order: readonly number[],
  cycle_s: number,
): Chosen | null {
  const green_s = order.map(() => leastGreen_s);
  const timing: StageTiming = { order, green_s, offset_s: 0 };
  let left_s = cycle_s - changing_s(of, timing) - leastGreen_s * order.length;
  if (left_s < 0) return null;
  const step_s = Math.max(1, Math.round(left_s / 40));
  while (left_s > 0) {
    const part_s = Math.min(step_s, left_s);
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let place = 0; place < order.length; place += 1) {
      green_s[place] = (green_s[place] as number) + part_s;
      const { delay_veh } = stageCost(of, lanes, rates, timing, cycle_s);
      if (delay_veh < least) [best, least] = [place, delay_veh];
      green_s[place] = (green_s[place] as number) - part_s;
    }
    green_s[best] = (green_s[best] as number) + part_s;
    left_s -= part_s;
  }
  const whole = fitted(of, timing, cycle_s);
  return whole === null ? null : { timing: whole, cost: stageCost(of, lanes, rates, whole, cycle_s) };
}

/** The orders worth looking at: by delay at one middling cycle. */
export function bestOrders(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  count: number,
): readonly (readonly number[])[] {
  const rates = ratesOf(of, lanes);
  const own = serves(of, of.own.order) ? [of.own.order] : [];
  const all = [...stageSets(of).flatMap(orders), ...own];
  const judged = all.map((order) => {
    const cycles = [60, 90].map((cycle_s) => splitGreens(of, lanes, rates, order, cycle_s)?.cost.delay_veh);
    return { order, delay: Math.min(...cycles.map((delay) => delay ?? Number.POSITIVE_INFINITY)) };
  });
  return judged
    .toSorted((a, b) => a.delay - b.delay)
    .slice(0, count)
    .map(({ order }) => order);
}

/** The best of these orders at this cycle; null when no order fits into it. */
export function chooseAt(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  some: readonly (readonly number[])[],
  cycle_s: number,
): Chosen | null {
  const rates = ratesOf(of, lanes);
  const made = some.flatMap((order) => splitGreens(of, lanes, rates, order, cycle_s) ?? []);
  return made.reduce<Chosen | null>(
    (best, each) => (best === null || each.cost.delay_veh < best.cost.delay_veh ? each : best),
    null,
  );
}
