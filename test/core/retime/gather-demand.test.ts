import { describe, expect, test } from "vitest";
import { gatherDemand } from "../../../core/retime/gather-demand.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { fourLegs, fourLegsPlan } from "../signal/four-legs.ts";

const now_ms = Date.UTC(2026, 10, 20, 8, 0);

const counted = (lane: string, cars: number): FlowInterval => ({
  intersection: "four-legs",
  lane,
  feed: "cam",
  origin: "camera",
  start_ms: now_ms - 60_000,
  length_s: 60,
  total: cars,
  by_class: { car: cars },
  occupancy: null,
  mean_headway_s: null,
  quality: "valid",
  frames_seen: 600,
  gap_s: 0,
});

describe("the demand of an intersection", () => {
  const sources = {
    intersections: [fourLegs],
    intervals: [counted("lane-2", 10), counted("lane-4", 3)],
    volumes: [{ lane: "lane-6", flow_veh_h: 400 }],
    now_ms,
  };
  const of = (demand: ReturnType<typeof gatherDemand>, lane: string) => demand.find((one) => one.lane === lane);

  test("names every lane, counted or not", () => {
    const demand = gatherDemand({ ...sources, assumed_pcu_per_veh: 0.5 });
    expect(demand.map((one) => one.lane).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `lane-${n}`));
    expect(of(demand, "lane-2")).toMatchObject({ flow_pcu_h: 600, origin: "measured" });
    expect(of(demand, "lane-6")).toMatchObject({ flow_pcu_h: 200, origin: "assumed" });
    expect(of(demand, "lane-1")).toMatchObject({ flow_pcu_h: 0, origin: "assumed" });
  });

  test("sees from the plan in force which queue outlives its green", () => {
    // Phase 2 has 30 s of green in 90 s: 600 PCU/h is all its lane can serve. Phase 4 is far from full.
    const demand = gatherDemand({ ...sources, plans: [fourLegsPlan] });
    expect(of(demand, "lane-2")).toMatchObject({ saturated: true, flow_pcu_h: 690 });
    expect(of(demand, "lane-4")).toMatchObject({ saturated: false, flow_pcu_h: 180 });
  });
});
