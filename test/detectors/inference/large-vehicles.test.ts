import { describe, expect, it } from "vitest";
import { type VehicleClass, vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import type { Detections } from "../../../detectors/inference/detector.ts";
import { createLargeVehicleMerger } from "../../../detectors/inference/large-vehicles.ts";
import { createThinnedFrame } from "../../../detectors/inference/thinned-frame.ts";

type Seen = readonly [name: VehicleClass, score: number, box: readonly [number, number, number, number]];

const detections = (seen: readonly Seen[]): Detections => ({
  count: seen.length,
  boxes: Float32Array.from(seen.flatMap(([, , box]) => box)),
  scores: Float32Array.from(seen, ([, score]) => score),
  classes: Uint8Array.from(seen, ([name]) => vehicleClasses.indexOf(name)),
});

/** Names and scores, in order, of two looks at a frame of 800x600: large is 100 pixels. */
function merged(close: readonly Seen[], far: readonly Seen[]): string[] {
  const { count, scores, classes } = createLargeVehicleMerger(20).merge(detections(close), detections(far), 800, 600);
  return Array.from({ length: count }, (_, i) => `${vehicleClasses[classes[i] ?? 0]} ${(scores[i] ?? 0).toFixed(1)}`);
}

describe("two looks at a frame", () => {
  it("take a bus that only the far look sees whole, and not the parts that the close look made of it", () => {
    const parts: Seen[] = [["truck", 0.5, [100, 100, 200, 200]]];
    expect(merged(parts, [["bus", 0.9, [100, 100, 350, 200]]])).toEqual(["bus 0.9"]);
  });

  it("count one car once, by the surer look", () => {
    const car: Seen = ["car", 0.6, [100, 100, 150, 120]];
    expect(merged([car], [["car", 0.8, [102, 98, 150, 121]]])).toEqual(["car 0.8"]);
    expect(merged([car], [["car", 0.4, [102, 98, 150, 121]]])).toEqual(["car 0.6"]);
  });

  it("leave what is small, and all two-wheelers and people, to the close look", () => {
    const far: Seen[] = [
      ["motorcycle", 0.9, [0, 0, 200, 200]],
      ["pedestrian", 0.8, [300, 0, 100, 300]],
      ["car", 0.7, [500, 500, 60, 50]],
    ];
    expect(merged([["motorcycle", 0.5, [10, 10, 30, 60]]], far)).toEqual(["motorcycle 0.5"]);
  });

  it("keep a small car that stands before a large bus", () => {
    const car: Seen = ["car", 0.6, [150, 200, 80, 60]];
    expect(merged([car], [["bus", 0.9, [100, 100, 350, 200]]])).toEqual(["bus 0.9", "car 0.6"]);
  });
});

describe("a thinned frame", () => {
  it("is the middle of every block of pixels", () => {
    const frame = Uint8Array.from({ length: 6 * 4 * 3 }, (_, i) => i);
    const thinned = createThinnedFrame(6, 4, 3);
    thinned.fill(frame);
    expect([thinned.width, thinned.height, thinned.step]).toEqual([3, 2, 2]);
    const pixel = (x: number, y: number) => [...frame.subarray((y * 6 + x) * 3, (y * 6 + x) * 3 + 3)];
    expect([...thinned.rgb]).toEqual([1, 3].flatMap((y) => [1, 3, 5].flatMap((x) => pixel(x, y))));
  });

  it("is the frame itself when that is small", () => {
    const frame = Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => i);
    const thinned = createThinnedFrame(5, 3, 100);
    thinned.fill(frame);
    expect([...thinned.rgb]).toEqual([...frame]);
  });
});
