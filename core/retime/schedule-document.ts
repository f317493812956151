/** A corridor's schedule as it travels: patterns, day plans and days, each as the site file writes them. */
import { slotsOfDay } from "../forecast/slot-series.ts";
import type { Plan } from "../signal/plan.ts";
import type { CorridorSchedule, DaySchedule } from "./corridor-schedule.ts";
import type { PlanSchedule } from "./plan-schedule.ts";
import type { RetimeProposal } from "./proposal.ts";

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export interface CorridorPattern {
  readonly pattern: number;
  readonly cycle_s: number;
  /** What all lanes of the corridor want together, PCU/h, where the plan was made for it. */
  readonly demand_pcu_h: number;
  readonly plans: readonly Plan[];
}

export interface CorridorDayPlans {
  readonly corridor: string;
  readonly patterns: readonly CorridorPattern[];
  readonly day_plans: readonly {
    readonly number: number;
    readonly events: readonly { readonly at: string; readonly pattern: number }[];
  }[];
  readonly plan_days: readonly { readonly days: readonly string[]; readonly day_plan: number }[];
  /** Delay of a week by formulas, changes included, offsets not. */
  readonly week_pcu_h: { readonly schedule: number; readonly one_plan: number };
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

function clockOf(slot: number): string {
  const minute = (slot * 24 * 60) / slotsOfDay;
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

/** An event at each change, and at midnight what runs over it. */
function eventsOf({ rows }: PlanSchedule<RetimeProposal>, first: number) {
  const changes = rows.map(({ from, plan }) => ({ slot: from % slotsOfDay, pattern: first + plan }));
  const over = rows.find(({ from, to }) => from === 0 || to > slotsOfDay);
  const all = changes.some(({ slot }) => slot === 0)
    ? changes
    : [...changes, { slot: 0, pattern: first + (over?.plan ?? 0) }];
  return all.toSorted((a, b) => a.slot - b.slot).map(({ pattern, slot }) => ({ at: clockOf(slot), pattern }));
}

/** Patterns are numbered from 1 on, those of one group of days after those of the other. */
export function dayPlansOf(corridor: string, made: CorridorSchedule): CorridorDayPlans {
  const patterns: CorridorPattern[] = [];
  const day_plans: CorridorDayPlans["day_plans"][number][] = [];
  for (const { schedule } of made.days) {
    const first = patterns.length + 1;
    for (const [at, { demand, plan }] of schedule.plans.entries()) {
      const pattern = first + at;
      const demand_pcu_h = Math.round(demand.reduce((sum, flow) => sum + flow, 0));
      const plans = plan.plans.map((each) => ({ ...each, pattern }));
      patterns.push({ pattern, cycle_s: plan.cycle_s, demand_pcu_h, plans });
    }
    day_plans.push({ number: day_plans.length + 1, events: eventsOf(schedule, first) });
  }
  const daysOf = ({ weekdays: days }: DaySchedule) => days.map((day) => weekdays[day] as string);
  return {
    corridor,
    patterns,
    day_plans,
    plan_days: made.days.map((each, at) => ({ days: daysOf(each), day_plan: at + 1 })),
    week_pcu_h: { schedule: made.week_pcu_h, one_plan: made.one_plan_week_pcu_h },
  };
}
