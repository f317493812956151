/**
 * Plans to begin a search with: every signal on its own, and all in one cycle, at several cycles; with each stage once in a
 * cycle, and with stages that come more often where that waits less.
 */

import { cycleOf } from "../../core/retime/stages/build-program.ts";
import { bestOrders, type Chosen, chooseAt } from "../../core/retime/stages/choose-stages.ts";
import { serves } from "../../core/retime/stages/signal-stages.ts";
import { withClearing } from "../../core/retime/stages/vary-timing.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { withProfileOffsets } from "./plan-profile.ts";
import type { Plan } from "./plan-programs.ts";
import type { Retimed, RetimedSignal } from "./retimed-signals.ts";

export interface StartPlan {
  readonly name: string;
  readonly plan: Plan;
}

/** Near each other where they are short: a second more is a larger share there. */
const cycles_s = [
  16, 18, 20, 22, 24, 26, 28, 30, 32, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 90, 100, 110, 120, 135, 150,
];
/** Orders of each kind that are looked at further for each signal; where it is the only one, each makes plans of its own. */
const ordersKept = 3;
const ordersOfOne = 6;

/** So many common cycles are looked at even where time is short. */
const fewest = 2;

/** Costs of one signal at each cycle, with the best order there; null where its least greens do not fit. */
type Ladder = readonly (Chosen | null)[];

/** A signal's ladders: every stage once, and the cheaper of that and stages that repeat. */
interface Ladders {
  readonly once: Ladder;
  readonly any: Ladder;
}

const costOf = (chosen: Chosen | null): number => chosen?.cost.delay_veh ?? Number.POSITIVE_INFINITY;
const cheaper = (a: Chosen | null, b: Chosen | null): Chosen | null => (costOf(b) < costOf(a) ? b : a);

/** Where time is short, the program's own order alone. */
function laddersOf({ stages, lanes }: RetimedSignal, thorough: boolean): Ladders {
  const plain = { once: serves(stages, stages.own.order) ? [stages.own.order] : [], often: [] };
  const orders = thorough || plain.once.length === 0 ? bestOrders(stages, lanes, ordersKept) : plain;
  const once = cycles_s.map((cycle_s) => chooseAt(stages, lanes, orders.once, cycle_s));
  const often = cycles_s.map((cycle_s) => chooseAt(stages, lanes, orders.often, cycle_s));
  return { once, any: once.map((each, at) => cheaper(each, often[at] ?? null)) };
}

const cheapest = (ladder: Ladder): Chosen | null => ladder.reduce(cheaper, null);

/** The longest cycle serves whoever does not fit into the one wanted. */
const atCycle = (ladder: Ladder, at: number): Chosen | null => ladder.slice(at).find((each) => each !== null) ?? null;

/** What the signals alone cost at a cycle: what no offset changes is in it too. */
const aloneCost = (ladders: readonly Ladder[], at: number): number =>
  ladders.reduce((sum, ladder) => sum + (atCycle(ladder, at)?.cost.delay_veh ?? 0), 0);

interface Draft extends StartPlan {
  readonly cost: number;
}

function draftsOf(ladders: readonly Ladder[], name: string): Draft[] {
  return cycles_s.map((cycle_s, at) => ({
    name: `common cycle of ${cycle_s} s${name}`,
    plan: ladders.map((ladder) => atCycle(ladder, at)?.timing ?? null),
    cost: aloneCost(ladders, at),
  }));
}

const sameOrders = (a: Plan, b: Plan): boolean => a.every((timing, at) => timing?.order === b[at]?.order);

/**
 * A signal on its own: every order at every cycle. What suits traffic that comes in time with others is not known by a formula of even
 * arrivals, and one signal is soon rehearsed.
 */
function draftsOfOne({ stages, lanes }: RetimedSignal): Draft[] {
  const { often, once } = bestOrders(stages, lanes, ordersOfOne);
  return [...once, ...often].flatMap((order) =>
    cycles_s.flatMap((cycle_s) => {
      const chosen = chooseAt(stages, lanes, [order], cycle_s);
      const name = `cycle of ${cycle_s} s, stages ${order.join(" ")}`;
      return chosen === null ? [] : [{ name, plan: [chosen.timing], cost: costOf(chosen) }];
    }),
  );
}

function draftsOfMany(ladders: readonly Ladders[]): Draft[] {
  const once = draftsOf(
    ladders.map((each) => each.once),
    "",
  );
  const any = draftsOf(
    ladders.map((each) => each.any),
    ", some stages more than once",
  );
  return [...once, ...any.filter(({ plan }, at) => !sameOrders(plan, (once[at] as Draft).plan))];
}

/** `goOn` is asked before each signal, and before each sweep of the search for offsets. The likeliest to be good come first. */
export function startPlans(retimed: Retimed, network: RoadNetwork, goOn: () => boolean): readonly StartPlan[] {
  const { signals } = retimed;
  const ladders = signals.map((signal) => laddersOf(signal, goOn()));
  const own = { name: "the network's own greens", plan: signals.map(({ stages }) => stages.own) };
  const free = { name: "each its own cycle", plan: ladders.map(({ any }) => cheapest(any)?.timing ?? null) };
  const [only] = signals;
  const drafts = signals.length === 1 && only !== undefined ? draftsOfOne(only) : draftsOfMany(ladders);
  const common: StartPlan[] = [];
  for (const { name, plan } of drafts.toSorted((a, b) => a.cost - b.cost)) {
    if (common.length >= fewest && !goOn()) break;
    common.push({ name, plan: withProfileOffsets(retimed, plan, network, goOn) });
  }
  return [...common.slice(0, 2), free, ...common.slice(2), own];
}

const usualClear_s = 2;

/** The plan with time for those who wait inside; null where that changes nothing, or does not fit. */
export function withTimeToLeave({ signals }: Retimed, { name, plan }: StartPlan): StartPlan | null {
  let changed = false;
  const cleared = plan.map((timing, at) => {
    if (timing === null) return null;
    const { stages } = signals[at] as RetimedSignal;
    const cycle_s = cycleOf(stages, timing);
    const longer = { ...timing, clear_s: usualClear_s };
    if (cycleOf(stages, longer) === cycle_s) return timing;
    const fitting = withClearing(stages, timing, cycle_s, usualClear_s);
    changed ||= fitting !== null;
    return fitting ?? timing;
  });
  return changed ? { name: `${name}, with time to leave`, plan: cleared } : null;
}
