import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BlobFinder } from "../../../detectors/background/blobs.ts";

const width = 24;
const height = 16;

const masks = fc
  .uint8Array({ minLength: width * height, maxLength: width * height })
  .map((values) => values.map((v) => v & 1));

const rectangle = (left: number, top: number, w: number, h: number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, p) => {
    const [x, y] = [p % width, Math.floor(p / width)];
    return Number(x >= left && x < left + w && y >= top && y < top + h);
  });

const total = ({ blobs }: BlobFinder): number =>
  blobs.areas.subarray(0, blobs.count).reduce((sum, each) => sum + each, 0);

describe("pieces of a mask", () => {
  test("hold every pixel of it once, and no neighbours in two", () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const finder = new BlobFinder(width, height);
        finder.find(mask, 1);
        expect(total(finder)).toBe(mask.reduce((sum, each) => sum + each, 0));
        const { labels } = finder.blobs;
        for (let p = 0; p < mask.length; p++) {
          expect(labels[p] === 0).toBe(mask[p] === 0);
          if (mask[p] === 1 && p % width < width - 1 && mask[p + 1] === 1) expect(labels[p + 1]).toBe(labels[p]);
          if (mask[p] === 1 && p + width < mask.length && mask[p + width] === 1)
            expect(labels[p + width]).toBe(labels[p]);
        }
      }),
    );
  });

  test("are left out when they are too small", () => {
    const finder = new BlobFinder(width, height);
    const mask = rectangle(2, 2, 6, 4);
    mask[width * 12 + 20] = 1;
    finder.find(mask, 2);
    expect(finder.blobs.count).toBe(1);
    expect([...finder.blobs.corners.subarray(0, 4)]).toEqual([2, 2, 8, 6]);
  });

  test("are as long and as wide as they look", () => {
    const finder = new BlobFinder(width, height);
    finder.find(rectangle(3, 4, 18, 6), 1);
    expect(finder.blobs.lengths[0]).toBeCloseTo(18, 5);
    expect(finder.blobs.widths[0]).toBeCloseTo(6, 5);
  });

  test("can be cut, and joined to what they were", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 19 }),
        fc.constantFrom("columns" as const, "rows" as const),
        (from, along) => {
          const finder = new BlobFinder(width, height);
          finder.find(rectangle(3, 2, 18, 12), 1);
          const at = along === "columns" ? from : Math.min(12, from);
          expect(finder.cut(0, along, at)).toBe(true);
          expect(finder.blobs.count).toBe(2);
          expect(total(finder)).toBe(18 * 12);
          finder.join(0, 1);
          expect(finder.blobs.count).toBe(1);
          expect([...finder.blobs.corners.subarray(0, 4)]).toEqual([3, 2, 21, 14]);
          expect(finder.blobs.areas[0]).toBe(18 * 12);
        },
      ),
    );
  });
});
