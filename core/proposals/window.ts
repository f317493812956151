/** When an approved plan may be sent: days and times on the clocks of the site's zone. */
import { z } from "zod";
import { endTimeOfDay, timeOfDay, weekday } from "../network/schema.ts";
import { minuteOf } from "../signal/schedule/time-of-day.ts";

export const windowSchema = z.strictObject({
  days: z.array(weekday).min(1).max(7),
  /** `to` is exclusive and may be 24:00; where it is not after `from`, the window goes on past midnight. */
  from: timeOfDay,
  to: endTimeOfDay,
});

export type SendWindow = Readonly<z.infer<typeof windowSchema>>;

const DAYS: readonly string[] = weekday.options;

/** `day` and `minute` are what the site's clocks show. A window past midnight belongs to the day on which it opens. */
export function isOpen(window: SendWindow, now: { readonly day: string; readonly minute: number }): boolean {
  const [from, to] = [minuteOf(window.from), minuteOf(window.to)];
  const opens = (day: string | undefined): boolean => window.days.some((each) => each === day);
  if (from < to) return opens(now.day) && now.minute >= from && now.minute < to;
  const yesterday = DAYS.at(DAYS.indexOf(now.day) - 1);
  return (opens(now.day) && now.minute >= from) || (opens(yesterday) && now.minute < to);
}
