import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeOnnx, encodeOnnx, type OnnxGraph } from "../../../detectors/models/convert/onnx-file.ts";
import { originalModelFile } from "../../../detectors/models/manifest.ts";
import { measureRanges } from "../../../detectors/training/calibrate.ts";
import { blended, widened, withHead, withSecondHead } from "../../../detectors/training/head.ts";
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

const bins = Array.from({ length: 44 }, (_, i) => 80 + i);
const vehicles = [1, 2, 3, 5, 7];

/** The original's last convolutions with these rows alone, under names that begin with `prefix`. */
function cutHead(
  weights: ReadonlyMap<string, FloatTensor>,
  classes: readonly number[],
  prefix = "",
): Map<string, FloatTensor> {
  const rows = [...classes, ...bins];
  return new Map(
    [29, 31, 33].flatMap((number) =>
      ["weight", "bias"].map((part): [string, FloatTensor] => {
        const { dims, values } = weights.get(`${number}.${part}`) as FloatTensor;
        const size = values.length / (dims[0] ?? 1);
        const kept = rows.flatMap((row) => [...values.subarray(row * size, (row + 1) * size)]);
        return [
          `${prefix}${number}.${part}`,
          { dims: [rows.length, ...dims.slice(1)], values: Float32Array.from(kept) },
        ];
      }),
    ),
  );
}

/** Five classes of the eighty, a branch for people beside them, and all bins twice. */
function cutGraph(original: OnnxGraph): OnnxGraph {
  const weights = networkWeights(original);
  const head = new Map([...cutHead(weights, vehicles), ...cutHead(weights, [0], "people/")]);
  return withHead(withSecondHead(widened(original)), head, 80, { vehicles: 5, people: 1 });
}

describe("the network's graph, taken apart and put together", () => {
  let bytes: Uint8Array;
  let original: OnnxGraph;
  let cut: OnnxGraph;
  beforeAll(async () => {
    bytes = await readFile(originalModelFile());
    original = decodeOnnx(bytes);
    cut = cutGraph(original);
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

  it("says the same of our classes with a head for vehicles and a branch for people", async () => {
    const [whole, ours] = [await run(original, planes(1)), await run(cut, planes(1))];
    for (const level of [8, 16, 32]) {
      const all = whole[`scores_${level}`] as Float32Array;
      const only = (classes: readonly number[]) =>
        Float32Array.from({ length: (all.length / 80) * classes.length }, (_, i) => {
          const index = classes[i % classes.length] as number;
          return all[Math.floor(i / classes.length) * 80 + index] as number;
        });
      expect(largestDifference(ours[`scores_${level}`] as Float32Array, only(vehicles))).toBeLessThan(1e-5);
      expect(largestDifference(ours[`people/scores_${level}`] as Float32Array, only([0]))).toBeLessThan(1e-5);
      for (const name of [`bins_${level}`, `people/bins_${level}`]) {
        expect(largestDifference(ours[name] as Float32Array, whole[`bins_${level}`] as Float32Array)).toBeLessThan(
          1e-4,
        );
      }
    }
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
    const ours = cutHead(before, vehicles);
    const bias = ours.get("29.bias") as FloatTensor;
    const moved = { dims: bias.dims, values: bias.values.map((v) => v + 1) };
    const people = { dims: [1], values: Float32Array.of(7) };
    const both = blended(
      new Map([
        ["29.bias", moved],
        ["people/29.bias", people],
      ]),
      before,
      0.25,
    );
    expect(both.get("people/29.bias")).toEqual(people);
    const mixed = both.get("29.bias") as FloatTensor;
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
    // 34 convolutions, 4 of them in float, 2 averages, and the 3 wide ones of the branch for people.
    expect(weights).toHaveLength(35);
    expect(weights.every(({ bytes: b }) => Int8Array.from(b).every((w) => Math.abs(w) <= 64))).toBe(true);
    const [exact, rounded] = [await run(graph, planes(2)), await run(integers, planes(2))];
    for (const name of ["scores_8", "scores_16", "scores_32", "people/scores_8"]) {
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
