import { beforeAll, describe, expect, it } from "vitest";
import { type SlotSeries, slot_ms, slotsOfDay } from "../../../core/forecast/slot-series.ts";
import type { Corridor, Intersection } from "../../../core/network/schema.ts";
import { type CorridorSchedule, corridorSchedule } from "../../../core/retime/corridor-schedule.ts";
import { dayGroups } from "../../../core/retime/day-groups.ts";
import { laneSlots } from "../../../core/retime/lane-slots.ts";
import { type CorridorDayPlans, dayPlansOf } from "../../../core/retime/schedule-document.ts";
import { validatePlan } from "../../../core/signal/validate.ts";
import { fourLegs } from "../signal/four-legs.ts";

const zone = "Asia/Ho_Chi_Minh";
/** A Monday at midnight there. */
const monday_ms = Date.UTC(2026, 0, 4, 17);
const named = (id: string): Intersection => ({
  ...fourLegs,
  id,
  approaches: fourLegs.approaches.map((each) => ({
    ...each,
    lanes: each.lanes.map((lane) => ({ ...lane, id: `${id} ${lane.id}` })),
  })),
});
const members = [named("a"), named("b")];
const lanes = members.flatMap(({ approaches }) => approaches.flatMap((each) => each.lanes.map(({ id }) => id)));
const corridor: Corridor = {
  id: "c",
  name: "c",
  intersections: members.map(({ id, signal }, at) => ({
    id,
    distance_m: 300 * at,
    outbound_phase: signal.coord_phases[0] ?? 2,
    inbound_phase: signal.coord_phases.at(-1) ?? 6,
  })),
  progression_speed_kmh: 40,
  outbound_weight: 0.5,
};

const isPeak = (slot: number): boolean => (slot >= 28 && slot < 34) || (slot >= 66 && slot < 74);

/** Vehicles a quarter: two peaks from Monday to Friday, an even flow at weekends, little at night. */
function vehicles(day: number, slot: number, lane: number): number {
  if (slot < 22 || slot >= 90) return 2 + (lane % 2);
  return isPeak(slot) && day % 7 < 5 ? 60 + 15 * (lane % 2) : 22 + 3 * (lane % 3);
}

const seriesOf = (lane: string, at: number): SlotSeries => ({
  lane,
  first_ms: monday_ms,
  vehicles: Array.from({ length: 14 * slotsOfDay }, (_, slot) =>
    vehicles(Math.floor(slot / slotsOfDay), slot % slotsOfDay, at),
  ),
});

const seen = laneSlots({ lanes, series: lanes.map(seriesOf), zone, pcuPerVehicle: 1, assumed_veh_h: () => 0 });

describe("which plan of a corridor when", () => {
  let made: CorridorSchedule;
  let document: CorridorDayPlans;
  beforeAll(() => {
    made = corridorSchedule({
      ...{ corridor, intersections: members, lanes, seen },
      mostPlans: 3,
      percentile: 0.85,
    }) as CorridorSchedule;
    document = dayPlansOf(corridor.id, made);
  });

  it("quarters are those of the local day", () => {
    expect(seen[0]).toMatchObject({ weekday: 1, slot: 0 });
    expect(seen.length).toBe(14 * slotsOfDay);
  });

  it("working days are one group and weekends the other", () => {
    const [, two] = dayGroups(seen, slotsOfDay);
    expect(two?.map((days) => days.join()).toSorted()).toEqual(["0,6", "1,2,3,4,5"]);
    expect(document.plan_days.map(({ days }) => days.length).toSorted()).toEqual([2, 5]);
  });

  it("working days change for the peaks, to a longer cycle, and back", () => {
    const working = document.plan_days.find(({ days }) => days.includes("mon"))?.day_plan;
    const events = document.day_plans.find(({ number }) => number === working)?.events ?? [];
    const cycleAt = (time: string): number => {
      const pattern = events.findLast(({ at }) => at <= time)?.pattern;
      return document.patterns.find((each) => each.pattern === pattern)?.cycle_s ?? 0;
    };
    expect(events[0]?.at).toBe("00:00");
    expect(cycleAt("07:30")).toBeGreaterThan(cycleAt("12:00"));
    expect(cycleAt("17:30")).toBeGreaterThan(cycleAt("03:00"));
    expect(events.length).toBeLessThanOrEqual(7);
  });

  it("waits less than one plan at all times, changes counted", () => {
    expect(made.week_pcu_h).toBeLessThan(0.97 * made.one_plan_week_pcu_h);
  });

  it("all its plans pass the validator", () => {
    for (const { plans } of document.patterns) {
      for (const plan of plans) {
        expect(validatePlan(members.find(({ id }) => id === plan.intersection) as never, plan)).toEqual([]);
      }
    }
  });

  it("is none where some quarter of the day was never seen", () => {
    const morning = seen.filter(({ slot }) => slot < 50);
    const options = { corridor, intersections: members, lanes, seen: morning, mostPlans: 2, percentile: 0.85 };
    expect(corridorSchedule(options)).toBeNull();
  });

  it("a quarter that one lane did not see is left out, and a lane of which nothing is stored has what is assumed", () => {
    const [first, second] = lanes as [string, string];
    const gap = { ...seriesOf(first, 0), vehicles: [4, null, 6] };
    const found = laneSlots({
      lanes: [first, second],
      series: [gap],
      zone,
      pcuPerVehicle: 0.5,
      assumed_veh_h: () => 100,
    });
    expect(found.map(({ demand, slot }) => [slot, ...demand])).toEqual([
      [0, 8, 50],
      [2, 12, 50],
    ]);
    expect(found.every(({ slot }) => slot * slot_ms < 86_400_000)).toBe(true);
  });
});
