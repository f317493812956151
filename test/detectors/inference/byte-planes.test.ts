import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import openWabt from "wabt";
import { compiledBytePlanes, createBytePlanes } from "../../../detectors/inference/byte-planes.ts";

const text = new URL("../../../detectors/inference/byte-planes.wat", import.meta.url);
const side = fc.integer({ min: 1, max: 40 });
const order = fc.constantFrom([0, 1, 2], [2, 1, 0], [1, 2, 0]) as fc.Arbitrary<[number, number, number]>;

describe("bytes to planes", () => {
  it("is the text beside it, compiled", async () => {
    const wabt = await openWabt();
    const { buffer } = wabt.parseWat("byte-planes.wat", readFileSync(text, "utf8")).toBinary({});
    expect(Buffer.from(buffer).toString("base64")).toBe(compiledBytePlanes);
  });

  it("puts each byte's float on its colour's plane, and nothing beside the picture", () => {
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        order,
        fc.integer(),
        (pictureWidth, pictureHeight, right, below, plane, seed) => {
          const [width, height] = [pictureWidth + right - 1, pictureHeight + below - 1];
          const values = [1, 2, 3].map((n) => Float32Array.from({ length: 256 }, (_, v) => (v - 100.3) / (50 + n)));
          const bytes = Uint8Array.from({ length: pictureWidth * pictureHeight * 3 }, (_, i) => (seed + i * 97) & 255);
          const filled = createBytePlanes({
            width,
            height,
            pictureWidth,
            pictureHeight,
            plane,
            values: values as [Float32Array, Float32Array, Float32Array],
          });
          filled.planes.fill(7);
          const expected = new Float32Array(3 * width * height).fill(7);
          for (const [i, byte] of bytes.entries()) {
            const [pixel, colour] = [Math.floor(i / 3), i % 3];
            const at = Math.floor(pixel / pictureWidth) * width + (pixel % pictureWidth);
            expected[(plane[colour] ?? 0) * width * height + at] = values[colour]?.[byte] ?? Number.NaN;
          }
          filled.fill(bytes);
          expect(filled.planes).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});
