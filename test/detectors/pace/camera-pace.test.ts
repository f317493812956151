import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { CameraPace } from "../../../detectors/pace/camera-pace.ts";
import { LoadMeter } from "../../../detectors/pace/load-meter.ts";
import { Turns } from "../../../detectors/pace/turns.ts";

describe("turns", () => {
  it("are as many a second as wanted, whatever a camera sends beyond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 60 }), fc.integer({ min: 5, max: 12 }), (sent, wanted) => {
        const turns = new Turns();
        const looks = Array.from({ length: sent * 20 }, (_, i) => turns.due(i / sent, wanted)).filter(Boolean).length;
        expect(Math.abs(looks - wanted * 20)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("are every picture of a camera that sends fewer than wanted", () => {
    const turns = new Turns();
    expect(Array.from({ length: 50 }, (_, i) => turns.due(i / 5, 10)).every(Boolean)).toBe(true);
  });
});

describe("the load of a camera", () => {
  it("is the share of the time spent looking", () => {
    const meter = new LoadMeter(0);
    meter.looked(100, 300);
    meter.looked(500, 600);
    expect(meter.take(1000).busy).toBeCloseTo(0.3, 5);
    expect(meter.take(2000).busy).toBe(0);
  });

  it("is not raised by pictures that jitter, but by those that are all late", () => {
    const meter = new LoadMeter(0);
    for (let i = 0; i < 25; i += 1) meter.arrived(i / 25, i * 40 + (i % 2) * 300);
    expect(meter.take(1000).late_ms).toBeLessThan(1);
    for (let i = 25; i < 50; i += 1) meter.arrived(i / 25, i * 40 + 700);
    expect(Math.round(meter.take(2000).late_ms / 10)).toBe(70);
  });

  it("knows nothing of the connection before", () => {
    const meter = new LoadMeter(0);
    meter.arrived(1000, 10);
    meter.epoch();
    meter.arrived(5, 500);
    expect(meter.take(1000).late_ms).toBe(0);
  });
});

describe("what is said of a camera's pace", () => {
  const pace = () => new CameraPace({ id: "camera-1", frames_per_s: 10 }, 0, { take: () => 0 });

  it("is nothing while it is looked at as often as wanted", () => {
    expect(pace().trouble).toBeNull();
  });

  it("names both rates once the machine is overloaded", () => {
    const watched = pace();
    for (let t = 1; t <= 10; t += 1) {
      watched.looked((t - 1) * 1000, t * 1000);
      watched.second(t * 1000);
    }
    const { trouble } = watched;
    expect(trouble?.code).toBe("ANALYSIS_SLOWED");
    expect(trouble && sentence(trouble)).toMatch(/analysed [5-8](\.\d)? instead of 10 times a second/);
  });

  it("says that pictures come late when even the least rate does not help", () => {
    const watched = pace();
    for (let t = 1; t <= 60; t += 1) {
      watched.due({ pts_s: t * 0.5, arrival_ms: t * 1000 });
      watched.second(t * 1000);
    }
    expect(watched.trouble?.code).toBe("PICTURES_LATE");
  });
});
