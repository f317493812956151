import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DaySet, daySet, disjoint, everyDay, holds, planDay } from "../../../../core/signal/schedule/calendar.ts";
import { inForce } from "../../../../core/signal/schedule/in-force.ts";
import { dayLength_s, instantOf, localTime } from "../../../../core/signal/schedule/zone.ts";

const iso = (at_ms: number): string => new Date(at_ms).toISOString();

describe("local time", () => {
  test("of Đà Nẵng is seven hours ahead, every day of 24 hours", () => {
    expect(iso(instantOf("Asia/Ho_Chi_Minh", 2026, 11, 22, 6 * 3600))).toBe("2026-11-21T23:00:00.000Z");
    expect(dayLength_s("Asia/Ho_Chi_Minh", 2026, 3, 29)).toBe(86_400);
    expect(localTime("Asia/Ho_Chi_Minh", Date.UTC(2026, 10, 22, 17, 30))).toEqual({
      year: 2026,
      month: 11,
      date: 23,
      weekday: 1,
      second: 1800,
    });
  });

  test("has a day of 23 hours in spring and one of 25 in autumn", () => {
    expect(dayLength_s("Europe/Berlin", 2026, 3, 29)).toBe(82_800);
    expect(dayLength_s("Europe/Berlin", 2026, 10, 25)).toBe(90_000);
    expect(dayLength_s("America/New_York", 2026, 3, 8)).toBe(82_800);
    expect(dayLength_s("Australia/Lord_Howe", 2026, 10, 4)).toBe(84_600);
    // The clock jumps at midnight itself: the day begins at 01:00.
    expect(dayLength_s("America/Santiago", 2026, 9, 6)).toBe(82_800);
    expect(iso(instantOf("America/Santiago", 2026, 9, 6, 0))).toBe("2026-09-06T04:00:00.000Z");
  });

  test("takes a time that is skipped as the jump, and a time that comes twice as its first", () => {
    expect(iso(instantOf("Europe/Berlin", 2026, 3, 29, 2.5 * 3600))).toBe("2026-03-29T01:00:00.000Z");
    expect(iso(instantOf("Europe/Berlin", 2026, 3, 29, 3 * 3600))).toBe("2026-03-29T01:00:00.000Z");
    expect(iso(instantOf("Europe/Berlin", 2026, 10, 25, 2.5 * 3600))).toBe("2026-10-25T00:30:00.000Z");
  });

  test("comes back as the instant that it was, but for the hour that comes twice", () => {
    const zones = ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];
    const day = fc.integer({ min: 0, max: 3652 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), day, fc.integer({ min: 0, max: 86_399 }), (zone, from, second) => {
        const at_ms = Date.UTC(2020, 0, 1) + from * 86_400_000 + second * 1000;
        const local = localTime(zone, at_ms);
        const back = instantOf(zone, local.year, local.month, local.date, local.second);
        expect([0, 1_800_000, 3_600_000]).toContain(at_ms - back);
        const length = dayLength_s(zone, local.year, local.month, local.date);
        expect([82_800, 84_600, 86_400, 88_200, 90_000]).toContain(length);
      }),
    );
  });
});

const set = fc
  .record({
    months: fc.integer({ min: 1, max: 0xfff }),
    dates: fc.integer({ min: 1, max: 0x7fffffff }),
    days: fc.integer({ min: 1, max: 0x7f }),
  })
  .map((each): DaySet => each);

describe("plan days", () => {
  test("made disjoint mean each day once, by the entry of highest rank", () => {
    const ranked = fc.array(set, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(ranked, (sets) => {
        const entries = sets.map((each, i) => ({ set: each, day_plan: i + 1 }));
        const made = disjoint(entries).map((each) => ({ ...each, set: daySet(planDay(each.set, each.day_plan)) }));
        for (const day of everyDay) {
          const wanted = entries.find((each) => holds(each.set, day))?.day_plan ?? null;
          const found = made.filter((each) => holds(each.set, day)).map((each) => each.day_plan);
          expect(found).toEqual(wanted === null ? [] : [wanted]);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("of a working week and one holiday are four entries", () => {
    const all = daySet({ day_plan: 1 });
    const made = disjoint([
      { set: daySet({ months: ["jan"], dates: [1], day_plan: 3 }), day_plan: 3 },
      { set: daySet({ days: ["sat", "sun"], day_plan: 2 }), day_plan: 2 },
      { set: all, day_plan: 1 },
    ]).map((each) => planDay(each.set, each.day_plan));
    expect(made[0]).toEqual({ months: ["jan"], dates: [1], day_plan: 3 });
    expect(made.every((each) => each.day_plan !== 1 || each.days?.includes("mon"))).toBe(true);
  });
});

describe("the pattern in force", () => {
  const plan = {
    zone: "Europe/Berlin",
    day_plans: [
      {
        number: 1,
        events: [
          { at: "00:00", pattern: 254 },
          { at: "02:30", pattern: 9 },
          { at: "06:00", pattern: 1 },
        ],
      },
    ],
    plan_days: [{ days: ["mon" as const, "sun" as const], day_plan: 1 }],
  };
  const at = (text: string) => {
    const found = inForce(plan, Date.parse(text));
    return found && [found.pattern, iso(found.from_ms).slice(11, 16), iso(found.to_ms).slice(11, 16)];
  };

  test("begins and ends by the local clock, also where the clock jumps", () => {
    // A Monday in winter, and the Sundays on which the clock is changed.
    expect(at("2026-11-23T05:30:00Z")).toEqual([1, "05:00", "23:00"]);
    expect(at("2026-11-23T01:00:00Z")).toEqual([254, "23:00", "01:30"]);
    expect(at("2026-03-29T00:59:00Z")).toEqual([254, "23:00", "01:00"]);
    expect(at("2026-03-29T01:01:00Z")).toEqual([9, "01:00", "04:00"]);
    expect(at("2026-10-25T00:31:00Z")).toEqual([9, "00:30", "05:00"]);
    expect(at("2026-10-25T01:29:00Z")).toEqual([9, "00:30", "05:00"]);
  });

  test("is none on a day that no entry means", () => {
    expect(at("2026-11-24T12:00:00Z")).toBeNull();
  });
});
