import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Problem, ProblemError, sentence } from "../../../../core/problems/problem.ts";
import type { Match } from "../../../../detectors/inference/heads/head.ts";
import type { Port } from "../../../../detectors/inference/heads/ports.ts";
import { recognise } from "../../../../detectors/inference/heads/recognise.ts";
import { openDetector } from "../../../../detectors/inference/open-detector.ts";
import { namedModel } from "../../../../detectors/models/named-model.ts";
import { modelSchema } from "../../../../detectors/schema.ts";
import { modelFolder, network, picture, rows } from "./small-network.ts";

const float = (name: string, ...dims: readonly (number | null)[]): Port => ({ name, type: "float32", dims });
const whole = (name: string, ...dims: readonly (number | null)[]): Port => ({ name, type: "int64", dims });
const square = float("images", 1, 3, 640, 640);

function seen(inputs: readonly Port[], outputs: readonly Port[], more: Partial<Parameters<typeof recognise>[0]> = {}) {
  return recognise({ file: "own.onnx", ports: { inputs, outputs }, head: "auto", classes: null, ...more });
}

const headOf = (result: ReturnType<typeof seen>): Match["head"] | string =>
  result.ok ? result.value.head : (result.problems[0]?.code ?? "");

describe("recognising a head", () => {
  it("knows each kind by its published form", () => {
    expect(headOf(seen([square], [float("output", 1, 8400, 85)]))).toBe("yolox");
    expect(headOf(seen([square], [float("output0", 1, 84, 8400)]))).toBe("yolov8");
    expect(headOf(seen([square], [float("output", 1, 8400, 84)]))).toBe("yolov8");
    expect(headOf(seen([square], [float("output", 1, 8500, 112)]))).toBe("nanodet");
    const size = whole("orig_target_sizes", null, 2);
    const deployed = [whole("labels", null, 300), float("boxes", null, 300, 4), float("scores", null, 300)];
    expect(headOf(seen([float("images", null, 3, 640, 640), size], deployed))).toBe("detr");
    expect(headOf(seen([square], [float("logits", 1, 300, 80), float("pred_boxes", 1, 300, 4)]))).toBe("detr");
    const anchored = [float("logits", 1, 1917, 80), float("offsets", 1, 1917, 4), float("anchors", 1, 1917, 4)];
    expect(headOf(seen([square], anchored))).toBe("ssd");
  });

  it("knows it with free sizes too", () => {
    const free = float("images", null, 3, null, null);
    expect(headOf(seen([free], [float("output", null, null, 85)]))).toBe("yolox");
    expect(headOf(seen([free], [float("output0", null, 84, null)]))).toBe("yolov8");
  });

  it("wants red, green and blue for YOLOv8 and the reverse, unscaled, for YOLOX", () => {
    const yolov8 = seen([square], [float("output0", 1, 84, 8400)]);
    const yolox = seen([square], [float("output", 1, 8400, 85)]);
    expect(yolov8.ok && yolov8.value.normalisation).toMatchObject({ channels: "RGB", std: [255, 255, 255] });
    expect(yolox.ok && yolox.value.normalisation).toMatchObject({ channels: "BGR", std: [1, 1, 1], padding: 114 });
  });

  it("takes no other YOLO for one of its own: three boxes a cell are YOLOv5's", () => {
    expect(headOf(seen([square], [float("output0", 1, 25200, 85)]))).toBe("MODEL_HEAD_UNKNOWN");
  });

  it("refuses boxes that the graph has already sorted out, and pictures with colours last", () => {
    expect(headOf(seen([square], [float("output0", 1, 300, 6)]))).toBe("MODEL_HEAD_UNKNOWN");
    expect(headOf(seen([float("images", 1, 640, 640, 3)], [float("output", 1, 8400, 85)]))).toBe("MODEL_HEAD_UNKNOWN");
  });

  it("asks where a site's own classes make two heads possible, and believes the answer", () => {
    const classes = { motorcycle: [0], car: [1] };
    const outputs = [float("output", 1, 8400, 8)];
    expect(headOf(seen([square], outputs, { classes }))).toBe("MODEL_HEAD_UNCLEAR");
    expect(headOf(seen([square], outputs, { classes, head: "yolox" }))).toBe("yolox");
    expect(headOf(seen([square], outputs, { classes, head: "yolov8" }))).toBe("yolov8");
    expect(headOf(seen([square], outputs, { classes, head: "detr" }))).toBe("MODEL_HEAD_UNFIT");
  });

  it("asks for the classes of a network that does not score COCO's, and for numbers that it has", () => {
    const outputs = [float("output0", 1, 7, 8400)];
    expect(headOf(seen([square], outputs))).toBe("MODEL_CLASSES_UNSAID");
    expect(headOf(seen([square], outputs, { classes: { car: [2] } }))).toBe("yolov8");
    expect(headOf(seen([square], outputs, { classes: { car: [3] } }))).toBe("MODEL_CLASSES_UNFIT");
  });

  it("says what was found, what is known and what to write", () => {
    const result = seen([square], [float("weird", 1, 10)]);
    const [only] = result.ok ? [] : result.problems;
    const text = only === undefined ? "" : sentence(only);
    for (const words of ["own.onnx", "images float32 1x3x640x640", "weird float32 1x10", "yolox", "yolov8", "detr"]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/\{\w+\}/);
  });
});

