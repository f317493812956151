/** A sign may hold at certain hours only: of the street's own clock and week. */
import { localMinute } from "../control/schedule.ts";
import type { RuleHours } from "./schema.ts";

export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Always, where no hours are stated. */
export function inForce(hours: readonly RuleHours[] | undefined, at_ms: number, timezone: string): boolean {
  if (hours === undefined) return true;
  const { day, minute } = localMinute(at_ms, timezone);
  return hours.some(
    ({ days, from, to }) =>
      (days?.some((name) => name === day) ?? true) && minute >= minuteOf(from) && minute < minuteOf(to),
  );
}
