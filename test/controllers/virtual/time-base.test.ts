import { describe, expect, test } from "vitest";
import { noAction, oid } from "../../../controllers/ntcip/oids.ts";
import { localTime } from "../../../controllers/virtual/device/local-time.ts";
import { type Cabinet, cabinet, type Setting } from "./cabinet.ts";

const utc = (text: string): number => Date.parse(text) / 1000;
const EVERY_MONTH = 0x1ffe;
const EVERY_DAY = 0xfe;
const EVERY_DATE = 2 ** 32 - 2;
const bits = (...members: readonly number[]): number => members.reduce((sum, bit) => sum + 2 ** bit, 0);

interface Entry {
  readonly months?: number;
  readonly days?: number;
  readonly dates?: number;
  readonly plan: number;
}

const schedule = (row: number, { months, days, dates, plan }: Entry): readonly Setting[] => [
  ["timeBaseScheduleMonth", [row], months ?? EVERY_MONTH],
  ["timeBaseScheduleDay", [row], days ?? EVERY_DAY],
  ["timeBaseScheduleDate", [row], dates ?? EVERY_DATE],
  ["timeBaseScheduleDayPlan", [row], plan],
];

/** Action n runs pattern 10 + n. */
const event = (plan: number, row: number, hour: number, minute: number, action: number): readonly Setting[] => [
  ["dayPlanHour", [plan, row], hour],
  ["dayPlanMinute", [plan, row], minute],
  ["dayPlanActionNumberOID", [plan, row], action === 0 ? noAction : oid("timebaseAscActionNumber", action)],
];

function clocked(settings: readonly Setting[]): Cabinet {
  const bench = cabinet();
  const patterns = [1, 2, 3, 4].map((action): Setting => ["timebaseAscPattern", [action], 10 + action]);
  const verdict = bench.transact([["globalLocalTimeDifferential", [], 7 * 3600], ...patterns, ...settings]);
  expect(verdict).toBe("NO VERIFICATION ERROR");
  return bench;
}

/** What the time base says at this moment, Da Nang time. */
function at(bench: Cabinet, text: string): readonly [dayPlan: number, action: number] {
  bench.set([["globalTime", [], utc(`${text}+07:00`)]]);
  bench.run(0.1);
  return [bench.read("dayPlanStatus"), bench.read("timebaseAscActionStatus")];
}

describe("the time base", () => {
  test("runs the last event of today's plan, and yesterday's until the first", () => {
    const bench = clocked([...schedule(1, { plan: 1 }), ...event(1, 1, 6, 30, 1), ...event(1, 2, 20, 0, 2)]);
    expect(at(bench, "2026-03-02T06:29:59")).toEqual([1, 2]);
    expect(at(bench, "2026-03-02T06:30:00")).toEqual([1, 1]);
    expect(at(bench, "2026-03-02T19:59:59")).toEqual([1, 1]);
    expect(at(bench, "2026-03-02T20:00:00")).toEqual([1, 2]);
    expect(bench.controller.device.command).toEqual({ source: "time_base", pattern: 12 });
  });

  test("takes the entry that means the fewest days", () => {
    const bench = clocked([
      ...schedule(1, { plan: 1 }),
      ...schedule(2, { days: bits(1, 7), plan: 2 }),
      ...schedule(3, { months: bits(4), dates: bits(30), plan: 3 }),
      ...[1, 2, 3].flatMap((plan) => event(plan, 1, 0, 0, plan)),
    ]);
    expect(at(bench, "2026-03-02T12:00:00")).toEqual([1, 1]);
    expect(at(bench, "2026-03-01T12:00:00")).toEqual([2, 2]);
    expect(at(bench, "2026-04-30T12:00:00")).toEqual([3, 3]);
    expect(at(bench, "2026-05-30T12:00:00")).toEqual([2, 2]);
  });

  test("counts days in local time", () => {
    const bench = clocked([
      ...schedule(1, { plan: 1 }),
      ...schedule(2, { days: bits(1), plan: 2 }),
      ...[1, 2].flatMap((plan) => event(plan, 1, 0, 0, plan)),
    ]);
    expect(at(bench, "2026-03-01T00:00:00")).toEqual([2, 2]);
    expect(at(bench, "2026-02-28T23:59:59")).toEqual([1, 1]);
  });

  test("runs the first action at all times where there is no schedule, and nothing where today has no plan", () => {
    const bare = clocked([]);
    expect(at(bare, "2026-03-02T12:00:00")).toEqual([0, 1]);
    const sundays = clocked([...schedule(1, { days: bits(1), dates: bits(31), plan: 1 }), ...event(1, 1, 0, 0, 1)]);
    expect(at(sundays, "2026-03-04T12:00:00")).toEqual([0, 0]);
    expect(sundays.controller.device.command.pattern).toBe(254);
  });

  test("T8: follows a clock that is set back and forth", () => {
    const bench = clocked([...schedule(1, { plan: 1 }), ...event(1, 1, 6, 0, 1), ...event(1, 2, 18, 0, 2)]);
    expect(at(bench, "2026-03-02T18:00:05")).toEqual([1, 2]);
    expect(at(bench, "2026-03-02T17:59:55")).toEqual([1, 1]);
    bench.run(5);
    expect(bench.read("timebaseAscActionStatus")).toBe(2);
  });

  test("knows the 31st, whose bit is the highest", () => {
    const bench = clocked([
      ...schedule(1, { dates: bits(31), plan: 1 }),
      ...schedule(2, { dates: bits(1), plan: 2 }),
      ...[1, 2].flatMap((plan) => event(plan, 1, 0, 0, plan)),
    ]);
    expect(at(bench, "2026-01-31T01:00:00")).toEqual([1, 1]);
    expect(at(bench, "2026-02-01T01:00:00")).toEqual([2, 2]);
  });
});

describe("local time", () => {
  const hour = (text: string, saving: number): number => localTime(utc(text), -5 * 3600, saving).minute / 60;

  test("T8: has summer time between the second Sunday of March and the first of November where it is on", () => {
    expect(hour("2026-03-08T06:59:59Z", 3)).toBeCloseTo(1.98, 1);
    expect(hour("2026-03-08T07:00:00Z", 3)).toBe(3);
    expect(hour("2026-11-01T05:59:59Z", 3)).toBeCloseTo(1.98, 1);
    expect(hour("2026-11-01T06:00:00Z", 3)).toBe(1);
    expect(hour("2026-07-01T12:00:00Z", 3)).toBe(8);
    expect(hour("2026-07-01T12:00:00Z", 2)).toBe(7);
  });
});
