/** The local time of day of a device: no day in two entries, every event an action, every pattern there. */
import { type Problem, problem } from "../../core/problems/problem.ts";
import { dayText, everyDay, holds, sharedDay } from "../../core/signal/schedule/calendar.ts";
import { pairsOf } from "../../core/signal/structure.ts";
import type { DatabaseFacts } from "./database-facts.ts";

/** None, free and flash need no pattern. */
const WITHOUT_PATTERN = [0, 254, 255];

type Event = DatabaseFacts["events"][number];

const clockText = ({ hour, minute }: Event): string =>
  `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;

export function timeBaseProblems(intersection: string, { schedules, events, timing }: DatabaseFacts) {
  const twice = pairsOf(schedules).flatMap(([a, b]): Problem[] => {
    const day = sharedDay(a.set, b.set);
    if (day === null) return [];
    const words = { intersection, first: a.number, second: b.number, example: dayText(day) };
    return [problem("PLAN_DAYS_TWICE", words)];
  });
  const gap = schedules.length === 0 ? undefined : everyDay.find((day) => !schedules.some((e) => holds(e.set, day)));
  const scheduled = new Set(schedules.map(({ day_plan }) => day_plan));
  const planned = new Set(events.map(({ day_plan }) => day_plan));
  const unknown = [...scheduled].filter((day_plan) => !planned.has(day_plan));
  const patterns = new Set([...WITHOUT_PATTERN, ...timing.patterns.map(({ pattern }) => pattern)]);
  return [
    ...twice,
    ...(gap === undefined ? [] : [problem("PLAN_DAYS_GAP", { intersection, example: dayText(gap) })]),
    ...unknown.map((day_plan) => problem("DAY_PLAN_UNKNOWN", { intersection, day_plan })),
    ...events.flatMap((event) => eventProblems(intersection, event, patterns)),
    ...sameTimes(intersection, events),
  ];
}

function eventProblems(intersection: string, event: Event, patterns: ReadonlySet<number>): readonly Problem[] {
  const { day_plan, action, pattern } = event;
  if (pattern === null) {
    return [problem("DATABASE_ACTION", { intersection, day_plan, at: clockText(event), action })];
  }
  return patterns.has(pattern) ? [] : [problem("DAY_PLAN_PATTERN", { intersection, day_plan, pattern })];
}

/** Two events at one time: makes differ in which they take. */
function sameTimes(intersection: string, events: readonly Event[]): readonly Problem[] {
  return pairsOf(events)
    .filter(([a, b]) => a.day_plan === b.day_plan && clockText(a) === clockText(b))
    .map(([a, b]) =>
      problem("DAY_PLAN_ORDER", { intersection, day_plan: a.day_plan, at: clockText(b), before: clockText(a) }),
    );
}
