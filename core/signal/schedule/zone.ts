/**
 * Local time of an IANA zone, by the zone data of the runtime (Intl). Most days have 24 hours; where clocks are changed
 * one has 23 and one 25.
 */

export interface LocalTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly date: number;
  /** From 0, Sunday. */
  readonly weekday: number;
  /** Shown by the clock since midnight: on the day with 25 hours some values come twice. */
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Throws a RangeError for a zone that the runtime does not know; the site file is checked for that. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}

const DAY_MS = 86_400_000;

export function localTime(zone: string, at_ms: number): LocalTime {
  const parts = formatOf(zone).formatToParts(at_ms);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const [year, month, date] = [read("year"), read("month"), read("day")];
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
  return { year, month, date, weekday, second: read("hour") * 3600 + read("minute") * 60 + read("second") };
}

/** How far the clock of the zone is ahead of UTC. */
function ahead_ms(zone: string, at_ms: number): number {
  const { year, month, date, second } = localTime(zone, at_ms);
  return Date.UTC(year, month - 1, date) + second * 1000 - Math.floor(at_ms / 1000) * 1000;
}

/**
 * When the clock shows `second` of that day. A time that comes twice means the first; a time that is skipped means the
 * instant at which the clock jumps over it. `date` may run past the month.
 */
export function instantOf(zone: string, year: number, month: number, date: number, second: number): number {
  const shown = Date.UTC(year, month - 1, date) + second * 1000;
  const [before, after] = [ahead_ms(zone, shown - DAY_MS), ahead_ms(zone, shown + DAY_MS)];
  const candidates = [shown - before, shown - after].sort((a, b) => a - b);
  const found = candidates.find((at_ms) => at_ms + ahead_ms(zone, at_ms) === shown);
  if (found !== undefined) return found;
  return jumpBetween(zone, candidates[0] ?? shown, candidates[1] ?? shown);
}

/** The clock jumps forward somewhere between the two: the first instant after it, by halving. */
function jumpBetween(zone: string, from_ms: number, to_ms: number): number {
  const old = ahead_ms(zone, from_ms);
  let [low, high] = [from_ms, to_ms];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (ahead_ms(zone, middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** From midnight to midnight: 82,800, 86,400 or 90,000 s in most zones. */
export function dayLength_s(zone: string, year: number, month: number, date: number): number {
  return (instantOf(zone, year, month, date + 1, 0) - instantOf(zone, year, month, date, 0)) / 1000;
}
