import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRoadUsers } from "../../../detectors/inference/road-users.ts";
import { decodeOnnx } from "../../../detectors/models/convert/onnx-file.ts";
import { originalModelFile, readNanodet, roadUserModelFile } from "../../../detectors/models/manifest.ts";
import { assemble, assembledManifest } from "../../../detectors/training/assemble.ts";
import { evaluate } from "../../../detectors/training/evaluate.ts";
import { networkWeights } from "../../../detectors/training/network-weights.ts";
import type { Accuracy } from "../../../detectors/training/score.ts";
import type { FloatTensor } from "../../../detectors/training/tensors-file.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-training-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Six classes and 44 bins of zeros: a head that has learned nothing. */
const emptyHead = new Map<string, FloatTensor>(
  [29, 31, 33].flatMap((number): [string, FloatTensor][] => [
    [`${number}.weight`, { dims: [50, 128, 1, 1], values: new Float32Array(50 * 128) }],
    [`${number}.bias`, { dims: [50], values: new Float32Array(50).fill(-5) }],
  ]),
);

describe("a model assembled from a head", () => {
  it("is loaded by its manifest, and a head that has learned nothing sees nothing", async () => {
    const names = ["a.png", "b.png"];
    for (const [i, name] of names.entries()) {
      const background = { r: 60 + 80 * i, g: 120, b: 90 };
      await sharp({ create: { width: 96, height: 64, channels: 3, background } }).toFile(join(folder, name));
    }
    const original = await readNanodet(originalModelFile());
    if (!original.ok) throw new Error("the original model is not there");
    const { manifest, bytes: base } = original.value;
    expect(networkWeights(decodeOnnx(base)).size).toBe(68);
    const { integer } = await assemble({
      base,
      manifest,
      head: emptyHead,
      pictures: names.map((name) => join(folder, name)),
      threads: 1,
      largestWeight: 64,
    });
    const modelFile = join(folder, "empty.onnx");
    const words = {
      name: "empty",
      description: "A head that has learned nothing.",
      scoreThreshold: 0.3,
      twoWheelerThreshold: 0.3,
    };
    const sizes = { longSide_px: 128, farSide_px: 64, trainedOn: [] };
    await writeFile(modelFile, integer);
    await writeFile(
      modelFile.replace(".onnx", ".json"),
      JSON.stringify(assembledManifest(manifest, integer, { ...words, ...sizes })),
    );
    const detector = await loadRoadUsers({ threads: 1, modelFile });
    expect((await detector.detect(new Uint8Array(160 * 90 * 3).fill(100), 160, 90)).count).toBe(0);
    await detector.close();
  });
});

describe.skipIf(missing("shared data"))("the committed motorcycle weights", () => {
  it("find most motorcycles and cars of the pictures they were made for, far more than the original's", async () => {
    const pictures = join(sharedFolder, "data/vision/motorcycles");
    const [header = "", ...rows] = (await readFile(join(pictures, "ground_truth.csv"), "utf8")).trim().split("\n");
    const names = [...new Set(rows.map((row) => row.split(",")[0] ?? ""))].filter((_, i) => i % 12 === 0);
    const labels = join(folder, "labels.csv");
    await writeFile(labels, [header, ...rows.filter((row) => names.includes(row.split(",")[0] ?? ""))].join("\n"));
    const common = { images: join(pictures, "images"), labels, part: "all", iou: 0.5, threads: 1 } as const;
    const ours = { modelFile: roadUserModelFile(), longSide_px: 1024, farSide_px: 288, thresholds: [0.37] };
    const theirs = { modelFile: originalModelFile(), longSide_px: 416, thresholds: [0.37] };
    const [trained] = (await evaluate({ ...common, ...ours })).at;
    const [before] = (await evaluate({ ...common, ...theirs })).at;
    const recall = (row: typeof trained = { score: 0 }, group: string): number => (row[group] as Accuracy).recall;
    expect(recall(trained, "two_wheelers")).toBeGreaterThan(0.75);
    expect(recall(trained, "two_wheelers")).toBeGreaterThan(recall(before, "two_wheelers") + 0.3);
    expect(recall(trained, "cars")).toBeGreaterThanOrEqual(recall(before, "cars"));
  });
});
