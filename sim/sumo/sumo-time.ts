/** Times as SUMO writes them: seconds, `hours:minutes:seconds`, or `days:hours:minutes:seconds`. */

const clock = /^(?<sign>-?)(?:(?<days>\d+):)?(?<hours>\d+):(?<minutes>\d{1,2}):(?<seconds>\d{1,2}(?:\.\d*)?)$/;

/** Null for a text that is neither. */
export function parseTime_s(text: string): number | null {
  const trimmed = text.trim();
  const parts = clock.exec(trimmed)?.groups;
  if (parts === undefined) {
    const seconds = trimmed === "" ? Number.NaN : Number(trimmed);
    return Number.isFinite(seconds) ? seconds : null;
  }
  const of = (key: string): number => Number(parts[key] ?? 0);
  const seconds = ((of("days") * 24 + of("hours")) * 60 + of("minutes")) * 60 + of("seconds");
  return parts["sign"] === "-" ? -seconds : seconds;
}
