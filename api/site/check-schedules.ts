/** Times: the zone is known, a schedule ends after it starts, and at any instant one schedule speaks for a corridor. */
import type { Schedule } from "../../core/network/schema.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Draft, Item } from "./draft.ts";

function checkTimezone({ timezone }: Draft): readonly Problem[] {
  if (timezone === null) return [];
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [problem("UNKNOWN_TIMEZONE", { zone: timezone }, { path: "site.timezone" })];
  }
}

/** `HH:MM` compares as text. */
const overlap = (a: Schedule, b: Schedule): readonly string[] =>
  a.corridor === b.corridor && a.from < b.to && b.from < a.to ? a.days.filter((day) => b.days.includes(day)) : [];

function overlaps(schedules: readonly Item<Schedule>[], draft: Draft): readonly Problem[] {
  return schedules.flatMap(({ path, value }, index) =>
    schedules.slice(0, index).flatMap((earlier) => {
      const days = overlap(earlier.value, value);
      if (days.length === 0) return [];
      const words = { other: earlier.value.id, line: draft.lineOf(earlier.path), days: days.join(", ") };
      return [problem("SCHEDULE_OVERLAP", words, { path: `${path}.from` })];
    }),
  );
}

export function checkSchedules(draft: Draft): readonly Problem[] {
  const forward = draft.schedules.filter(({ value }) => value.from < value.to);
  const backward = draft.schedules.filter(({ value }) => value.from >= value.to);
  return [
    ...checkTimezone(draft),
    ...backward.map(({ path, value }) => problem("SCHEDULE_BACKWARD", { from: value.from }, { path: `${path}.to` })),
    ...overlaps(forward, draft),
  ];
}
