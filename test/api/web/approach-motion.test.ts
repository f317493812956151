import { describe, expect, it } from "vitest";
import { approachMotion } from "../../../api/web/src/measures/approach-motion.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { minuteOf, sampleSite } from "../../support/front-door.ts";

const west = sampleSite()
  .intersections.find(({ id }) => id === "ham-nghi")
  ?.approaches.find(({ id }) => id === "west");
if (west === undefined) throw new Error("the sample site has no west approach at ham-nghi");

const MINUTE = 60_000;
const minute = (lane: string, at: number, more: Partial<FlowInterval> = {}): FlowInterval => ({
  ...minuteOf(lane, "ham-nghi", at * MINUTE, 10),
  ...more,
});
const motion = (flows: readonly FlowInterval[], now_min: number) => approachMotion(west, flows, now_min * MINUTE);

describe("the motion of an approach", () => {
  it("is the mean speed of its vehicles, and the longest of its lanes' queues", () => {
    const flows = [
      minute("hn-eb-1", 9, { speeds: 3, mean_speed_kmh: 30, max_queue_veh: 4, max_queue_m: 21 }),
      minute("hn-eb-2", 9, { speeds: 1, mean_speed_kmh: 50, max_queue_veh: 7, max_queue_m: 33 }),
    ];
    expect(motion(flows, 10)).toEqual({ speed_kmh: 35, queue_veh: 7, queue_m: 33 });
  });

  it("is unknown where no camera measures it, which is not the same as none", () => {
    const known = minute("hn-eb-1", 9, { speeds: 0, mean_speed_kmh: null, max_queue_veh: 0, max_queue_m: null });
    expect(motion([minute("hn-eb-1", 9)], 10)).toEqual({ speed_kmh: null, queue_veh: null, queue_m: null });
    expect(motion([known], 10)).toEqual({ speed_kmh: null, queue_veh: 0, queue_m: null });
  });

  it("is not what a camera said before it fell silent", () => {
    const old = minute("hn-eb-1", 1, { speeds: 3, mean_speed_kmh: 30, max_queue_veh: 4 });
    expect(motion([old], 10)).toEqual({ speed_kmh: null, queue_veh: null, queue_m: null });
  });
});
