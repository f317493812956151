import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BLOCKS, erase, STEP } from "../../../detectors/privacy/erase.ts";
import { erasePlanar, planarBytes } from "../../../detectors/privacy/planar-picture.ts";
import type { Box } from "../../../detectors/privacy/region.ts";
import { Seeded } from "../../support/seeded.ts";

const size = { width: 90, height: 60 } as const;
const grey = (bytes: Uint8Array) => ({ bytes, ...size, channels: 1 });

function noise(seed: number, length: number): Uint8Array {
  const chance = new Seeded(seed);
  return Uint8Array.from({ length }, () => chance.below(256));
}

const box = fc.tuple(
  fc.double({ min: -40, max: 100, noNaN: true }),
  fc.double({ min: -40, max: 70, noNaN: true }),
  fc.double({ min: 0.1, max: 120, noNaN: true }),
  fc.double({ min: 0.1, max: 90, noNaN: true }),
);

const isInside = ([x, y, w, h]: Box, column: number, row: number): boolean =>
  column >= Math.floor(x) && column < Math.ceil(x + w) && row >= Math.floor(y) && row < Math.ceil(y + h);

function changedOutside(
  part: Box,
  before: Uint8Array,
  after: Uint8Array,
  { width, height }: { width: number; height: number },
): number {
  let changed = 0;
  for (let i = 0; i < width * height; i++)
    if (before[i] !== after[i] && !isInside(part, i % width, Math.floor(i / width))) changed++;
  return changed;
}

describe("erasing a part of a picture", () => {
  it("touches nothing outside the part", () => {
    fc.assert(
      fc.property(box, fc.nat(), (part, seed) => {
        const before = noise(seed, size.width * size.height);
        const after = before.slice();
        erase(grey(after), part);
        expect(changedOutside(part, before, after, size)).toBe(0);
      }),
    );
  });

  it("leaves of a part no more than its blocks' rounded means: pictures that share them come out alike", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 12, max: 40 }), fc.integer({ min: 12, max: 40 }), (seed, w, h) => {
        const part: Box = [7, 5, w, h];
        const first = noise(seed, size.width * size.height);
        const second = first.slice();
        // Inside each block all pixels change places: every face and text there is another one.
        shuffleBlocks(second, part, new Seeded(seed + 1));
        expect(Buffer.compare(first, second)).not.toBe(0);
        erase(grey(first), part);
        erase(grey(second), part);
        expect(Buffer.compare(first, second)).toBe(0);
      }),
    );
  });

  it("keeps steps so coarse that a few brighter pixels in a block show nowhere", () => {
    const picture = new Uint8Array(size.width * size.height).fill(100);
    const marked = picture.slice();
    for (let i = 0; i < 8; i++) marked[20 * size.width + 20 + i] = 180;
    erase(grey(picture), [10, 10, 40, 30]);
    erase(grey(marked), [10, 10, 40, 30]);
    expect(marked).toEqual(picture);
    expect(picture[25 * size.width + 30]).toBe(Math.floor(100 / STEP) * STEP + STEP / 2);
  });

  it("changes smoothly from block to block", () => {
    const picture = noise(3, size.width * size.height);
    erase(grey(picture), [0, 0, size.width, size.height]);
    const steps = Array.from(picture.subarray(0, size.width - 1), (value, x) =>
      Math.abs((picture[x + 1] ?? 0) - value),
    );
    // Between the middles of two blocks lie 30 pixels and at most 255 steps.
    expect(Math.max(...steps)).toBeLessThanOrEqual(Math.ceil(255 / (size.width / BLOCKS)) + 1);
  });

  it("erases light and both colours of a planar picture, and leaves the rest", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 33 }), fc.integer({ min: 1, max: 33 }), box, (width, height, part) => {
        const before = noise(width * height, planarBytes(width, height));
        const after = before.slice();
        erasePlanar({ bytes: after, width, height }, part);
        const [across, down] = [Math.ceil(width / 2), Math.ceil(height / 2)];
        const half: Box = [part[0] / 2, part[1] / 2, part[2] / 2, part[3] / 2];
        const untouched = (from: number, w: number, h: number, where: Box): void => {
          const plane = (all: Uint8Array): Uint8Array => all.subarray(from, from + w * h);
          expect(changedOutside(where, plane(before), plane(after), { width: w, height: h })).toBe(0);
        };
        untouched(0, width, height, part);
        untouched(width * height, across, down, half);
        untouched(width * height + across * down, across, down, half);
      }),
    );
    const all = noise(9, planarBytes(20, 20));
    erasePlanar({ bytes: all, width: 20, height: 20 }, [0, 0, 20, 20]);
    // Of 600 random values the means of a few blocks are left.
    expect(Math.max(...all) - Math.min(...all)).toBeLessThan(100);
  });
});

/** As `erase` cuts its blocks. */
function shuffleBlocks(bytes: Uint8Array, [left, top, width, height]: Box, chance: Seeded): void {
  const longer = Math.max(width, height);
  const columns = Math.round((BLOCKS * width) / longer);
  const rows = Math.round((BLOCKS * height) / longer);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const places: number[] = [];
      for (let y = Math.floor((row * height) / rows); y < Math.floor(((row + 1) * height) / rows); y++)
        for (let x = Math.floor((column * width) / columns); x < Math.floor(((column + 1) * width) / columns); x++)
          places.push((top + y) * size.width + left + x);
      const values = chance.shuffled(places.map((place) => bytes[place] as number));
      for (const [i, place] of places.entries()) bytes[place] = values[i] as number;
    }
  }
}
