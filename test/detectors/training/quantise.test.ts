import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeOnnx, encodeOnnx, type OnnxGraph } from "../../../detectors/models/convert/onnx-file.ts";
import { originalModelFile } from "../../../detectors/models/manifest.ts";
import { measureRanges } from "../../../detectors/training/calibrate.ts";
import { blended, widened, withHead } from "../../../detectors/training/head.ts";
import { maximumFirst } from "../../../detectors/training/maximum-first.ts";
import { networkWeights } from "../../../detectors/training/network-weights.ts";
import { poolAsConvolution } from "../../../detectors/training/pool-as-convolution.ts";
import { quantised } from "../../../detectors/training/quantise.ts";
import { decodeTensors, encodeTensors, type FloatTensor } from "../../../detectors/training/tensors-file.ts";

const [width, height] = [96, 64] as const;

/** Smooth light and dark, as a picture has, from a seed. */
function planes(seed: number): Float32Array {
  const wave = (i: number) => Math.sin(i * 0.013 * seed) + Math.sin(i * 0.0041 * (seed + 2));
  return Float32Array.from({ length: 3 * width * height }, (_, i) => wave(i));
}

async function run(graph: OnnxGraph, input: Float32Array): Promise<Record<string, Float32Array>> {
  const session = await InferenceSession.create(encodeOnnx(graph), { intraOpNumThreads: 1 });
  const outputs = await session.run({ picture: new Tensor("float32", input, [1, 3, height, width]) });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, t]) => [name, Float32Array.from(t.data as Float32Array)]),
  );
}

/** NaN when one is longer. */
const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);

/** Six of the eighty classes, and all bins, of the original head. */
function cutHead(weights: ReadonlyMap<string, FloatTensor>): Map<string, FloatTensor> {
  const rows = [0, 1, 2, 3, 5, 7, ...Array.from({ length: 44 }, (_, i) => 80 + i)];
  return new Map(
    [29, 31, 33].flatMap((number) =>
      ["weight", "bias"].map((part): [string, FloatTensor] => {
        const { dims, values } = weights.get(`${number}.${part}`) as FloatTensor;
        const size = values.length / (dims[0] ?? 1);
        const kept = rows.flatMap((row) => [...values.subarray(row * size, (row + 1) * size)]);
        return [`${number}.${part}`, { dims: [rows.length, ...dims.slice(1)], values: Float32Array.from(kept) }];
      }),
    ),
  );
}

describe("the network's graph, taken apart and put together", () => {
  let bytes: Uint8Array;
  let original: OnnxGraph;
  let cut: OnnxGraph;
  beforeAll(async () => {
    bytes = await readFile(originalModelFile());
    original = decodeOnnx(bytes);
    cut = withHead(widened(original), cutHead(networkWeights(original)), 80, 6);
  });

  it("is read back to the byte", () => {
    expect(Buffer.from(encodeOnnx(original)).equals(bytes)).toBe(true);
  });

  it("has 34 numbered convolutions whose weights survive the way to the trainer and back", () => {
    const weights = networkWeights(original);
    expect([...weights.keys()]).toEqual(Array.from({ length: 34 }, (_, n) => [`${n}.weight`, `${n}.bias`]).flat());
    const back = decodeTensors(encodeTensors(weights));
    expect([...back.keys()]).toEqual([...weights.keys()]);
    for (const [name, { dims, values }] of weights) {
      expect(back.get(name)?.dims).toEqual(dims);
      expect(largestDifference(back.get(name)?.values ?? new Float32Array(1), values)).toBe(0);
    }
  });

  it("says the same of our classes with a head that has no others", async () => {
    const [whole, ours] = [await run(original, planes(1)), await run(cut, planes(1))];
    const all = whole["scores_8"] as Float32Array;
    const six = Float32Array.from({ length: (all.length / 80) * 6 }, (_, i) => {
      const index = [0, 1, 2, 3, 5, 7][i % 6] as number;
      return all[Math.floor(i / 6) * 80 + index] as number;
    });
    expect(largestDifference(ours["scores_8"] as Float32Array, six)).toBeLessThan(1e-5);
    expect(largestDifference(ours["bins_8"] as Float32Array, whole["bins_8"] as Float32Array)).toBeLessThan(1e-4);
  });

  it("says the same with the maximum before the activation", async () => {
    const moved = maximumFirst(cut);
    expect(moved.nodes.map(({ op }) => op)).not.toEqual(cut.nodes.map(({ op }) => op));
    const [before, after] = [await run(cut, planes(2)), await run(moved, planes(2))];
    for (const [name, values] of Object.entries(before)) {
      expect(largestDifference(values, after[name] as Float32Array)).toBeLessThan(1e-4);
    }
  });

  it("says the same with its averages as convolutions", async () => {
    const pooled = poolAsConvolution(cut, 128);
    expect(pooled.nodes.some(({ op }) => op === "AveragePool")).toBe(false);
    const [before, after] = [await run(cut, planes(3)), await run(pooled, planes(3))];
    for (const [name, values] of Object.entries(before)) {
      expect(largestDifference(values, after[name] as Float32Array)).toBeLessThan(1e-4);
    }
  });

  it("goes the asked share of the way from a trained head to the original's", () => {
    const before = networkWeights(original);
    const ours = cutHead(before);
    const bias = ours.get("29.bias") as FloatTensor;
    const trained = new Map([["29.bias", { dims: bias.dims, values: bias.values.map((v) => v + 1) }]]);
    const mixed = blended(trained, before, 0.25).get("29.bias") as FloatTensor;
    expect(
      largestDifference(
        mixed.values,
        bias.values.map((v) => v + 0.75),
      ),
    ).toBeLessThan(1e-5);
  });

  it("keeps its scores within a few hundredths in 8-bit integers", async () => {
    const graph = poolAsConvolution(maximumFirst(cut), 128);
    const inputs = [1, 2, 3, 4].map((seed) => ({ planes: planes(seed), height, width }));
    const ranges = await measureRanges(graph, inputs, 1);
    const floatConvolutions = new Set([0, 29, 31, 33]);
    const integers = quantised(graph, { ranges, floatConvolutions, largestWeight: 64 });
    const weights = integers.initializers.filter(({ name }) => /weights.*:integer$/.test(name));
    expect(weights).toHaveLength(32);
    expect(weights.every(({ bytes: b }) => Int8Array.from(b).every((w) => Math.abs(w) <= 64))).toBe(true);
    const [exact, rounded] = [await run(graph, planes(2)), await run(integers, planes(2))];
    for (const name of ["scores_8", "scores_16", "scores_32"]) {
      expect(largestDifference(exact[name] as Float32Array, rounded[name] as Float32Array)).toBeLessThan(0.05);
    }
    expect(largestDifference(exact["scores_8"] as Float32Array, rounded["scores_8"] as Float32Array)).toBeGreaterThan(
      0,
    );
  });

  it("refuses to quantise what was not calibrated", () => {
    const settings = { ranges: new Map(), floatConvolutions: new Set([0, 29, 31, 33]), largestWeight: 64 };
    expect(() => quantised(maximumFirst(cut), settings)).toThrow(/was not calibrated/);
  });
});
