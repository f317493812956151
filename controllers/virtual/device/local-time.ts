/** The civil time of the cabinet: UTC, a fixed difference, and the summer time of the United States where it is on. */
import { daylightSaving } from "../../ntcip/oids.ts";

export interface LocalTime {
  /** 1..12, 1..31, and 1 (Sunday)..7. */
  readonly month: number;
  readonly date: number;
  readonly day: number;
  /** Minutes past local midnight. */
  readonly minute: number;
}

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** `utc_s` are seconds since the Unix epoch. */
export function localTime(utc_s: number, differential_s: number, saving: number): LocalTime {
  const standard_s = utc_s + differential_s;
  const summer = saving === daylightSaving.unitedStates && isSummer(standard_s);
  const civil = new Date((standard_s + (summer ? HOUR_S : 0)) * 1000);
  return {
    month: civil.getUTCMonth() + 1,
    date: civil.getUTCDate(),
    day: civil.getUTCDay() + 1,
    minute: civil.getUTCHours() * 60 + civil.getUTCMinutes(),
  };
}

/**
 * Since 2007 (Energy Policy Act of 2005, section 110): from 2:00 standard time on the second Sunday of March to 2:00
 * summer time, which is 1:00 standard time, on the first Sunday of November.
 */
function isSummer(standard_s: number): boolean {
  const year = new Date(standard_s * 1000).getUTCFullYear();
  return standard_s >= sunday(year, 2, 2) + 2 * HOUR_S && standard_s < sunday(year, 10, 1) + HOUR_S;
}

/** Midnight of the nth Sunday of a month (0 is January). */
function sunday(year: number, month: number, nth: number): number {
  const first = Date.UTC(year, month, 1) / 1000;
  const weekday = new Date(first * 1000).getUTCDay();
  return first + (((7 - weekday) % 7) + 7 * (nth - 1)) * DAY_S;
}
