import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkModels } from "../../api/site/check-models.ts";
import { type LoadedSite, loadSite } from "../../api/site/load.ts";
import { positioned, type Result } from "../../core/problems/problem.ts";
import { type OnnxValue, onnxType } from "../../detectors/models/convert/onnx-file.ts";
import { examineChoice } from "../../detectors/models/examine-choice.ts";
import { modelSchema } from "../../detectors/schema.ts";
import { network, picture, rows, transposed } from "../detectors/inference/heads/small-network.ts";
import { missing, sharedFolder } from "../support/peers.ts";

const sample = readFileSync(fileURLToPath(new URL("../../docs/sample-site.yaml", import.meta.url)), "utf8");
const shippedLine = "model: { use: nanodet-g-motorcycles }";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-models-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, bytes);
  return file;
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems.map((p) => positioned(p)).join("\n"));
  return result.value;
}

/** The sample site with this instead of its model. */
async function siteWith(model: string): Promise<LoadedSite> {
  const file = join(folder, "site.yaml");
  await writeFile(file, sample.replace(shippedLine, model));
  return given(await loadSite(file));
}

/** Each problem as `line:key code`. */
async function mistakes(model: string): Promise<readonly string[]> {
  const problems = await checkModels(await siteWith(model));
  return problems.map(({ code, at }) => `${at?.line}:${at?.key} ${code}`);
}

describe("greenwave check and the model files of a site", () => {
  const line = sample.split("\n").indexOf(shippedLine) + 1;

  it("opens a file that fits and has nothing to say", async () => {
    const file = await written("fits.onnx", network([picture], [rows("output", 84, 85, {})]));
    expect(await mistakes(`model: { file: ${file} }`)).toEqual([]);
  });

  it("says where the mistake is: the path, the head, the classes or the size of the input", async () => {
    expect(line).toBeGreaterThan(1);
    const text = await written("text.onnx", new TextEncoder().encode("no network"));
    const own = await written("own.onnx", network([picture], [rows("output", 84, 8, {})]));
    expect(await mistakes("model: { file: nowhere.onnx }")).toEqual([`${line}:file MODEL_FILE_MISSING`]);
    expect(await mistakes(`model: { file: ${text} }`)).toEqual([`${line}:file MODEL_FILE_UNLOADABLE`]);
    expect(await mistakes(`model: { file: ${own}, head: detr }`)).toEqual([`${line}:head MODEL_HEAD_UNFIT`]);
    expect(await mistakes(`model: { file: ${own} }`)).toEqual([`${line}:file MODEL_HEAD_UNCLEAR`]);
    const classes = "classes: { car: [2], bus: [3] }";
    expect(await mistakes(`model: { file: ${own}, head: yolox, ${classes} }`)).toEqual([
      `${line}:classes MODEL_CLASSES_UNFIT`,
    ]);
    const sized = `model: { file: ${own}, head: yolox, classes: { car: [2] }, input_px: 640 }`;
    expect(await mistakes(sized)).toEqual([`${line}:input_px MODEL_INPUT_FIXED`]);
  });

  it("opens a network of each kind, recognised from its graph", async () => {
    const size: OnnxValue = { name: "orig_target_sizes", dims: [1, 2], type: onnxType.int64 };
    const queries = { name: "labels", dims: [1, 3], values: BigInt64Array.from([2n, 62n, 0n]) };
    const kinds = {
      yolov8: network([{ ...picture, dims: [1, 3, 96, 96] }], [transposed(rows("output0", 189, 84, {}))]),
      detr: network([picture, size], [queries, rows("boxes", 3, 4, {}), { ...rows("scores", 1, 3, {}), dims: [1, 3] }]),
      plain: network([picture], [rows("logits", 3, 80, {}), rows("pred_boxes", 3, 4, {})]),
      plus: network([picture], [rows("output", 85, 112, {})]),
      ssd: network([picture], [rows("logits", 3, 80, {}), rows("offsets", 3, 4, {}), rows("anchors", 3, 4, {})]),
    };
    for (const [name, bytes] of Object.entries(kinds)) {
      expect(await mistakes(`model: { file: ${await written(`${name}.onnx`, bytes)} }`), name).toEqual([]);
    }
  });

  it.skipIf(missing("shared data"))("opens a site's own YOLOX, recognised from its graph", async () => {
    const file = join(sharedFolder, "data/vision/models/yolox_nano.onnx");
    expect(await mistakes(`model: { file: ${file} }`)).toEqual([]);
    expect(await mistakes(`model: { file: ${file}, head: detr }`)).toEqual([`${line}:head MODEL_HEAD_UNFIT`]);
  });
});

describe("a damaged network file", () => {
  const whole = network([picture], [rows("output", 84, 85, {})]);
  /** Park-Miller: the same damage at every run. */
  function* chance(seed: number): Generator<number> {
    for (let state = seed; ; ) {
      state = (state * 48_271) % 2_147_483_647;
      yield state / 2_147_483_647;
    }
  }

  /** Cut short, or with bits flipped where names, shapes and operators stand: at the end, behind the weights. */
  function damaged(trial: number, draw: () => number): Uint8Array {
    if (trial % 2 === 0) return whole.slice(0, Math.floor(draw() * whole.length));
    const bytes = Uint8Array.from(whole);
    for (let flip = 0; flip < 6; flip++) {
      const at = bytes.length - 1 - Math.floor(draw() * 200);
      bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(draw() * 8));
    }
    return bytes;
  }

  it("costs a child process at most: whatever is cut or flipped, there is an answer in words", async () => {
    const chances = chance(20_261_122);
    const draw = (): number => chances.next().value as number;
    const said: string[] = [];
    for (let trial = 0; trial < 16; trial++) {
      const file = await written("damaged.onnx", damaged(trial, draw));
      said.push(...(await examineChoice(modelSchema.parse({ file }))).map((p) => positioned(p)));
    }
    expect(said.length).toBeGreaterThanOrEqual(8);
    for (const sentence of said) expect(sentence).not.toMatch(/\{\w+\}|\bat \S+:\d+/);
  });
});
