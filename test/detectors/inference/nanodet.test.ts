import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProblemError } from "../../../core/problems/problem.ts";
import { vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import type { Detections, Detector } from "../../../detectors/inference/detector.ts";
import { loadNanodet } from "../../../detectors/inference/nanodet.ts";
import { manifestFile, originalModelFile, sha256 } from "../../../detectors/models/manifest.ts";
import { frameOfVideo } from "../../support/frame-of-video.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

const [width, height] = [640, 360] as const;

const copyOf = ({ count, boxes, scores, classes }: Detections) => ({
  boxes: [...boxes.subarray(0, count * 4)],
  scores: [...scores.subarray(0, count)],
  classes: [...classes.subarray(0, count)].map((c) => vehicleClasses[c]),
});

/** A picture with nothing to find: bright at the top, dark at the bottom. */
const emptyRoad = (w: number, h: number): Uint8Array =>
  Uint8Array.from({ length: w * h * 3 }, (_, i) => 200 - Math.floor((120 * i) / (w * h * 3)));

describe("loading NanoDet", () => {
  let folder: string;
  let modelFile: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "greenwave-model-"));
    modelFile = join(folder, "nanodet-g.onnx");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function codesOf(load: Promise<Detector>): Promise<readonly string[]> {
    try {
      await (await load).close();
      return [];
    } catch (error) {
      if (error instanceof ProblemError) return error.problems.map(({ code }) => code);
      throw error;
    }
  }

  it("says which file is missing", async () => {
    await rm(modelFile, { force: true });
    await copyFile(manifestFile(originalModelFile()), manifestFile(modelFile));
    expect(await codesOf(loadNanodet({ threads: 1, modelFile }))).toEqual(["MODEL_MISSING"]);
    expect(await codesOf(loadNanodet({ threads: 1, modelFile: join(folder, "other.onnx") }))).toEqual([
      "MODEL_MISSING",
    ]);
  });

  it("refuses a model of which one bit has changed", async () => {
    const bytes = await readFile(originalModelFile());
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(modelFile, bytes);
    await copyFile(manifestFile(originalModelFile()), manifestFile(modelFile));
    expect(await codesOf(loadNanodet({ threads: 1, modelFile }))).toEqual(["MODEL_ALTERED"]);
  });

  it("refuses a manifest that is not one, and names every fault of a wrong one", async () => {
    await writeFile(manifestFile(modelFile), "{");
    expect(await codesOf(loadNanodet({ threads: 1, modelFile }))).toEqual(["MODEL_MANIFEST_BAD"]);
    const manifest = JSON.parse(await readFile(manifestFile(originalModelFile()), "utf8"));
    await writeFile(manifestFile(modelFile), JSON.stringify({ ...manifest, bins: "eleven", levels: [] }));
    expect(await codesOf(loadNanodet({ threads: 1, modelFile }))).toEqual(["MODEL_MANIFEST_BAD", "MODEL_MANIFEST_BAD"]);
  });

  it("says so when the file is what the manifest says but no network", async () => {
    const bytes = Buffer.from("not a network");
    const manifest = JSON.parse(await readFile(manifestFile(originalModelFile()), "utf8"));
    await writeFile(modelFile, bytes);
    await writeFile(
      manifestFile(modelFile),
      JSON.stringify({ ...manifest, sha256: sha256(bytes), bytes: bytes.length }),
    );
    expect(await codesOf(loadNanodet({ threads: 1, modelFile }))).toEqual(["MODEL_UNLOADABLE"]);
  });
});

describe("NanoDet", () => {
  let detector: Detector;
  beforeAll(async () => {
    detector = await loadNanodet({ threads: 1 });
  });
  afterAll(() => detector.close());

  it("finds nothing on an empty road, at any picture size", async () => {
    for (const [w, h] of [
      [640, 360],
      [321, 243],
      [90, 200],
    ] as const) {
      expect((await detector.detect(emptyRoad(w, h), w, h)).count).toBe(0);
    }
  });

  it("refuses bytes that are not a frame of the given size", async () => {
    await expect(detector.detect(new Uint8Array(10), 2, 2)).rejects.toThrow(RangeError);
  });
});

describe.skipIf(missing("ffmpeg", "shared data"))("NanoDet on a real junction", () => {
  const videos = join(sharedFolder, "data/vision/videos");
  const frame = 120;
  let rgb: Uint8Array;
  beforeAll(() => {
    rgb = frameOfVideo(join(videos, "junction-a.mp4"), frame, [width, height]);
  });

  /** Cars of 40 pixels and more that another network was sure of in this frame. */
  async function sureCars(): Promise<readonly (readonly number[])[]> {
    const lines = (await readFile(join(videos, "junction-a.detections.csv"), "utf8")).trim().split("\n").slice(1);
    return lines
      .map((line) => line.split(","))
      .filter(([at, name, confidence]) => Number(at) === frame + 1 && name === "car" && Number(confidence) >= 0.7)
      .map((cells) => cells.slice(3).map(Number))
      .filter(([, , w = 0]) => w >= 40);
  }

  const overlap = (a: readonly number[], b: readonly number[]): number => {
    const [ax = 0, ay = 0, aw = 0, ah = 0] = a;
    const [bx = 0, by = 0, bw = 0, bh = 0] = b;
    const w = Math.max(0, Math.min(ax + aw, bx + bw) - Math.max(ax, bx));
    const h = Math.max(0, Math.min(ay + ah, by + bh) - Math.max(ay, by));
    return (w * h) / (aw * ah + bw * bh - w * h);
  };

  it("finds the cars that another network found there", async () => {
    const detector = await loadNanodet({ threads: 1 });
    const { boxes, classes } = copyOf(await detector.detect(rgb, width, height));
    await detector.close();
    const found = classes.map((_, i) => boxes.slice(i * 4, i * 4 + 4));
    const cars = await sureCars();
    const seen = cars.filter((car) => found.some((box) => overlap(box, car) > 0.5));
    expect(cars.length).toBeGreaterThanOrEqual(5);
    expect(seen.length / cars.length).toBeGreaterThanOrEqual(0.9);
    expect(classes.filter((name) => name === "car").length / classes.length).toBeGreaterThanOrEqual(0.8);
  });

  it("answers the same for the same frame, whatever came between and however many threads work", async () => {
    const one = await loadNanodet({ threads: 1 });
    const first = copyOf(await one.detect(rgb, width, height));
    await one.detect(emptyRoad(320, 240), 320, 240);
    expect(copyOf(await one.detect(rgb, width, height))).toEqual(first);
    await one.close();
    const two = await loadNanodet({ threads: 2 });
    expect(copyOf(await two.detect(rgb, width, height))).toEqual(first);
    await two.close();
    expect(first.classes.length).toBeGreaterThan(5);
  });
});
