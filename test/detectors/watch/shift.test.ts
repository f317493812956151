import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlation, edges, shiftBetween } from "../../../detectors/watch/shift.ts";
import { cells, columns, rows, thumbnail } from "../../../detectors/watch/thumbnail.ts";

/** The same number in [0, 1) for the same place, and another for any other. */
function noise(seed: number, x: number, y: number): number {
  let hash = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(x + 1000, 0x85ebca6b) ^ Math.imul(y + 1000, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** Edges of a view on an endless texture, from (dx, dy), with `gain` and `offset` of brightness. */
function view(seed: number, dx = 0, dy = 0, gain = 1, offset = 0): Float32Array {
  const grey = Float32Array.from({ length: cells }, (_, at) => {
    const [x, y] = [(at % columns) - dx, Math.floor(at / columns) - dy];
    return offset + gain * 150 * noise(seed, x, y);
  });
  const found = new Float32Array(cells);
  edges(grey, found);
  return found;
}

const seeds = fc.integer({ min: 0, max: 1e6 });

describe("a picture's edges", () => {
  it("that all went the same way are found as moved by that way", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: -12, max: 12 }), fc.integer({ min: -7, max: 7 }), (seed, dx, dy) => {
        fc.pre(Math.abs(dx) + Math.abs(dy) > 0);
        expect(shiftBetween(view(seed), view(seed, dx, dy))).toEqual({ dx, dy });
      }),
      { numRuns: 30 },
    );
  });

  it("are found where they were when only the light changed", () => {
    const light = fc.record({
      gain: fc.double({ min: 0.2, max: 1.5, noNaN: true }),
      offset: fc.integer({ min: -20, max: 60 }),
    });
    fc.assert(
      fc.property(seeds, light, (seed, { gain, offset }) => {
        expect(correlation(view(seed), view(seed, 0, 0, gain, offset), 0, 0)).toBeGreaterThan(0.99);
        expect(shiftBetween(view(seed), view(seed, 0, 0, gain, offset))).toBeNull();
      }),
    );
  });

  it("of another scene are no shift of this one", () => {
    fc.assert(
      fc.property(seeds, seeds, (one, other) => {
        fc.pre(one !== other);
        expect(shiftBetween(view(one), view(other))).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  it("are none in a picture of one colour, which has moved nowhere", () => {
    expect(shiftBetween(view(1), view(1, 0, 0, 0, 90))).toBeNull();
    expect(shiftBetween(view(1, 0, 0, 0), view(1, 0, 0, 0))).toBeNull();
  });
});

describe("a thumbnail", () => {
  it.each([
    [64, 36],
    [640, 360],
    [1280, 720],
    [703, 577],
  ])("of %i x %i pixels shows each part of the picture in its place", (width, height) => {
    const rgb = new Uint8Array(width * height * 3);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) rgb[(y * width + x) * 3 + 1] = (200 * x) / width + (50 * y) / height;
    }
    const grey = new Float32Array(cells);
    thumbnail(rgb, width, height, grey);
    for (const [column, row] of [
      [0, 0],
      [63, 0],
      [31, 18],
      [63, 35],
    ] as const) {
      const expected = (200 * (column + 0.5)) / columns + (50 * (row + 0.5)) / rows;
      expect(Math.abs((grey[row * columns + column] ?? 0) - expected)).toBeLessThan(4);
    }
  });
});