describe("opening a model file", () => {
  let folder: Awaited<ReturnType<typeof modelFolder>>;
  beforeAll(async () => {
    folder = await modelFolder();
  });
  afterAll(() => folder.clear());

  async function refusals(model: object): Promise<readonly Problem[]> {
    try {
      const opened = await openDetector({ model: modelSchema.parse(model), threads: 1, scoreThreshold: 0.3 });
      await opened.close();
      return [];
    } catch (error) {
      if (error instanceof ProblemError) return error.problems;
      throw error;
    }
  }
  const codesOf = async (model: object) => (await refusals(model)).map(({ code }) => code);
  const yolox = network([picture], [rows("output", 84, 85, {})]);

  it("says that the file is not there, or no network", async () => {
    expect(await codesOf({ file: "/nowhere/own.onnx" })).toEqual(["MODEL_FILE_MISSING"]);
    expect(await codesOf(namedModel(""))).toEqual(["MODEL_FILE_MISSING"]);
    expect(await codesOf({ file: tmpdir() })).toEqual(["MODEL_FILE_UNLOADABLE"]);
    const file = await folder.write("text.onnx", new TextEncoder().encode("not a network"));
    expect(await codesOf({ file })).toEqual(["MODEL_FILE_UNLOADABLE"]);
  });

  it("holds a fixed input to its size", async () => {
    const file = await folder.write("fixed.onnx", yolox);
    expect(await codesOf({ file })).toEqual([]);
    expect(await codesOf({ file, input_px: 640 })).toEqual(["MODEL_INPUT_FIXED"]);
  });

  it("refuses a picture that would take the memory of the machine", async () => {
    const outputs = [rows("logits", 2, 80, {}), rows("pred_boxes", 2, 4, {})];
    const huge = network([{ name: "images", dims: [1, 3, 96_000, 96_000] }], outputs);
    const file = await folder.write("huge.onnx", huge);
    expect(await codesOf({ file })).toEqual(["MODEL_INPUT_LARGE"]);
  });

  it("refuses an input with one free side", async () => {
    const half = network([{ name: "images", dims: [1, 3, 64, "width"] }], [rows("output", 84, 85, {})]);
    const file = await folder.write("half.onnx", half);
    expect(await codesOf({ file, head: "yolox" })).toEqual(["MODEL_INPUT_HALF_FIXED"]);
  });

  it("runs a network once, so that outputs of another size than its input's are found before the street is", async () => {
    const free = network([{ name: "images", dims: [1, 3, "height", "width"] }], [rows("output", 85, 85, {})]);
    const file = await folder.write("free.onnx", free);
    const [refusal, ...more] = await refusals({ file, head: "yolox" });
    expect([refusal?.code, more.length]).toEqual(["MODEL_OUTPUT_UNFIT", 0]);
    // 640 x 384 pixels for a camera's picture.
    expect(refusal?.words["reason"]).toBe(`output is float32 1x85x85, not float32 1x${80 * 48 + 40 * 24 + 20 * 12}x85`);
  });
});

describe("the model section of the site file", () => {
  const codes = (section: object) =>
    modelSchema.safeParse(section).error?.issues.map(({ message, path }) => [message, path.join(".")]) ?? [];

  it("names a shipped model or a file, not both, and describes only a file", () => {
    expect(codes({})).toEqual([]);
    expect(codes({ use: "nanodet-g", score: 0.2, input_px: 640 })).toEqual([]);
    expect(codes({ use: "nanodet-g", file: "own.onnx" })).toEqual([["MODEL_TWICE", "file"]]);
    expect(codes({ head: "yolox" })).toEqual([["MODEL_NEEDS_FILE", "head"]]);
    expect(codes({ classes: { car: [2] } })).toEqual([["MODEL_NEEDS_FILE", "classes"]]);
    expect(codes({ file: "own.onnx", classes: {} })).toEqual([["MODEL_WITHOUT_CLASSES", "classes"]]);
  });
});
