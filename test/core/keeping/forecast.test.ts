import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDay } from "../../../core/keeping/calendar.ts";
import { type DayUsage, forecast } from "../../../core/keeping/forecast.ts";

const GB = 1e9;

/** One number a day from 2026-11-01 on. */
function usage(kind: string, bytes: readonly number[]): readonly DayUsage[] {
  let day = "2026-10-31";
  return bytes.map((each) => {
    day = nextDay(day);
    return { day, kind, bytes: each };
  });
}

describe("how long the disk lasts", () => {
  it("follows from what each kind grows a day, and from all together", () => {
    const all = [...usage("evidence", [10 * GB, 12 * GB, 14 * GB]), ...usage("database", [GB, 2 * GB, 3 * GB])];
    expect(forecast(all, 30 * GB)).toEqual({
      kinds: [
        { kind: "database", bytes: 3 * GB, growth_bytes_per_day: GB, days_left: 30 },
        { kind: "evidence", bytes: 14 * GB, growth_bytes_per_day: 2 * GB, days_left: 15 },
      ],
      days_left: 10,
    });
  });

  it("is not known before there are two days, and of nothing there is nothing to say", () => {
    expect(forecast(usage("evidence", [5]), GB)).toEqual({
      kinds: [{ kind: "evidence", bytes: 5, growth_bytes_per_day: null, days_left: null }],
      days_left: null,
    });
    expect(forecast([], GB)).toEqual({ kinds: [], days_left: null });
  });

  it("is for ever where what grows is deleted as fast as it comes", () => {
    expect(forecast(usage("raw_video", [9, 9, 9, 9]), GB).days_left).toBeNull();
  });

  it("is not changed by one day on which much was deleted", () => {
    const [growing] = forecast(usage("evidence", [10, 11, 12, 13, 4, 5, 6, 7, 8, 9]), 100).kinds;
    expect(growing?.growth_bytes_per_day).toBe(1);
  });

  it("is by the last two weeks", () => {
    const quiet = Array.from({ length: 20 }, () => 100);
    const busy = Array.from({ length: 14 }, (_, n) => 100 + 5 * n);
    expect(forecast(usage("evidence", [...quiet, ...busy]), 50).kinds[0]?.growth_bytes_per_day).toBe(5);
  });

  it("shrinks as growth grows, whatever the days are called and in whatever order they come", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2, max: 14 }), (growth, days) => {
        const rows = usage(
          "evidence",
          Array.from({ length: days }, (_, n) => growth * n),
        );
        const backwards = rows.toReversed();
        expect(forecast(rows, 1000).days_left).toBeCloseTo(1000 / growth, 6);
        expect(forecast(backwards, 1000)).toEqual(forecast(rows, 1000));
      }),
    );
  });
});
