import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import openWabt from "wabt";
import { fitLetterbox, type Letterbox, stretchOver } from "../../../detectors/inference/letterbox.ts";
import { resampleTaps } from "../../../detectors/inference/resample.ts";
import { compiledResampledPlanes, createResampledPlanes } from "../../../detectors/inference/resampled-planes.ts";

const text = new URL("../../../detectors/inference/resampled-planes.wat", import.meta.url);
const side = fc.integer({ min: 1, max: 300 });
const mean = [103.5, 116.3, 123.7] as const;
const factor = [0.017, 0.0175, 0.0171] as const;

const beside = 7;

/** One pixel of one colour, term by term. */
function weighed(rgb: Uint8Array, box: Letterbox, x: number, y: number, colour: 0 | 1 | 2): number {
  if (x >= box.pictureWidth || y >= box.pictureHeight) return beside;
  const columns = resampleTaps(box.frameWidth, box.pictureWidth);
  const rows = resampleTaps(box.frameHeight, box.pictureHeight);
  let sum = 0;
  for (let row = 0; row < rows.count; row++) {
    for (let column = 0; column < columns.count; column++) {
      const at = ((rows.first[y] ?? 0) + row) * box.frameWidth + (columns.first[x] ?? 0) + column;
      const weight = (rows.weights[y * rows.count + row] ?? 0) * (columns.weights[x * columns.count + column] ?? 0);
      sum += weight * (rgb[at * 3 + colour] ?? Number.NaN);
    }
  }
  return (sum - mean[colour]) * factor[colour];
}

describe("frames to planes of another size", () => {
  it("is the text beside it, compiled", async () => {
    const wabt = await openWabt();
    const parsed = wabt.parseWat("resampled-planes.wat", readFileSync(text, "utf8"), { simd: true });
    expect(Buffer.from(parsed.toBinary({}).buffer).toString("base64")).toBe(compiledResampledPlanes);
  });

  it("weighs every pixel of every plane as its taps say, whatever the two sizes", () => {
    const boxes = fc.oneof(
      fc.tuple(side, side).map(([width, height]) => fitLetterbox(width, height, 96, 32)),
      fc.tuple(side, side, side, side).map((sides) => stretchOver(...sides)),
    );
    fc.assert(
      fc.property(boxes, fc.constantFrom([0, 1, 2] as const, [2, 1, 0] as const), fc.nat(), (box, plane, seed) => {
        const rgb = Uint8Array.from({ length: box.frameWidth * box.frameHeight * 3 }, (_, i) => (seed + i * 97) & 255);
        const { planes, fill } = createResampledPlanes(box, { plane, mean, factor });
        planes.fill(beside);
        fill(rgb);
        for (let probe = 0; probe < 120; probe++) {
          const colour = (probe % 3) as 0 | 1 | 2;
          const x = (seed + probe * 31) % box.width;
          const y = (seed + probe * 17) % box.height;
          const found = planes[(plane[colour] * box.height + y) * box.width + x];
          expect(found).toBeCloseTo(weighed(rgb, box, x, y, colour), 4);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("sees the last row and column of a frame that is far wider than a strip of it may be", () => {
    const box = fitLetterbox(20_000, 3, 64, 32);
    const rgb = new Uint8Array(20_000 * 3 * 3).fill(200);
    const { planes, fill } = createResampledPlanes(box, { plane: [0, 1, 2], mean: [0, 0, 0], factor: [1, 1, 1] });
    fill(rgb);
    for (let x = 0; x < box.pictureWidth; x++) expect(planes[x]).toBeCloseTo(200, 2);
  });
});
