/** How far the standard time of an IANA zone is ahead of UTC: `globalLocalTimeDifferential`, which knows no summer time. */
import { localTime } from "../../core/signal/schedule/zone.ts";

export function standardOffset_s(zone: string, year: number): number {
  const offsets = [0, 6].map((month) => {
    const at_ms = Date.UTC(year, month, 15, 12);
    const local = localTime(zone, at_ms);
    return (Date.UTC(local.year, local.month - 1, local.date) - at_ms) / 1000 + local.second;
  });
  // Summer time is always ahead of standard time, on both halves of the earth.
  return Math.min(...offsets);
}
