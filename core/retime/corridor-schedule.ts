/** Which plan of a corridor on which days and when: few plans, few changes, from what its lanes saw over weeks. */
import { slotsOfDay } from "../forecast/slot-series.ts";
import type { Corridor, Intersection } from "../network/schema.ts";
import { timeline } from "../signal/timeline.ts";
import { controlDelay_s } from "../timing/delay.ts";
import { dayGroups } from "./day-groups.ts";
import type { SeenSlot } from "./lane-slots.ts";
import { type DemandVector, type PlanSchedule, planSchedule } from "./plan-schedule.ts";
import type { RetimeProposal } from "./proposal.ts";
import { retimeCorridor } from "./retime.ts";

export interface CorridorScheduleOptions {
  readonly corridor: Corridor;
  /** The corridor's members. */
  readonly intersections: readonly Intersection[];
  /** In the order of each demand. */
  readonly lanes: readonly string[];
  readonly seen: readonly SeenSlot[];
  /** Of one day. */
  readonly mostPlans: number;
  /** A plan is made for this share of what its slots saw. */
  readonly percentile: number;
}

/** A plan with what its greens serve, by lane. */
interface Timed {
  readonly proposal: RetimeProposal;
  readonly lanes: readonly { readonly capacity_h: number; readonly green_s: number }[];
}

export interface DaySchedule {
  /** 0, Sunday, to 6. */
  readonly weekdays: readonly number[];
  readonly schedule: PlanSchedule<RetimeProposal>;
}

export interface CorridorSchedule {
  readonly days: readonly DaySchedule[];
  /** PCU-hours of delay in a week, changes included: of the schedule, and of one plan at all times. */
  readonly week_pcu_h: number;
  readonly one_plan_week_pcu_h: number;
}

const slot_h = 24 / slotsOfDay;
/** Another group of days has to save this share of the delay of all. */
const worthwhile = 0.01;
const mostGroups = 4;
/** So many days of a slot speak for all, spread evenly over them. */
const daysHeard = 8;
/** While signals find their new offsets, at most three cycles of 80 s, everybody on the way stops once more than else. */
const changing_s = 240;
const stop_s = 10;

function laneTable(intersections: readonly Intersection[], lanes: readonly string[]) {
  return lanes.map((id) => {
    for (const intersection of intersections) {
      const lane = intersection.approaches.flatMap((approach) => approach.lanes).find((each) => each.id === id);
      if (lane !== undefined) return { intersection: intersection.id, lane };
    }
    throw new Error(`lane ${id} belongs to none of the intersections`);
  });
}

class CorridorTiming {
  readonly #o: CorridorScheduleOptions;
  readonly #lanes: ReturnType<typeof laneTable>;

  constructor(options: CorridorScheduleOptions) {
    this.#o = options;
    this.#lanes = laneTable(options.intersections, options.lanes);
  }

  planFor(demand: DemandVector): Timed | null {
    const { corridor, intersections, lanes } = this.#o;
    const made = retimeCorridor({
      corridor,
      intersections,
      pattern: 1,
      demand: lanes.map((lane, at) => ({
        lane,
        flow_pcu_h: demand[at] ?? 0,
        origin: "history",
        simulated: false,
        saturated: false,
      })),
    });
    return made.ok ? { proposal: made.value, lanes: this.#served(made.value) } : null;
  }

  #served({ cycle_s, plans }: RetimeProposal): Timed["lanes"] {
    const greens = new Map<string, number>();
    for (const plan of plans) {
      const intersection = this.#o.intersections.find(({ id }) => id === plan.intersection);
      const laidOut = intersection === undefined ? null : timeline(intersection, plan);
      if (laidOut === null || !laidOut.ok) continue;
      for (const { green, phase } of laidOut.value.phases) {
        greens.set(`${plan.intersection} ${phase}`, green.to_s - green.from_s);
      }
    }
    return this.#lanes.map(({ intersection, lane }) => {
      const green_s = greens.get(`${intersection} ${lane.phase}`) ?? 0;
      return { green_s, capacity_h: (lane.saturation_pcu_h * green_s) / cycle_s };
    });
  }

  /** PCU-hours of delay in one slot. */
  cost({ lanes, proposal }: Timed, demand: DemandVector): number {
    let delay_s = 0;
    for (const [at, { capacity_h, green_s }] of lanes.entries()) {
      const flow_h = demand[at] ?? 0;
      // A lane that no phase serves waits the same under every plan.
      if (flow_h === 0 || capacity_h === 0) continue;
      delay_s += flow_h * controlDelay_s({ cycle_s: proposal.cycle_s, green_s, flow_h, capacity_h });
    }
    return (slot_h * delay_s) / 3600;
  }
}

function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] as T);
}

/** Null where a slot of the day was never seen, or no plan can be made. */
function scheduleOf(options: CorridorScheduleOptions, weekdays: readonly number[], mostPlans: number) {
  const { percentile, seen } = options;
  const timing = new CorridorTiming(options);
  const own = seen.filter(({ weekday }) => weekdays.includes(weekday));
  const slots = Array.from({ length: slotsOfDay }, (_, slot) =>
    spread(
      own.filter((each) => each.slot === slot).map(({ demand }) => demand),
      daysHeard,
    ),
  );
  const flows = own.map(({ demand }) => demand.reduce((sum, flow) => sum + flow, 0)).toSorted((a, b) => a - b);
  const middling_h = flows[Math.floor(flows.length / 2)] ?? 0;
  return planSchedule<Timed>({
    slots,
    mostPlans,
    percentile,
    change: (middling_h * (changing_s / 3600) * stop_s) / 3600,
    planFor: (demand) => timing.planFor(demand),
    cost: (plan, demand) => timing.cost(plan, demand),
  });
}

const bare = ({ plans, ...schedule }: PlanSchedule<Timed>): PlanSchedule<RetimeProposal> => ({
  ...schedule,
  plans: plans.map(({ demand, plan }) => ({ demand, plan: plan.proposal })),
});

type Scheduler = (weekdays: readonly number[]) => PlanSchedule<Timed> | null;

/** The same group of days comes in several groupings. */
function remembered(options: CorridorScheduleOptions, mostPlans: number): Scheduler {
  const known = new Map<string, PlanSchedule<Timed> | null>();
  return (weekdays) => {
    const key = weekdays.join();
    if (!known.has(key)) known.set(key, scheduleOf(options, weekdays, mostPlans));
    return known.get(key) ?? null;
  };
}

function weekOf(groups: readonly (readonly number[])[], of: Scheduler) {
  const days: DaySchedule[] = [];
  let week_pcu_h = 0;
  for (const weekdays of groups) {
    const schedule = of(weekdays);
    if (schedule === null) return null;
    days.push({ weekdays, schedule: bare(schedule) });
    week_pcu_h += weekdays.length * schedule.cost;
  }
  return { days, week_pcu_h };
}

/** Null where some quarter of the day was seen on no day of a group, or where no plan can be made at all. */
export function corridorSchedule(options: CorridorScheduleOptions): CorridorSchedule | null {
  const levels = dayGroups(options.seen, slotsOfDay).slice(0, mostGroups);
  const [all] = levels;
  const one = all === undefined ? null : weekOf(all, remembered(options, 1));
  if (one === null) return null;
  const scheduler = remembered(options, options.mostPlans);
  let best = one;
  for (const groups of levels) {
    const found = weekOf(groups, scheduler);
    if (found !== null && found.week_pcu_h < best.week_pcu_h * (1 - worthwhile)) best = found;
  }
  return { ...best, one_plan_week_pcu_h: one.week_pcu_h };
}
