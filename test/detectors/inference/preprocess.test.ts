import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLetterbox } from "../../../detectors/inference/letterbox.ts";
import { createPreprocessor, type Normalisation } from "../../../detectors/inference/preprocess.ts";
import { resampleTaps } from "../../../detectors/inference/resample.ts";

const plain: Normalisation = { channels: "BGR", mean: [0, 0, 0], std: [1, 1, 1], padding: 114 };
const size = fc.integer({ min: 1, max: 400 });

describe("resampling an axis", () => {
  it("weighs the source pixels of each destination pixel to one, and stays inside", () => {
    fc.assert(
      fc.property(size, size, (from, to) => {
        const { count, first, weights } = resampleTaps(from, to);
        for (let i = 0; i < to; i++) {
          const start = first[i] ?? Number.NaN;
          expect(start >= 0 && start + count <= from).toBe(true);
          const sum = weights.subarray(i * count, (i + 1) * count).reduce((total, w) => total + w, 0);
          expect(Math.abs(sum - 1)).toBeLessThan(1e-5);
        }
      }),
    );
  });

  it("keeps the centre of what it shrinks or enlarges", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), size, (from, to) => {
        const { count, first, weights } = resampleTaps(from, to);
        for (let i = 0; i < to; i++) {
          let centre = 0;
          for (let tap = 0; tap < count; tap++) {
            centre += (weights[i * count + tap] ?? 0) * ((first[i] ?? 0) + tap + 0.5);
          }
          const expected = ((i + 0.5) * from) / to;
          // An area average is off by what its partly covered end pixels round; at the ends the edge pixel repeats.
          expect(Math.abs(centre - expected)).toBeLessThanOrEqual(0.5 + 1e-4);
        }
      }),
    );
  });

  it("gives every source pixel the same total weight when it shrinks", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 300 }), (to, more) => {
        const from = to + more;
        const { count, first, weights } = resampleTaps(from, to);
        const totals = new Float64Array(from);
        weights.forEach((w, i) => {
          const pixel = (first[Math.floor(i / count)] ?? 0) + (i % count);
          totals[pixel] = (totals[pixel] ?? 0) + w;
        });
        for (const total of totals) expect(Math.abs(total - to / from)).toBeLessThan(1e-4);
      }),
    );
  });
});

describe("preparing a frame", () => {
  it("puts the normalised colours on blue, green and red planes and grey around", () => {
    const box = fitLetterbox(40, 20, 64, 32);
    const normalisation: Normalisation = { channels: "BGR", mean: [10, 20, 30], std: [2, 4, 8], padding: 114 };
    const preprocessor = createPreprocessor({ ...box, height: 64 }, normalisation);
    preprocessor.fill(Uint8Array.from({ length: 40 * 20 * 3 }, (_, i) => [200, 100, 50][i % 3] ?? 0));
    const area = 64 * 64;
    const picture = [0, 1, 2].map((plane) => preprocessor.planes[plane * area + 31 * 64 + 63]);
    const grey = [0, 1, 2].map((plane) => preprocessor.planes[plane * area + 32 * 64]);
    [(50 - 10) / 2, (100 - 20) / 4, (200 - 30) / 8].forEach((v, i) => {
      expect(picture[i]).toBeCloseTo(v, 4);
    });
    [(114 - 10) / 2, (114 - 20) / 4, (114 - 30) / 8].forEach((v, i) => {
      expect(grey[i]).toBeCloseTo(v, 4);
    });
  });

  it("swaps the planes, and the means with them, for a network of red, green and blue", () => {
    const box = fitLetterbox(32, 32, 32, 32);
    const rgb = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => [200, 100, 50][i % 3] ?? 0);
    const preprocessor = createPreprocessor(box, { channels: "RGB", mean: [10, 20, 30], std: [2, 4, 8], padding: 114 });
    preprocessor.fill(rgb);
    const planes = [0, 1, 2].map((plane) => preprocessor.planes[plane * 32 * 32 + 5]);
    [(200 - 10) / 2, (100 - 20) / 4, (50 - 30) / 8].forEach((v, i) => {
      expect(planes[i]).toBeCloseTo(v, 4);
    });
  });

  it("averages whole blocks when it halves a frame", () => {
    const rgb = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 97) % 256);
    const preprocessor = createPreprocessor(fitLetterbox(64, 64, 32, 32), plain);
    preprocessor.fill(rgb);
    const red = preprocessor.planes.subarray(2 * 32 * 32);
    const at = (x: number, y: number): number => rgb[(y * 64 + x) * 3] ?? 0;
    for (const [x, y] of [
      [0, 0],
      [31, 31],
      [7, 20],
    ] as const) {
      const mean = (at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)) / 4;
      expect(red[y * 32 + x]).toBeCloseTo(mean, 3);
    }
  });

  it("copies a frame that already has the input's size", () => {
    const rgb = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 31) % 256);
    const preprocessor = createPreprocessor(fitLetterbox(32, 32, 32, 32), plain);
    preprocessor.fill(rgb);
    const blue = preprocessor.planes.subarray(0, 32 * 32);
    expect([...blue]).toEqual([...rgb].filter((_, i) => i % 3 === 2));
  });
});
