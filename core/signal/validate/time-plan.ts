/** The local time of day: stated patterns that keep I1 to I4, day plans in order, and one day plan for every day. */
import type { Intersection } from "../../network/schema.ts";
import type { Problem } from "../../problems/problem.ts";
import { daySet, dayText, everyDay, holds, sharedDay } from "../schedule/calendar.ts";
import type { SignalSpec } from "../schema.ts";
import type { DayPlan } from "../sections/time-plan.ts";
import { pairsOf } from "../structure.ts";
import { validatePlan } from "./plan.ts";
import type { Report } from "./report.ts";

/** Free and flash need no pattern. */
const SPECIAL_PATTERNS = [254, 255];

/** Patterns are only laid out where the intersection itself is sound. */
export function timePlanProblems(intersection: Intersection, sound: boolean, report: Report): readonly Problem[] {
  const { signal } = intersection;
  return [
    ...twice(signal, report),
    ...(sound ? patternProblems(intersection) : []),
    ...(signal.day_plans ?? []).flatMap((plan, i) => dayPlanProblems(signal, plan, `signal.day_plans.${i}`, report)),
    ...dayProblems(signal, report),
  ];
}

function repeated(numbers: readonly number[]): readonly { readonly number: number; readonly i: number }[] {
  return numbers.map((number, i) => ({ number, i })).filter(({ number, i }) => numbers.indexOf(number) < i);
}

function twice({ patterns = [], day_plans = [] }: SignalSpec, report: Report): readonly Problem[] {
  return [
    ...repeated(patterns.map((each) => each.pattern)).map(({ number, i }) =>
      report("PATTERN_TWICE", `signal.patterns.${i}.pattern`, { pattern: number }),
    ),
    ...repeated(day_plans.map((each) => each.number)).map(({ number, i }) =>
      report("DAY_PLAN_TWICE", `signal.day_plans.${i}.number`, { day_plan: number }),
    ),
  ];
}

/** I4 holds for every pattern that the device will hold. */
function patternProblems(intersection: Intersection): readonly Problem[] {
  return (intersection.signal.patterns ?? []).flatMap((pattern, i) =>
    validatePlan(intersection, { ...pattern, intersection: intersection.id }).map((found) => ({
      ...found,
      at: { ...found.at, path: [`signal.patterns.${i}`, found.at?.path].filter(Boolean).join(".") },
    })),
  );
}

function dayPlanProblems({ patterns = [] }: SignalSpec, plan: DayPlan, path: string, report: Report) {
  const { number: day_plan, events } = plan;
  const found: Problem[] = [];
  const first = events[0]?.at ?? "";
  if (first !== "00:00") found.push(report("DAY_PLAN_START", `${path}.events.0.at`, { day_plan, at: first }));
  for (const [i, { at, pattern }] of events.entries()) {
    const before = events[i - 1]?.at ?? "";
    if (at <= before) found.push(report("DAY_PLAN_ORDER", `${path}.events.${i}.at`, { day_plan, at, before }));
    if (SPECIAL_PATTERNS.includes(pattern) || patterns.some((each) => each.pattern === pattern)) continue;
    found.push(report("DAY_PLAN_PATTERN", `${path}.events.${i}.pattern`, { day_plan, pattern }));
  }
  return found;
}

function dayProblems({ day_plans = [], plan_days }: SignalSpec, report: Report): readonly Problem[] {
  if (plan_days === undefined) return [];
  const path = "signal.plan_days";
  const unknown = plan_days.flatMap(({ day_plan }, i) =>
    day_plans.some(({ number }) => number === day_plan)
      ? []
      : [report("DAY_PLAN_UNKNOWN", `${path}.${i}.day_plan`, { day_plan })],
  );
  const sets = plan_days.map((entry, i) => ({ set: daySet(entry), i }));
  const shared = pairsOf(sets).flatMap(([a, b]) => {
    const day = sharedDay(a.set, b.set);
    if (day === null) return [];
    return [report("PLAN_DAYS_TWICE", `${path}.${b.i}`, { first: a.i + 1, second: b.i + 1, example: dayText(day) })];
  });
  const gap = everyDay.find((day) => !sets.some(({ set }) => holds(set, day)));
  return [
    ...unknown,
    ...shared,
    ...(gap === undefined ? [] : [report("PLAN_DAYS_GAP", path, { example: dayText(gap) })]),
  ];
}
