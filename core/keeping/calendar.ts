/** Days as the people of the site count them: `yyyy-mm-dd` in the site's time zone. */

const DAY_MS = 86_400_000;

/** The local day that holds an instant. */
export function localDay(at_ms: number, timezone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return format.format(at_ms);
}

/** The day after. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** The first millisecond of a local day. Where the clock jumps over midnight, the first one that exists. */
export function startOfDay(day: string, timezone: string): number {
  // No zone is further than 14 hours from UTC; between these two the day begins.
  let before = Date.parse(`${day}T00:00:00Z`) - DAY_MS;
  let within = before + 2 * DAY_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDay(middle, timezone) < day) before = middle;
    else within = middle;
  }
  return within;
}
