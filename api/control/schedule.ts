/** Which schedule row applies now, in the site's own time zone. */
import type { Schedule } from "../../core/network/schema.ts";
import { minuteOf } from "../../core/signal/schedule/time-of-day.ts";
import { localTime } from "../../core/signal/schedule/zone.ts";

const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** Local day and minute of the day of an instant in an IANA zone. */
export function localMinute(nowMs: number, timezone: string): { readonly day: string; readonly minute: number } {
  const { weekday, second } = localTime(timezone, nowMs);
  return { day: dayNames[weekday] ?? "sun", minute: Math.floor(second / 60) };
}

/** The first row of the corridor that holds now; null when none does, and then the plan in force stays. */
export function scheduleAt(
  schedules: readonly Schedule[],
  corridor: string,
  nowMs: number,
  timezone: string,
): Schedule | null {
  const { day, minute } = localMinute(nowMs, timezone);
  const applies = (row: Schedule): boolean =>
    row.corridor === corridor &&
    row.days.some((name) => name === day) &&
    minute >= minuteOf(row.from) &&
    minute < minuteOf(row.to);
  return schedules.find(applies) ?? null;
}
