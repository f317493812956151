import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cover } from "../../../detectors/privacy/evaluation/cover.ts";
import { windowsOf } from "../../../detectors/privacy/plate-search.ts";
import type { Box } from "../../../detectors/privacy/region.ts";

describe("where plates are looked for", () => {
  it("is the whole picture, and parts that leave nothing out and overlap by more than a plate", () => {
    const side = fc.integer({ min: 200, max: 4000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const [whole, ...parts] = windowsOf({ width, height });
        expect(whole).toEqual({ x: 0, y: 0, width, height });
        const boxes = parts.map(({ x, y, width: w, height: h }): Box => [x, y, w, h]);
        for (const [x, y, w, h] of boxes) expect(x >= 0 && y >= 0 && x + w <= width && y + h <= height).toBe(true);
        if (parts.length > 0) expect(new Cover(width, height, boxes).share).toBe(1);
        expect(parts.length).toBeLessThanOrEqual(16);
      }),
      { numRuns: 25 },
    );
  });

  it("has parts of one size, and none for a picture that a look shows as it is", () => {
    expect(windowsOf({ width: 960, height: 540 })).toHaveLength(1);
    const [, ...parts] = windowsOf({ width: 1920, height: 1080 });
    expect(parts).toHaveLength(4);
    expect(new Set(parts.map(({ width, height }) => `${width}x${height}`)).size).toBe(1);
  });
});

describe("the share of a box that is erased", () => {
  it("counts pixels once, and those of the picture alone", () => {
    const cover = new Cover(100, 50, [
      [0, 0, 50, 50],
      [25, 0, 25, 50],
      [-10, -10, 20, 20],
    ]);
    expect(cover.share).toBe(0.5);
    expect(cover.of([40, 0, 20, 50])).toBe(0.5);
    expect(cover.of([-20, -20, 30, 30])).toBe(1);
    expect(cover.beyond(new Cover(100, 50, [[0, 0, 100, 25]]))).toBe(0.25);
  });
});
