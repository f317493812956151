/** The street's time in a field of date and time: `2026-11-22T10:15`, in a zone that need not be the browser's. */

const MINUTE_MS = 60_000;

/** What clocks in `timeZone` show at `at_ms`, to the minute. */
export function localTime(at_ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at_ms);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The moment at which clocks in `timeZone` show `local`; of two such moments the first. */
export function momentOf(local: string, timeZone: string): number {
  const asUtc_ms = Date.parse(`${local}Z`);
  const shownAt = (at_ms: number): number => Date.parse(`${localTime(at_ms, timeZone)}Z`);
  const guess_ms = asUtc_ms - (shownAt(asUtc_ms) - asUtc_ms);
  // The difference to UTC may be another one there: once more settles it, but for the hour that a clock skips.
  const at_ms = guess_ms - (shownAt(guess_ms) - asUtc_ms);
  return Math.floor(at_ms / MINUTE_MS) * MINUTE_MS;
}
