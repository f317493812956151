import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { fitLetterbox } from "../../../detectors/inference/letterbox.ts";
import { createPreprocessor } from "../../../detectors/inference/preprocess.ts";
import { convertSource } from "../../../detectors/models/convert/convert-model.ts";
import { type NanodetManifest, originalModelFile, readNanodet } from "../../../detectors/models/manifest.ts";
import { frameOfVideo } from "../../support/frame-of-video.ts";
import { missing, sharedFolder } from "../../support/peers.ts";
import { byTensorflow, fetchTimeout_ms, largestDifference, sourceModel } from "../../support/source-model.ts";

/** The source graph has this input size built in. */
const side = 416;

interface Committed {
  readonly manifest: NanodetManifest;
  readonly bytes: Uint8Array;
}

async function committedModel(): Promise<Committed> {
  const model = await readNanodet(originalModelFile());
  if (!model.ok) throw new Error(model.problems.map((p) => sentence(p)).join("\n"));
  return model.value;
}

/** The frame in the top left corner of the 416x416 input, grey below. */
function squarePlanes(manifest: NanodetManifest): Float32Array {
  const [width, height] = [640, 360];
  const box = { ...fitLetterbox(width, height, side, manifest.input.multiple_px), height: side };
  const preprocessor = createPreprocessor(box, manifest.input);
  preprocessor.fill(frameOfVideo(join(sharedFolder, "data/vision/videos/junction-a.mp4"), 120, [width, height]));
  return preprocessor.planes;
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
  let sourceOr: Awaited<ReturnType<typeof sourceModel>>;

  beforeAll(async () => {
    committed = await committedModel();
    sourceOr = await sourceModel(committed.manifest.source);
  }, fetchTimeout_ms);

  it("is what the converter makes of the npm package, byte for byte", ({ skip }) => {
    const converted = convertSource(committed.manifest, sourceOr(skip));
    if (!converted.ok) throw new Error(converted.problems.map((p) => sentence(p)).join("\n"));
    expect(Buffer.from(converted.value).equals(committed.bytes)).toBe(true);
  });

  it.skipIf(missing("ffmpeg", "shared data"))("answers as TensorFlow.js does on a real picture", async ({ skip }) => {
    const planes = squarePlanes(committed.manifest);
    const nodes = committed.manifest.levels.flatMap(({ scores, bins }) => [scores.source, bins.source]);
    const tensor = tf.tensor4d(planes, [1, 3, side, side]);
    const expected = await byTensorflow(sourceOr(skip), committed.manifest.input.source, tensor, nodes);
    const answers = await byOnnxRuntime(committed, planes);
    expect(answers).toHaveLength(6);
    answers.forEach(({ name, data }, i) => {
      const want = expected[i] ?? new Float32Array();
      const difference = largestDifference(data, want);
      process.stdout.write(
        `${name}: ${data.length} values up to ${largest(want).toFixed(3)}, maximum difference ${difference.toExponential(2)}\n`,
      );
      expect(difference).toBeLessThan(1e-3);
    });
    expect(largest(answers[0]?.data ?? [])).toBeGreaterThan(0.3);
  });
});
