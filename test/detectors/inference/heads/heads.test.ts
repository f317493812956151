import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iou } from "../../../../core/geometry/box.ts";
import { vehicleClasses } from "../../../../core/traffic/vehicle-class.ts";
import type { Detector } from "../../../../detectors/inference/detector.ts";
import { openDetector } from "../../../../detectors/inference/open-detector.ts";
import { onnxType } from "../../../../detectors/models/convert/onnx-file.ts";
import { modelSchema } from "../../../../detectors/schema.ts";
import { frameOfVideo } from "../../../support/frame-of-video.ts";
import { missing, sharedFolder } from "../../../support/peers.ts";
import { type KnownOutput, modelFolder, network, picture, rows, scores, transposed } from "./small-network.ts";

const CELLS = 64 + 16 + 4;
const [CAR, BUS] = [2, 5];

let folder: Awaited<ReturnType<typeof modelFolder>>;
beforeAll(async () => {
  folder = await modelFolder();
});
afterAll(() => folder.clear());

interface Found {
  readonly class: string | undefined;
  readonly score: number;
  readonly box: readonly number[];
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** What the network's outputs mean on a frame of this size, twice: the second run must not differ. */
async function boxesOf(bytes: Uint8Array, model: object, width: number, height: number): Promise<readonly Found[]> {
  const file = await folder.write("known.onnx", bytes);
  const detector = await openDetector({
    model: modelSchema.parse({ file, ...model }),
    threads: 1,
    scoreThreshold: 0.3,
  });
  const look = async (): Promise<readonly Found[]> => {
    const found = await detector.detect(new Uint8Array(width * height * 3), width, height);
    return Array.from({ length: found.count }, (_, i) => ({
      class: vehicleClasses[found.classes[i] ?? -1],
      score: rounded(found.scores[i] ?? 0),
      box: [...found.boxes.subarray(i * 4, i * 4 + 4)].map(rounded),
    }));
  };
  const first = await look();
  expect(await look()).toEqual(first);
  await detector.close();
  return first;
}

const videos = join(sharedFolder, "data/vision/videos");
const junctionFrames = [20, 60, 100, 140, 180, 220];
const car = vehicleClasses.indexOf("car");

/** Cars of 40 pixels and more that a stronger network was sure of, by frame. */
async function sureCars(): Promise<ReadonlyMap<number, readonly Float32Array[]>> {
  const lines = (await readFile(join(videos, "junction-a.detections.csv"), "utf8")).trim().split("\n").slice(1);
  const sure = lines
    .map((line) => line.split(","))
    .filter(([, name, confidence, , , w]) => name === "car" && Number(confidence) >= 0.7 && Number(w) >= 40);
  const boxesIn = (frame: number) => sure.filter(([at]) => Number(at) === frame + 1);
  return new Map(junctionFrames.map((f) => [f, boxesIn(f).map((cells) => Float32Array.from(cells.slice(3), Number))]));
}

/** How many of them there are, and how many the detector finds too. */
async function sureCarsSeen(detector: Detector): Promise<{ readonly there: number; readonly seen: number }> {
  const [width, height] = [640, 360] as const;
  let [there, seen] = [0, 0];
  for (const [frame, cars] of await sureCars()) {
    const rgb = frameOfVideo(join(videos, "junction-a.mp4"), frame, [width, height]);
    const { boxes, classes, count } = await detector.detect(rgb, width, height);
    const slots = Array.from({ length: count }, (_, i) => i).filter((i) => classes[i] === car);
    there += cars.length;
    seen += cars.filter((one) => slots.some((i) => iou(boxes, i * 4, one, 0) > 0.5)).length;
  }
  return { there, seen };
}

describe("a YOLOX head", () => {
  /** Cell 64 + 5 is column 1, row 1 of the grid at stride 16; the last cell is column 1, row 1 at stride 32. */
  const raw = rows("output", CELLS, 85, {
    69: [0.5, 0.25, Math.log(2), Math.log(1.5), 0.9, ...scores(80, CAR, 0.8)],
    83: [0, 0, 0, 0, 0.9, ...scores(80, BUS, 0.2)],
    3: [0, 0, 0, 0, 0.9, ...scores(80, 16, 1)],
  });

  it("counts centres in cells from the cell's corner, sizes as logarithms of strides, and multiplies both scores", async () => {
    // Centre (1.5, 1.25) x 16, size (2, 1.5) x 16 on the input; the frame is twice as large.
    expect(await boxesOf(network([picture], [raw]), {}, 128, 128)).toEqual([
      { class: "car", score: 0.72, box: [16, 16, 64, 48] },
    ]);
  });

  it("cuts boxes at the frame, whose lower part of the input is only grey", async () => {
    expect(await boxesOf(network([picture], [raw]), {}, 128, 50)).toEqual([
      { class: "car", score: 0.72, box: [16, 16, 64, 34] },
    ]);
  });

  it("takes boxes as they are when the graph has decoded them itself", async () => {
    const centres = Object.fromEntries(
      Array.from({ length: CELLS }, (_, cell) => [cell, [32, 32, 10, 10, 0, ...scores(80, 0, 0)]]),
    );
    const decoded = rows("output", CELLS, 85, { ...centres, 7: [24, 20, 32, 24, 0.9, ...scores(80, CAR, 0.8)] });
    expect(await boxesOf(network([picture], [decoded]), {}, 128, 128)).toEqual([
      { class: "car", score: 0.72, box: [16, 16, 64, 48] },
    ]);
  });

  it("reads the classes of a site's own network", async () => {
    const own = rows("output", CELLS, 8, { 69: [0.5, 0.25, Math.log(2), Math.log(1.5), 0.9, 0.1, 0.7, 0.8] });
    const model = { head: "yolox", classes: { motorcycle: [2], car: [0, 1] } };
    expect(await boxesOf(network([picture], [own]), model, 64, 64)).toEqual([
      { class: "motorcycle", score: 0.72, box: [8, 8, 32, 24] },
    ]);
    const cars = { head: "yolox", classes: { car: [0, 1] } };
    expect((await boxesOf(network([picture], [own]), cars, 64, 64)).map((one) => [one.class, one.score])).toEqual([
      ["car", 0.63],
    ]);
  });
});

describe("a YOLOv8 head", () => {
  /** More cells than classes, as in every real network: 144 + 36 + 9. */
  const larger = { ...picture, dims: [1, 3, 96, 96] };
  const written = rows("output0", 189, 84, {
    10: [24, 20, 32, 24, ...scores(80, CAR, 0.8)],
    11: [25, 20, 32, 24, ...scores(80, BUS, 0.7)],
    12: [50, 50, 8, 8, ...scores(80, 3, 0.6)],
    13: [50, 20, 8, 8, ...scores(80, CAR, 0.29)],
  });
  const meant = [
    { class: "car", score: 0.8, box: [16, 16, 64, 48] },
    { class: "motorcycle", score: 0.6, box: [92, 92, 16, 16] },
  ];

  it("is read with its cells last, and one vehicle is not a car and a bus", async () => {
    expect(await boxesOf(network([larger], [transposed(written)]), {}, 192, 192)).toEqual(meant);
  });

  it("is read transposed", async () => {
    expect(await boxesOf(network([larger], [written]), {}, 192, 192)).toEqual(meant);
  });
});

describe("an RT-DETR or D-FINE head", () => {
  const size = { name: "orig_target_sizes", dims: [1, 2], type: onnxType.int64 };
  const deployed: readonly KnownOutput[] = [
    { name: "labels", dims: [1, 3], values: BigInt64Array.from([2n, 62n, 0n]) },
    rows("boxes", 3, 4, { 0: [16, 16, 80, 64], 1: [0, 0, 9, 9], 2: [100, 20, 140, 60] }),
    { name: "scores", dims: [1, 3], values: Float32Array.from([0.75, 0.9, 0.5]) },
  ];

  it("gives boxes in frame pixels and labels when it is told the frame's size", async () => {
    expect(await boxesOf(network([picture, size], deployed), {}, 128, 96)).toEqual([
      { class: "car", score: 0.75, box: [16, 16, 64, 48] },
      { class: "pedestrian", score: 0.5, box: [100, 20, 28, 40] },
    ]);
  });

  it("is told width before height", async () => {
    const echo = network([picture, size], deployed);
    const file = await folder.write("echo.onnx", echo);
    const detector = await openDetector({ model: modelSchema.parse({ file }), threads: 1, scoreThreshold: 0.3 });
    // 140 lies beyond a width of 120 and is cut there; a height of 120 would not cut it.
    const found = await detector.detect(new Uint8Array(120 * 200 * 3), 120, 200);
    expect(found.boxes[4 + 2]).toBe(20);
    await detector.close();
  });

  it("gives logits and shares of a stretched picture when exported plain", async () => {
    const quiet = Array.from({ length: 80 }, () => -9);
    const outputs = [
      rows("logits", 2, 80, { 0: quiet.with(CAR, Math.log(3)), 1: quiet.with(16, 5) }),
      rows("pred_boxes", 2, 4, { 0: [0.5, 0.25, 0.25, 0.5], 1: [0.5, 0.5, 1, 1] }),
    ];
    // The sigmoid of ln 3 is 3/4.
    expect(await boxesOf(network([picture], outputs), {}, 200, 100)).toEqual([
      { class: "car", score: 0.75, box: [75, 0, 50, 50] },
    ]);
  });
});

describe("a NanoDet head", () => {
  /** A distribution that is sure of one distance, in strides. */
  const sure = (bins: number, at: number): readonly number[] =>
    Array.from({ length: bins }, (_, i) => (i === at ? 60 : 0));
  const sides = (bins: number, ...distances: readonly number[]): readonly number[] =>
    distances.flatMap((distance) => sure(bins, distance));

  it("is read level by level, from the middles of its cells", async () => {
    const level = (stride: number, filled: Readonly<Record<number, readonly (readonly number[])[]>>) => {
      const cells = (64 / stride) ** 2;
      const part = (index: number) => Object.fromEntries(Object.entries(filled).map(([k, v]) => [k, v[index] ?? []]));
      return [rows(`cls_pred_${stride}`, cells, 80, part(0)), rows(`dis_pred_${stride}`, cells, 32, part(1))];
    };
    const levels = [level(8, {}), level(16, { 5: [scores(80, CAR, 0.8), sides(8, 1, 1, 2, 0)] }), level(32, {})];
    // The middle of column 1, row 1 at stride 16 is (24, 24).
    expect(await boxesOf(network([picture], levels.flat()), {}, 64, 64)).toEqual([
      { class: "car", score: 0.8, box: [8, 8, 48, 16] },
    ]);
  });

  it("is read as NanoDet-Plus, all levels in one output, from the corners of its cells", async () => {
    const output = rows("output", CELLS + 1, 112, { 69: [...scores(80, CAR, 0.8), ...sides(8, 1, 0, 2, 1)] });
    expect(await boxesOf(network([picture], [output]), {}, 64, 64)).toEqual([
      { class: "car", score: 0.8, box: [0, 16, 48, 16] },
    ]);
  });
});

describe("an SSD head", () => {
  const quiet = [-9, -9, -9];
  /** The logit of a probability. */
  const logit = (score: number): number => Math.log(score / (1 - score));
  /** Classes: background, car, motorcycle. */
  const outputs = [
    rows("logits", 3, 3, { 0: [9, logit(0.8), -9], 1: [9, -9, logit(0.6)], 2: quiet.with(1, logit(0.29)) }),
    // Half an anchor down, a quarter to the left; twice as high, as wide as it was.
    rows("offsets", 3, 4, { 0: [5, -2.5, 5 * Math.log(2), 0] }),
    // Top, left, bottom, right.
    rows("anchors", 3, 4, { 0: [0.25, 0.5, 0.5, 0.75], 1: [0, 0, 0.5, 0.25], 2: [0, 0, 1, 1] }),
  ];
  const model = { classes: { car: [1], motorcycle: [2] } };

  it("moves and scales its anchors over a stretched picture, whatever the background scores", async () => {
    // As shares: middle (0.625 - 0.0625, 0.375 + 0.125), size 0.25 x 0.5.
    expect(await boxesOf(network([picture], outputs), model, 400, 200)).toEqual([
      { class: "car", score: 0.8, box: [175, 50, 100, 100] },
      { class: "motorcycle", score: 0.6, box: [0, 0, 100, 100] },
    ]);
  });
});

describe("the shipped SSDLite", () => {
  it("takes pictures of one size, and says so", async () => {
    const model = modelSchema.parse({ use: "ssdlite-mobilenet-v2", input_px: 416 });
    await expect(openDetector({ model, threads: 1, scoreThreshold: 0.3 })).rejects.toMatchObject({
      problems: [{ code: "MODEL_INPUT_FIXED", words: { width: 300, height: 300, said: "416" } }],
    });
  });

  it.skipIf(missing("ffmpeg", "shared data"))("finds large cars of a real junction", async () => {
    const model = modelSchema.parse({ use: "ssdlite-mobilenet-v2" });
    const detector = await openDetector({ model, threads: 1, scoreThreshold: 0.3 });
    const { there, seen } = await sureCarsSeen(detector);
    await detector.close();
    expect(there).toBeGreaterThanOrEqual(20);
    expect(seen / there).toBeGreaterThanOrEqual(0.5);
  });
});

describe.skipIf(missing("ffmpeg", "shared data"))("a site's own YOLOX on a real junction", () => {
  const file = join(sharedFolder, "data/vision/models/yolox_nano.onnx");

  it("is recognised from the graph alone, and finds the cars that a stronger network found there", async () => {
    const detector = await openDetector({ model: modelSchema.parse({ file }), threads: 1, scoreThreshold: 0.3 });
    const { there, seen } = await sureCarsSeen(detector);
    await detector.close();
    expect(there).toBeGreaterThanOrEqual(20);
    expect(seen / there).toBeGreaterThanOrEqual(0.8);
  });
});
