import { describe, expect, test } from "vitest";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { laneDemand } from "../../../core/traffic/lane-demand.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const now_ms = Date.UTC(2026, 10, 20, 8, 0);

function interval(minutesAgo: number, cars: number, more: Partial<FlowInterval> = {}): FlowInterval {
  return {
    intersection: "x",
    lane: "a",
    feed: "cam",
    origin: "camera",
    start_ms: now_ms - minutesAgo * MINUTE - MINUTE,
    length_s: 60,
    total: cars,
    by_class: { car: cars },
    occupancy: 0.3,
    mean_headway_s: null,
    quality: "valid",
    frames_seen: 600,
    gap_s: 0,
    ...more,
  };
}

const demandOf = (intervals: readonly FlowInterval[], more = {}) =>
  laneDemand({ lane: "a", now_ms, intervals, assumed_veh_h: 500, ...more });

describe("demand of a lane", () => {
  test("is measured from the last quarter of an hour, newer minutes weighing more", () => {
    const demand = demandOf([interval(0, 10), interval(10, 4)]);
    expect(demand.origin).toBe("measured");
    expect(demand.flow_pcu_h).toBeGreaterThan(7 * 60);
    expect(demand.flow_pcu_h).toBeLessThan(10 * 60);
  });

  test("counts vehicles in passenger-car units", () => {
    const mixed = interval(0, 12, { by_class: { motorcycle: 8, car: 3, bus: 1 } });
    expect(demandOf([mixed]).flow_pcu_h).toBeCloseTo((8 * 0.25 + 3 + 2.5) * 60, 9);
  });

  test("is never zero because an interval is missing: the last valid one speaks", () => {
    const demand = demandOf([interval(0, 0, { quality: "missing" }), interval(25, 7)]);
    expect(demand).toMatchObject({ origin: "last_valid", flow_pcu_h: 420 });
  });

  test("without a recent measurement is that of the same time a week ago, before that of yesterday", () => {
    const weekAgo = interval(7 * 24 * 60, 6);
    const yesterday = interval(24 * 60, 9);
    expect(demandOf([weekAgo, yesterday])).toMatchObject({ origin: "history", flow_pcu_h: 360 });
    expect(demandOf([yesterday])).toMatchObject({ origin: "history", flow_pcu_h: 540 });
    expect(demandOf([interval((DAY / MINUTE) * 1.5, 9)])).toMatchObject({ origin: "assumed" });
  });

  test("without anything is the site file's volume, and says so", () => {
    expect(demandOf([])).toEqual({ lane: "a", flow_pcu_h: 500, origin: "assumed", simulated: false, saturated: false });
    expect(demandOf([interval(0, 9, { lane: "b" })]).origin).toBe("assumed");
  });

  test("an empty road that was seen is zero", () => {
    expect(demandOf([interval(0, 0)])).toMatchObject({ origin: "measured", flow_pcu_h: 0 });
  });

  test("a partial interval counts over the time it saw; one that missed too much does not", () => {
    expect(demandOf([interval(0, 6, { quality: "partial", gap_s: 12 })]).flow_pcu_h).toBeCloseTo((6 * 3600) / 48, 9);
    expect(demandOf([interval(0, 6, { quality: "partial", gap_s: 30 })]).origin).toBe("assumed");
  });

  test("is raised and marked where the stop line serves all it can", () => {
    const served = { saturation_pcu_h: 1800, green_s: 20, cycle_s: 60 };
    const full = demandOf([interval(0, 10)], { served });
    expect(full.saturated).toBe(true);
    expect(full.flow_pcu_h).toBeGreaterThan(600);
    expect(demandOf([interval(0, 9)], { served })).toMatchObject({ saturated: false, flow_pcu_h: 540 });
  });

  test("is raised where the stop line is covered nearly all the time, even if few get through", () => {
    const blocked = demandOf([interval(0, 2, { occupancy: 0.97 })]);
    expect(blocked.saturated).toBe(true);
    expect(blocked.flow_pcu_h).toBeGreaterThan(120);
  });

  test("says when it comes from the arrival generator", () => {
    expect(demandOf([interval(0, 5, { origin: "simulated", feed: "simulated" })]).simulated).toBe(true);
  });
});
