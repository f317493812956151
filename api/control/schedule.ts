/** Which schedule row applies now, in the site's own time zone. */
import type { Schedule } from "../../core/network/schema.ts";

const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** Local day and minute of the day of an instant in an IANA zone. */
export function localMinute(nowMs: number, timezone: string): { readonly day: string; readonly minute: number } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(nowMs));
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? "";
  const day = dayNames.find((name) => name === part("weekday").toLowerCase()) ?? "sun";
  return { day, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}

/** `HH:MM` as a minute of the day. */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

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
