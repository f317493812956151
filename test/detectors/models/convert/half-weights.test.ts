import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scalar } from "../../../../detectors/models/convert/graph-model.ts";
import { binary16, withHalfWeights } from "../../../../detectors/models/convert/half-weights.ts";
import { type OnnxGraph, onnxType } from "../../../../detectors/models/convert/onnx-file.ts";

/** What a half-precision number means, by the converter's own reader. */
const valueOfHalf = (bits: number): number =>
  scalar({ kind: "float", shape: [1], elementBytes: 2, bytes: new Uint8Array(Uint16Array.of(bits).buffer) });

describe("a number in half precision", () => {
  it("is known from the standard's table", () => {
    const known = [0, 1, -2, 65_504, 2 ** -14, 2 ** -24, 1 / 3, Number.POSITIVE_INFINITY, -0];
    expect(known.map(binary16)).toEqual([0, 0x3c00, 0xc000, 0x7bff, 0x0400, 1, 0x3555, 0x7c00, 0x8000]);
    expect(binary16(65_519.9)).toBe(0x7bff);
    expect(binary16(65_520)).toBe(0x7c00);
    expect(Number.isNaN(valueOfHalf(binary16(Number.NaN)))).toBe(true);
  });

  it("keeps what has one already", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7bff }), fc.boolean(), (bits, negative) => {
        const signed = negative ? bits | 0x8000 : bits;
        expect(binary16(valueOfHalf(signed))).toBe(signed);
      }),
    );
  });

  it("is the nearest there is, and of two the even one", () => {
    fc.assert(
      fc.property(fc.float({ min: 0, max: 65_000, noNaN: true }), (value) => {
        const bits = binary16(value);
        const [below, chosen, above] = [Math.max(0, bits - 1), bits, bits + 1].map((b) =>
          Math.abs(valueOfHalf(b) - value),
        );
        expect(chosen).toBeLessThanOrEqual(Math.min(below ?? 0, above ?? 0));
        if (bits > 0 && (chosen === below || chosen === above)) expect(bits % 2).toBe(0);
      }),
    );
  });
});

describe("a graph with half weights", () => {
  const floats = (name: string, count: number) => ({
    name,
    type: onnxType.float,
    dims: [count],
    bytes: new Uint8Array(new Float32Array(count).fill(1).buffer),
  });
  const graph: OnnxGraph = {
    name: "g",
    nodes: [{ name: "n", op: "Add", inputs: ["large", "small"], outputs: ["out"], attributes: {} }],
    initializers: [floats("large", 20_000), floats("small", 4), floats("given", 20_000)],
    inputs: [],
    outputs: [
      { name: "out", dims: [1] },
      { name: "given", dims: [1] },
    ],
  };

  it("widens large tensors before their first use, and leaves small ones and outputs alone", () => {
    const { nodes, initializers } = withHalfWeights(graph);
    expect(nodes.map(({ op, outputs }) => [op, outputs[0]])).toEqual([
      ["Cast", "large"],
      ["Add", "out"],
    ]);
    expect(initializers.map(({ name, type, bytes }) => [name, type, bytes.length])).toEqual([
      ["large:half", onnxType.float16, 40_000],
      ["small", onnxType.float, 16],
      ["given", onnxType.float, 80_000],
    ]);
  });
});
