/** Plans to begin a search with: every signal on its own, and all in one cycle, at several cycles. */
import { bestOrders, type Chosen, chooseAt } from "../../core/retime/stages/choose-stages.ts";
import type { StageTiming } from "../../core/retime/stages/signal-stages.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { withProfileOffsets } from "./plan-profile.ts";
import type { Plan } from "./plan-programs.ts";
import type { Retimed, RetimedSignal } from "./retimed-signals.ts";

export interface StartPlan {
  readonly name: string;
  readonly plan: Plan;
}

const cycles_s = [30, 35, 40, 45, 50, 55, 60, 70, 80, 90, 100, 110, 120];
/** Orders of stages that are looked at further for each signal. */
const ordersKept = 4;

/** Costs of one signal at each cycle, with the best order there; null where its least greens do not fit. */
type Ladder = readonly (Chosen | null)[];

function ladderOf({ stages, lanes }: RetimedSignal): Ladder {
  const orders = bestOrders(stages, lanes, ordersKept);
  return cycles_s.map((cycle_s) => chooseAt(stages, lanes, orders, cycle_s));
}

const cheapest = (ladder: Ladder): Chosen | null =>
  ladder.reduce<Chosen | null>(
    (best, each) => (each === null || (best !== null && best.cost.delay_veh <= each.cost.delay_veh) ? best : each),
    null,
  );

/** The longest cycle serves whoever does not fit into the one wanted. */
const atCycle = (ladder: Ladder, at: number): StageTiming | null =>
  (ladder.slice(at).find((each) => each !== null) ?? null)?.timing ?? null;

/** What one signal alone costs at a cycle: what no offset changes is in it too. */
const aloneCost = (ladders: readonly Ladder[], at: number): number =>
  ladders.reduce((sum, ladder) => sum + (ladder.slice(at).find((each) => each !== null)?.cost.delay_veh ?? 0), 0);

/** `goOn` is asked before each sweep of the search for offsets. The likeliest to be good come first. */
export function startPlans(retimed: Retimed, network: RoadNetwork, goOn: () => boolean): readonly StartPlan[] {
  const { signals } = retimed;
  const ladders = signals.map(ladderOf);
  const own = { name: "the network's own greens", plan: signals.map(({ stages }) => stages.own) };
  const free = { name: "each its own cycle", plan: ladders.map((ladder) => cheapest(ladder)?.timing ?? null) };
  const likely = [...cycles_s.keys()].toSorted((a, b) => aloneCost(ladders, a) - aloneCost(ladders, b));
  const common = likely.map((at) => {
    const plan = ladders.map((ladder) => atCycle(ladder, at));
    if (signals.length === 1) return { name: `cycle of ${cycles_s[at]} s`, plan };
    return { name: `common cycle of ${cycles_s[at]} s`, plan: withProfileOffsets(retimed, plan, network, goOn) };
  });
  return [...common.slice(0, 2), free, ...common.slice(2), own];
}
