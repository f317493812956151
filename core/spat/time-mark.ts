/** Times as SAE J2735 counts them. */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** TimeMark of something that nobody can tell (J2735, DE_TimeMark: 36001). */
export const UNKNOWN_TIME_MARK = 36_001;

/** Tenths of a second since the UTC hour began, 0 to 35999: of this hour or of the next (J2735, DE_TimeMark). */
export const timeMark = (at_ms: number): number => Math.floor((at_ms % HOUR_MS) / 100);

/** Minutes since the UTC year began (J2735, DE_MinuteOfTheYear). */
export function minuteOfYear(at_ms: number): number {
  const year = new Date(at_ms).getUTCFullYear();
  return Math.floor((at_ms - Date.UTC(year, 0, 1)) / MINUTE_MS);
}

/** Milliseconds within the minute (J2735, DE_DSecond). */
export const millisecondOfMinute = (at_ms: number): number => Math.floor(at_ms % MINUTE_MS);
