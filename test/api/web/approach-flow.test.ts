import { describe, expect, it } from "vitest";
import { approachFlow, hourly } from "../../../api/web/src/measures/approach-flow.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { defaultPcu } from "../../../core/traffic/vehicle-class.ts";
import { minuteOf, sampleSite } from "../../support/front-door.ts";

const west = sampleSite()
  .intersections.find(({ id }) => id === "ham-nghi")
  ?.approaches.find(({ id }) => id === "west");
if (west === undefined) throw new Error("the sample site has no west approach at ham-nghi");

const MINUTE = 60_000;
const minute = (lane: string, at: number, total: number, more: Partial<FlowInterval> = {}): FlowInterval => ({
  ...minuteOf(lane, "ham-nghi", at * MINUTE, total),
  ...more,
});
const volumes = [
  { lane: "hn-eb-1", flow_veh_h: 1340 },
  { lane: "hn-eb-2", flow_veh_h: 1440 },
];
const flow = (flows: readonly FlowInterval[], now_min: number) =>
  approachFlow(west, flows, volumes, now_min * MINUTE, defaultPcu);

describe("the flow of an approach", () => {
  it("weighs vehicles by the site's own factors", () => {
    const table = { ...defaultPcu, car: 3, motorcycle: 0.25 };
    const one = minute("hn-eb-1", 9, 10, { by_class: { car: 2, motorcycle: 8 } });
    expect(hourly(one, table)).toEqual({ veh_h: 600, pcu_h: 60 * (2 * 3 + 8 / 4) });
  });

  it("is the sum of its lanes in vehicles and in PCU, each with its source", () => {
    const flows = [minute("hn-eb-1", 9, 20), minute("hn-eb-2", 9, 10, { origin: "camera" })];
    expect(flow(flows, 10)).toMatchObject({
      veh_h: 1800,
      pcu_h: 60 * (4 + 16 / 4 + 2 + 8 / 4),
      sources: ["simulated", "measured"],
    });
  });

  it("counts no pedestrians, and only over the time that was seen", () => {
    const half = minute("hn-eb-1", 0, 12, { by_class: { car: 10, pedestrian: 2 }, gap_s: 30, quality: "partial" });
    expect(hourly(half, defaultPcu)).toEqual({ veh_h: 1200, pcu_h: 1200 });
  });

  it("is assumed from the site file where nothing usable was counted; never zero", () => {
    const missing = minute("hn-eb-1", 9, 0, { quality: "missing" });
    expect(flow([missing], 10)).toMatchObject({ veh_h: 2780, pcu_h: null, sources: ["assumed"] });
  });

  it("is assumed again once a lane has been silent for three intervals", () => {
    const flows = [minute("hn-eb-1", 6, 20), minute("hn-eb-2", 6, 10)];
    expect(flow(flows, 10).sources).toEqual(["simulated"]);
    expect(flow(flows, 10.1).sources).toEqual(["assumed"]);
  });

  it("is unknown where nothing was counted and nothing is assumed", () => {
    expect(approachFlow(west, [], [], 0, defaultPcu)).toMatchObject({ veh_h: null, sources: ["unknown"], trend: [] });
  });

  it("has a trend with a gap where any lane had nothing usable", () => {
    const lane1 = [minute("hn-eb-1", 3, 30), minute("hn-eb-1", 2, 0, { quality: "missing" }), minute("hn-eb-1", 1, 10)];
    const lane2 = [3, 2, 1].map((at) => minute("hn-eb-2", at, 10));
    expect(flow([...lane1, ...lane2], 4).trend).toEqual([1200, null, 2400]);
  });

  it("joins lanes whose intervals differ in length", () => {
    const long = [minute("hn-eb-1", 2, 40, { length_s: 120 }), minute("hn-eb-1", 0, 20, { length_s: 120 })];
    const short = [3, 2, 1, 0].map((at) => minute("hn-eb-2", at, 10));
    expect(flow([...long, ...short], 4)).toMatchObject({ trend: [1200, 1800], step_s: 120 });
  });
});
