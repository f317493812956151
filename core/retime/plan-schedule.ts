/**
 * Which plan when: the slots of a day grouped into few plans, so that what everybody waits and what changing over costs is least.
 * A plan is made for a high percentile of what its slots see, so that it also holds on a full day; slots and plans are found in
 * turn, as k-means does, but slots are given out by a shortest path through the day (Viterbi 1967), which counts every change.
 */
import { quantile } from "../traffic/quantile.ts";

/** By lane or movement, veh/h or PCU/h; the same places in every slot. */
export type DemandVector = readonly number[];

/** One part of the day as several days saw it; never without a day. */
export type SlotDays = readonly DemandVector[];

export interface ScheduleProblem<Plan> {
  /** Slots of one day in their order, of equal length; after the last comes the first. */
  readonly slots: readonly SlotDays[];
  readonly mostPlans: number;
  /** Of what its slots saw a plan is made for this share: 0.85 for the 85th percentile. */
  readonly percentile: number;
  /** What one change costs, in the unit of `cost`. */
  readonly change: number;
  /** A plan for this demand; null where there is none. */
  readonly planFor: (demand: DemandVector) => Plan | null;
  /** What a slot with this demand costs under the plan. */
  readonly cost: (plan: Plan, demand: DemandVector) => number;
}

export interface ScheduledPlan<Plan> {
  readonly plan: Plan;
  readonly demand: DemandVector;
}

/** Slots from `from` to before `to`; the last row may run over the end of the day. */
export interface ScheduleRow {
  readonly from: number;
  readonly to: number;
  readonly plan: number;
}

export interface PlanSchedule<Plan> {
  readonly plans: readonly ScheduledPlan<Plan>[];
  readonly rows: readonly ScheduleRow[];
  /** Of a day, with its changes. */
  readonly cost: number;
  readonly changes: number;
}

/** Another plan has to save this share of the cost of all. */
const worthwhile = 0.01;
const turns = 12;

function percentileDemand(days: readonly DemandVector[], share: number): DemandVector {
  const [first = []] = days;
  return first.map(
    (_, at) =>
      quantile(
        days.map((day) => day[at] ?? 0).toSorted((a, b) => a - b),
        share,
      ) ?? 0,
  );
}

const distance = (a: DemandVector, b: DemandVector): number =>
  a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0);

/** The fullest slot, then always the one farthest from all that were taken. */
function spreadSlots(means: readonly DemandVector[], count: number): number[] {
  const all = [...means.keys()];
  const total = (at: number): number => (means[at] as DemandVector).reduce((sum, value) => sum + value, 0);
  const taken = [all.reduce((best, at) => (total(at) > total(best) ? at : best), 0)];
  while (taken.length < Math.min(count, means.length)) {
    const apart = (at: number): number =>
      Math.min(...taken.map((other) => distance(means[at] as DemandVector, means[other] as DemandVector)));
    taken.push(all.reduce((best, at) => (apart(at) > apart(best) ? at : best), 0));
  }
  return taken;
}

/** The cheapest way through the slots that begins with plan `first`, and back to it at the end of the day. */
function wayFrom(costs: readonly Float64Array[], plans: number, change: number, first: number) {
  let best = Float64Array.from({ length: plans }, (_, plan) =>
    plan === first ? (costs[0]?.[plan] as number) : Number.POSITIVE_INFINITY,
  );
  const before: Int32Array[] = [];
  for (const slot of costs.slice(1)) {
    const cheapest = best.indexOf(Math.min(...best));
    const came = Int32Array.from(best, (stay, plan) => (stay <= (best[cheapest] as number) + change ? plan : cheapest));
    best = best.map((stay, plan) => Math.min(stay, (best[cheapest] as number) + change) + (slot[plan] as number));
    before.push(came);
  }
  const whole = best.map((cost, plan) => cost + (plan === first ? 0 : change));
  const cost = Math.min(...whole);
  const way = [whole.indexOf(cost)];
  for (const came of before.toReversed()) way.unshift(came[way[0] as number] as number);
  return { cost, way };
}

function cheapestWay(costs: readonly Float64Array[], plans: number, change: number) {
  const ways = Array.from({ length: plans }, (_, first) => wayFrom(costs, plans, change, first));
  return ways.reduce((best, each) => (each.cost < best.cost ? each : best));
}

function rowsOf(way: readonly number[]): ScheduleRow[] {
  const starts = [...way.keys()].filter((at) => way[at] !== way[(at + way.length - 1) % way.length]);
  if (starts.length === 0) return [{ from: 0, to: way.length, plan: way[0] as number }];
  return starts.map((from, at) => ({
    from,
    to: starts[at + 1] ?? (starts[0] as number) + way.length,
    plan: way[from] as number,
  }));
}

/** Null where some of the slots' demand has no plan at all. */
function withPlans<Plan>(problem: ScheduleProblem<Plan>, count: number): PlanSchedule<Plan> | null {
  const { change, cost, percentile, planFor, slots } = problem;
  const means = slots.map((days) => percentileDemand(days, 0.5));
  let groups = spreadSlots(means, count).map((at) => [at]);
  let best: PlanSchedule<Plan> | null = null;
  for (let turn = 0; turn < turns; turn += 1) {
    const plans = groups.flatMap((group): ScheduledPlan<Plan>[] => {
      const demand = percentileDemand(
        group.flatMap((at) => slots[at] as SlotDays),
        percentile,
      );
      const plan = planFor(demand);
      return plan === null ? [] : [{ plan, demand }];
    });
    if (plans.length === 0) return best;
    const costs = slots.map((days) =>
      Float64Array.from(plans, ({ plan }) => days.reduce((sum, day) => sum + cost(plan, day), 0) / days.length),
    );
    const found = cheapestWay(costs, plans.length, change);
    if (best !== null && found.cost >= best.cost - 1e-9) return best;
    const rows = rowsOf(found.way);
    best = { plans, rows, cost: found.cost, changes: rows.length === 1 ? 0 : rows.length };
    groups = plans
      .map((_, plan) => [...slots.keys()].filter((at) => found.way[at] === plan))
      .filter((group) => group.length > 0);
  }
  return best;
}

/** The schedule with as few plans as are worth while; null where no plan can be made. */
export function planSchedule<Plan>(problem: ScheduleProblem<Plan>): PlanSchedule<Plan> | null {
  if (problem.slots.length === 0 || problem.slots.some((days) => days.length === 0)) return null;
  let best: PlanSchedule<Plan> | null = null;
  for (let count = 1; count <= problem.mostPlans; count += 1) {
    const found = withPlans(problem, count);
    if (found === null) continue;
    if (best === null || found.cost < best.cost * (1 - worthwhile)) best = found;
  }
  return best === null ? null : usedOnly(best);
}

/** Plans that no row names are left out. */
function usedOnly<Plan>({ plans, rows, ...schedule }: PlanSchedule<Plan>): PlanSchedule<Plan> {
  const used = [...plans.keys()].filter((plan) => rows.some((row) => row.plan === plan));
  return {
    ...schedule,
    plans: used.map((plan) => plans[plan] as ScheduledPlan<Plan>),
    rows: rows.map((row) => ({ ...row, plan: used.indexOf(row.plan) })),
  };
}
