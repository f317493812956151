/** What the local time of day asks for at an instant, and until when. */
import type { DayPlan, PlanDay } from "../sections/time-plan.ts";
import { daySet, holds } from "./calendar.ts";
import { minuteOf } from "./time-of-day.ts";
import { instantOf, localTime } from "./zone.ts";

export interface TimePlan {
  readonly zone: string;
  readonly day_plans: readonly DayPlan[];
  readonly plan_days: readonly PlanDay[];
}

export interface InForce {
  readonly day_plan: number;
  readonly pattern: number;
  /** The instant of the event, and of the next one: of the same day or at midnight. */
  readonly from_ms: number;
  readonly to_ms: number;
}

/**
 * Null on a day that no entry means, and before the first event of a day. Events happen when the clock first shows
 * their time; one in an hour that is skipped happens as the clock jumps.
 */
export function inForce({ zone, day_plans, plan_days }: TimePlan, at_ms: number): InForce | null {
  const { year, month, date, weekday } = localTime(zone, at_ms);
  const entry = plan_days.find((each) => holds(daySet(each), { month: month - 1, date, weekday }));
  const plan = day_plans.find(({ number }) => number === entry?.day_plan);
  if (plan === undefined) return null;
  const events = plan.events.map(({ at, pattern }) => ({
    pattern,
    from_ms: instantOf(zone, year, month, date, minuteOf(at) * 60),
  }));
  const index = events.findLastIndex(({ from_ms }) => from_ms <= at_ms);
  const event = events[index];
  if (event === undefined) return null;
  const to_ms = events[index + 1]?.from_ms ?? instantOf(zone, year, month, date + 1, 0);
  return { day_plan: plan.number, ...event, to_ms };
}
