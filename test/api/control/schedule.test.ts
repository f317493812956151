import { describe, expect, it } from "vitest";
import { localMinute, scheduleAt } from "../../../api/control/schedule.ts";
import type { Schedule } from "../../../core/network/schema.ts";

const row = (over: Partial<Schedule>): Schedule => ({
  id: "day",
  corridor: "main",
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "06:00",
  to: "22:00",
  action: "retime",
  every_s: 300,
  ...over,
});

describe("the schedule in force", () => {
  it("reads the clock of the site's own zone, not of the server", () => {
    const mondayFiveUtc = Date.UTC(2026, 10, 23, 23, 30);
    expect(localMinute(mondayFiveUtc, "Asia/Ho_Chi_Minh")).toEqual({ day: "tue", minute: 6 * 60 + 30 });
  });

  it("follows a summer-time change", () => {
    expect(localMinute(Date.UTC(2026, 2, 29, 0, 30), "Europe/Berlin").minute).toBe(90);
    expect(localMinute(Date.UTC(2026, 2, 29, 1, 30), "Europe/Berlin").minute).toBe(210);
  });

  it("starts at `from` and ends just before `to`", () => {
    const at = (hour: number, minute: number) =>
      scheduleAt([row({})], "main", Date.UTC(2026, 10, 23, hour, minute), "UTC")?.id ?? null;
    expect([at(5, 59), at(6, 0), at(21, 59), at(22, 0)]).toEqual([null, "day", "day", null]);
  });

  it("lets a row run to midnight, and none to another corridor or day", () => {
    const rows = [row({ id: "night", from: "22:00", to: "24:00", action: "hold" })];
    expect(scheduleAt(rows, "main", Date.UTC(2026, 10, 23, 23, 59), "UTC")?.action).toBe("hold");
    expect(scheduleAt(rows, "other", Date.UTC(2026, 10, 23, 23, 59), "UTC")).toBeNull();
    expect(scheduleAt(rows, "main", Date.UTC(2026, 10, 22, 23, 59), "UTC")).toBeNull();
  });
});
