import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vehicleClasses } from "../../../../core/traffic/vehicle-class.ts";
import type { Detections, Detector } from "../../../../detectors/inference/detector.ts";
import type { Region, Tiles } from "../../../../detectors/inference/views/schema.ts";
import { createViewingDetector } from "../../../../detectors/inference/views/viewing-detector.ts";

type Box = readonly [x: number, y: number, w: number, h: number];

const frame = { width: 160, height: 90 } as const;
const kinds = { car: 250, pedestrian: 200, motorcycle: 150 } as const;
type Kind = keyof typeof kinds;

function picture(objects: readonly (readonly [Kind, Box])[]): Uint8Array {
  const rgb = new Uint8Array(frame.width * frame.height * 3);
  for (const [kind, [x, y, w, h]] of objects) {
    for (let row = y; row < y + h; row++) {
      rgb.fill(kinds[kind], (row * frame.width + x) * 3, (row * frame.width + x + w) * 3);
    }
  }
  return rgb;
}

/** Sees every value of `kinds` that is in the picture as one box around it. */
function simpleDetector(sizes: string[] = []): Detector {
  const found: Detections = {
    count: 0,
    boxes: new Float32Array(12),
    scores: new Float32Array(3),
    classes: new Uint8Array(3),
  };
  return {
    detect(rgb, width, height) {
      sizes.push(`${width}x${height}`);
      found.count = 0;
      for (const [kind, value] of Object.entries(kinds)) {
        const at = Array.from({ length: width * height }, (_, p) => p).filter((p) => rgb[p * 3] === value);
        if (at.length === 0) continue;
        const [xs, ys] = [at.map((p) => p % width), at.map((p) => Math.floor(p / width))];
        const [left, top] = [Math.min(...xs), Math.min(...ys)];
        const i = found.count++;
        found.boxes.set([left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1], i * 4);
        found.scores[i] = 0.9 - i / 10;
        found.classes[i] = vehicleClasses.indexOf(kind as Kind);
      }
      return Promise.resolve(found);
    },
    close: () => Promise.resolve(),
  };
}

async function seen(
  objects: readonly (readonly [Kind, Box])[],
  how: { regions?: readonly Region[]; tiles?: Tiles; fromAbove?: boolean; sizes?: string[] },
): Promise<[string, Box][]> {
  const { regions = [], tiles = null, fromAbove = false, sizes } = how;
  const options = { regions, tiles, inputSide_px: 416, fromAbove, scoreThreshold: 0.1 };
  const detector = createViewingDetector(simpleDetector(sizes), options);
  const { count, boxes, classes } = await detector.detect(picture(objects), frame.width, frame.height);
  return Array.from({ length: count }, (_, i) => [
    vehicleClasses[classes[i] ?? 0] ?? "",
    [...boxes.subarray(i * 4, i * 4 + 4)] as unknown as Box,
  ]);
}

const lowerRight: Region = {
  kind: "watch",
  area: [
    [0.5, 0.5],
    [1, 0.5],
    [1, 1],
    [0.5, 1],
  ],
};

describe("a camera with regions", () => {
  test("sees who stands in a watched one, where he is in the picture, and shows the network no more than it needs", async () => {
    const sizes: string[] = [];
    const car: Box = [110, 52, 24, 20];
    expect(await seen([["car", car]], { regions: [lowerRight], sizes })).toEqual([["car", car]]);
    // Half of the picture and its margins: 5 % to the left, 15 % above.
    expect(sizes).toEqual(["88x59"]);
  });

  test("drops who stands outside, though the box reaches in", async () => {
    const above: Box = [110, 20, 24, 24];
    expect(await seen([["car", above]], { regions: [lowerRight] })).toEqual([]);
  });

  test("goes by the middle of the box when it looks straight down, and then at the whole picture", async () => {
    const sizes: string[] = [];
    const across: Box = [110, 20, 24, 60];
    expect(await seen([["car", across]], { regions: [lowerRight], fromAbove: true, sizes })).toHaveLength(1);
    expect(sizes).toEqual(["160x90"]);
    const mostlyAbove: Box = [110, 10, 24, 60];
    expect(await seen([["car", mostlyAbove]], { regions: [lowerRight], fromAbove: true })).toEqual([]);
  });

  test("drops who stands in an ignored one", async () => {
    const car: Box = [110, 52, 24, 20];
    expect(await seen([["car", car]], { regions: [{ ...lowerRight, kind: "ignore" }] })).toEqual([]);
    expect(await seen([["car", [10, 52, 24, 20]]], { regions: [{ ...lowerRight, kind: "ignore" }] })).toHaveLength(1);
  });

  test("takes a lone person on the carriageway for a rider, and one beside it for a walker", async () => {
    const regions: Region[] = [{ ...lowerRight, kind: "carriageway" }];
    expect((await seen([["pedestrian", [120, 50, 8, 20]]], { regions }))[0]?.[0]).toBe("motorcycle");
    expect((await seen([["pedestrian", [20, 50, 8, 20]]], { regions }))[0]?.[0]).toBe("pedestrian");
  });

  test("sees an object once and whole, whatever tiles it is looked at in", async () => {
    const tilings = fc.record({
      columns: fc.integer({ min: 1, max: 3 }),
      rows: fc.integer({ min: 1, max: 3 }),
      overlap: fc.double({ min: 0.15, max: 0.4, noNaN: true }),
    });
    const place = fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 60 }));
    await fc.assert(
      fc.asyncProperty(tilings, place, async (tiles, [x, y]) => {
        const car: Box = [x, y, 40, 30];
        expect(await seen([["car", car]], { tiles })).toEqual([["car", car]]);
      }),
      { numRuns: 40 },
    );
  });
});
