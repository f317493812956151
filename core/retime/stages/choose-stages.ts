/**
 * Stages, order and greens for one signal on its own: every set of stages that serves all links, in every order while these
 * are few, the best of them also with some stages more than once in a cycle; seconds of green are given one after the other to
 * the stage where they save most delay.
 */
import { changes_s, fitted } from "./build-program.ts";
import { leastGreen_s, type SignalStages, type StageTiming, serves } from "./signal-stages.ts";
import { type LaneFlow, type Rates, ratesOf, type StageCost, stageCost } from "./stage-delay.ts";
import { ordersOf, repeated, stageSets } from "./stage-orders.ts";

export interface Chosen {
  readonly timing: StageTiming;
  readonly cost: StageCost;
}

/** Into so many parts what is above the least greens is cut. */
const parts = 30;

/** Greens that sum to the cycle less its changes, the same whenever a stage comes; null where the least greens do not fit. */
function splitGreens(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  rates: Rates,
  order: readonly number[],
  cycle_s: number,
): Chosen | null {
  const green_s = order.map(() => leastGreen_s);
  const timing: StageTiming = { order, green_s, offset_s: 0 };
  const changes = changes_s(of, timing);
  let left_s = cycle_s - changes.reduce((sum, length_s) => sum + length_s, 0) - leastGreen_s * order.length;
  if (left_s < 0) return null;
  const placesOf = [...new Set(order)].map((stage) => [...order.keys()].filter((place) => order[place] === stage));
  const give = (places: readonly number[], part_s: number): void => {
    for (const place of places) green_s[place] = (green_s[place] as number) + part_s;
  };
  const costNow = (): number => stageCost(of, lanes, rates, timing, cycle_s, changes).delay_veh;
  const step_s = Math.max(1, Math.round(left_s / parts / (order.length / placesOf.length)));
  while (left_s > 0) {
    const before = costNow();
    let best = { places: [] as readonly number[], part_s: 0, gain: Number.NEGATIVE_INFINITY };
    for (const places of placesOf) {
      const part_s = Math.min(step_s, Math.floor(left_s / places.length));
      if (part_s === 0) continue;
      give(places, part_s);
      const gain = (before - costNow()) / (part_s * places.length);
      if (gain > best.gain) best = { places, part_s, gain };
      give(places, -part_s);
    }
    if (best.part_s === 0) break;
    give(best.places, best.part_s);
    left_s -= best.part_s * best.places.length;
  }
  const whole = fitted(of, timing, cycle_s);
  return whole === null ? null : { timing: whole, cost: stageCost(of, lanes, rates, whole, cycle_s) };
}

const cheapest = (some: readonly Chosen[]): Chosen | null =>
  some.reduce<Chosen | null>(
    (best, each) => (best === null || each.cost.delay_veh < best.cost.delay_veh ? each : best),
    null,
  );

/** Cycles at which orders are compared: a middling and a long one; those in which stages repeat, about twice as long. */
const middling_s = [60, 90];
const longer_s = [60, 100, 150];
/** Of so many orders with each stage once those with repeated stages are made: which stage follows which matters in both. */
const repeatedFrom = 2;

/** The best first, by delay at the cycle that suits each best. */
function ranked(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  rates: Rates,
  orders: readonly (readonly number[])[],
  cycles_s: readonly number[],
): readonly Chosen[] {
  const judged = orders.flatMap(
    (order) => cheapest(cycles_s.flatMap((cycle_s) => splitGreens(of, lanes, rates, order, cycle_s) ?? [])) ?? [],
  );
  return judged.toSorted((a, b) => a.cost.delay_veh - b.cost.delay_veh);
}

export interface Orders {
  /** Each stage once in a cycle. */
  readonly once: readonly (readonly number[])[];
  /** Some stages more than once. */
  readonly often: readonly (readonly number[])[];
}

const orderOf = ({ timing }: Chosen): readonly number[] => timing.order;

/** The orders worth looking at, `count` of each kind at most. */
export function bestOrders(of: SignalStages, lanes: readonly LaneFlow[], count: number): Orders {
  const rates = ratesOf(of, lanes);
  const own = serves(of, of.own.order) ? [of.own.order] : [];
  const once = ranked(of, lanes, rates, [...stageSets(of).flatMap(ordersOf), ...own], middling_s);
  const many = once.slice(0, repeatedFrom).flatMap(({ timing: { green_s, order } }) => {
    const rising = [...order.keys()].toSorted((a, b) => (green_s[a] as number) - (green_s[b] as number));
    return repeated(
      order,
      rising.map((place) => order[place] as number),
    );
  });
  const often = ranked(of, lanes, rates, many, longer_s);
  return { once: once.slice(0, count).map(orderOf), often: often.slice(0, count).map(orderOf) };
}

/** The best of these orders at this cycle; null when no order fits into it. */
export function chooseAt(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  orders: readonly (readonly number[])[],
  cycle_s: number,
): Chosen | null {
  const rates = ratesOf(of, lanes);
  return cheapest(orders.flatMap((order) => splitGreens(of, lanes, rates, order, cycle_s) ?? []));
}
