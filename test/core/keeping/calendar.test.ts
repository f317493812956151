import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDay, nextDay, startOfDay } from "../../../core/keeping/calendar.ts";

const zones = fc.constantFrom("Asia/Ho_Chi_Minh", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Kiritimati", "UTC");
const instants = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) });

describe("a day of the site", () => {
  it("begins at its first millisecond, and the one before is of another day", () => {
    fc.assert(
      fc.property(instants, zones, (at_ms, zone) => {
        const day = localDay(at_ms, zone);
        const start_ms = startOfDay(day, zone);
        expect(start_ms).toBeLessThanOrEqual(at_ms);
        expect(localDay(start_ms, zone)).toBe(day);
        expect(localDay(start_ms - 1, zone) < day).toBe(true);
      }),
    );
  });

  it("in Da Nang begins seven hours before that of Greenwich", () => {
    expect(startOfDay("2026-11-22", "Asia/Ho_Chi_Minh")).toBe(Date.UTC(2026, 10, 21, 17));
    expect(localDay(Date.UTC(2026, 10, 21, 16, 59, 59, 999), "Asia/Ho_Chi_Minh")).toBe("2026-11-21");
  });

  it("that begins at one o'clock, because the clocks were put forward, has its first millisecond there", () => {
    // São Paulo, 2018-11-04: after 23:59:59 came 01:00:00, at 03:00 UTC.
    expect(startOfDay("2018-11-04", "America/Sao_Paulo")).toBe(Date.UTC(2018, 10, 4, 3));
  });

  it("is followed by the next, over months, years and leap days", () => {
    expect(["2026-11-30", "2026-12-31", "2028-02-28", "2027-02-28"].map(nextDay)).toEqual([
      "2026-12-01",
      "2027-01-01",
      "2028-02-29",
      "2027-03-01",
    ]);
  });
});
