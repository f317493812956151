import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  controlDelay_s,
  delayParts,
  levelOfService,
  progressionFactor,
  upstreamFiltering,
} from "../../../core/timing/delay.ts";

const light = fc.record({
  cycle_s: fc.integer({ min: 30, max: 200 }),
  share: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  flow_h: fc.integer({ min: 0, max: 3000 }),
  saturation_h: fc.integer({ min: 500, max: 4000 }),
});

describe("control delay", () => {
  test("grows with flow and is finite on either side of saturation", () => {
    fc.assert(
      fc.property(light, ({ cycle_s, share, flow_h, saturation_h }) => {
        const at = (flow: number) =>
          controlDelay_s({ cycle_s, green_s: share * cycle_s, flow_h: flow, capacity_h: share * saturation_h });
        expect(Number.isFinite(at(flow_h))).toBe(true);
        expect(at(flow_h + 50)).toBeGreaterThanOrEqual(at(flow_h));
      }),
    );
  });

  test("an initial queue adds exactly the area under what is left of it", () => {
    // 20 vehicles, 100 spare an hour: gone after 0.2 h of 0.25. HCM 2010, eq. 18-46 to 18-50, written another way.
    const [flow, capacity, queue, period] = [700, 800, 20, 0.25];
    const gone_h = queue / (capacity - flow);
    const area = (3600 / (flow * period)) * ((gone_h * queue) / 2 - queue ** 2 / (2 * capacity));
    const parts = delayParts({ cycle_s: 90, green_s: 40, flow_h: flow, capacity_h: capacity, queue_veh: queue });
    expect(parts.initial_queue_s).toBeCloseTo(area, 9);
    const over = delayParts({ cycle_s: 90, green_s: 40, flow_h: 900, capacity_h: 800, queue_veh: 20 });
    expect(over.initial_queue_s).toBeCloseTo((3600 * 20) / 800, 9);
    const standing = delayParts({ cycle_s: 90, green_s: 40, flow_h: 790, capacity_h: 800, queue_veh: 20 });
    const end = 20 - 10 * 0.25;
    const slow = (3600 / (790 * 0.25)) * ((0.25 * (20 + end)) / 2 + (end ** 2 - 20 ** 2) / (2 * 800));
    expect(standing.initial_queue_s).toBeCloseTo(slow, 9);
  });

  test("platoons on green take uniform delay away, platoons on red add to it", () => {
    expect(progressionFactor(0.4, 0.4)).toBeCloseTo(1, 12);
    expect(progressionFactor(0.9, 0.4)).toBeLessThan(0.2);
    expect(progressionFactor(0.1, 0.4)).toBe(1.5);
  });

  test("a light behind a full one sees steadier traffic", () => {
    expect(upstreamFiltering(0)).toBe(1);
    expect(upstreamFiltering(1)).toBeCloseTo(0.09, 9);
    expect(upstreamFiltering(3)).toBeCloseTo(0.09, 9);
  });

  test("a green without any capacity is endless delay for traffic and none for nobody", () => {
    expect(controlDelay_s({ cycle_s: 60, green_s: 0, flow_h: 10, capacity_h: 0 })).toBe(Number.POSITIVE_INFINITY);
    expect(controlDelay_s({ cycle_s: 60, green_s: 0, flow_h: 0, capacity_h: 0 })).toBe(30);
  });

  test("levels of service end where the manual says", () => {
    expect([10, 10.1, 20, 35, 55, 80, 80.1].map((delay_s) => levelOfService(delay_s, 0.8)).join("")).toBe("ABBCDEF");
    expect(levelOfService(12, 1.01)).toBe("F");
  });
});
