/** A sign may hold at certain hours only: of the street's own clock and week. */
import { minuteOf } from "../../core/signal/schedule/time-of-day.ts";
import { localMinute } from "../control/schedule.ts";
import type { RuleHours } from "./schema.ts";

/** Always, where no hours are stated. */
export function inForce(hours: readonly RuleHours[] | undefined, at_ms: number, timezone: string): boolean {
  if (hours === undefined) return true;
  const { day, minute } = localMinute(at_ms, timezone);
  return hours.some(
    ({ days, from, to }) =>
      (days?.some((name) => name === day) ?? true) && minute >= minuteOf(from) && minute < minuteOf(to),
  );
}
