import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { stretchOver } from "../../../detectors/inference/letterbox.ts";
import { createPreprocessor } from "../../../detectors/inference/preprocess.ts";
import { convertSource } from "../../../detectors/models/convert/convert-model.ts";
import type { SourceModel } from "../../../detectors/models/convert/source-package.ts";
import { readModel, type SsdManifest } from "../../../detectors/models/manifest.ts";
import { shippedModelFile } from "../../../detectors/models/shipped.ts";
import { frameOfVideo } from "../../support/frame-of-video.ts";
import { missing, sharedFolder } from "../../support/peers.ts";
import { byTensorflow, fetchTimeout_ms, largestDifference, sourceModel } from "../../support/source-model.ts";

const side = 300;

function converted(manifest: SsdManifest, source: SourceModel): Uint8Array {
  const result = convertSource(manifest, source);
  if (!result.ok) throw new Error(result.problems.map((p) => sentence(p)).join("\n"));
  return result.value;
}

/** [3 x 300 x 300], a street stretched over them. */
function planesOf({ input }: SsdManifest): Float32Array {
  const preprocessor = createPreprocessor(stretchOver(640, 360, side, side), input);
  preprocessor.fill(frameOfVideo(join(sharedFolder, "data/vision/videos/junction-a.mp4"), 120, [640, 360]));
  return preprocessor.planes;
}

async function byOnnxRuntime(bytes: Uint8Array, planes: Float32Array): Promise<readonly Float32Array[]> {
  const session = await InferenceSession.create(bytes);
  const outputs = await session.run({ picture: new Tensor("float32", planes, [1, 3, side, side]) });
  await session.release();
  return ["logits", "offsets", "anchors"].map((name) => outputs[name]?.data as Float32Array);
}

const probabilities = (logits: Float32Array): Float32Array => logits.map((logit) => 1 / (1 + Math.exp(-logit)));

describe("the committed SSDLite model", () => {
  let manifest: SsdManifest;
  let committed: Uint8Array;
  let sourceOr: Awaited<ReturnType<typeof sourceModel>>;

  beforeAll(async () => {
    const model = await readModel(shippedModelFile("ssdlite-mobilenet-v2"));
    if (!model.ok || model.value.manifest.head !== "ssd") throw new Error("the committed model is not an SSD");
    ({ manifest, bytes: committed } = model.value as { manifest: SsdManifest; bytes: Uint8Array });
    sourceOr = await sourceModel(manifest.source);
  }, fetchTimeout_ms);

  it("is what the converter makes of the npm package, byte for byte", ({ skip }) => {
    expect(Buffer.from(converted(manifest, sourceOr(skip))).equals(committed)).toBe(true);
  });

  it.skipIf(missing("ffmpeg", "shared data"))("answers as TensorFlow.js does on a real picture", async ({ skip }) => {
    const source = sourceOr(skip);
    const planes = planesOf(manifest);
    const turned = tf.tensor4d(planes, [1, 3, side, side]).transpose([0, 2, 3, 1]);
    const nodes = ["logits", "offsets", "anchors"].map((name) => manifest.outputs[name as "logits"].source);
    const [logits, offsets, anchors] = await byTensorflow(source, manifest.input.source, turned, nodes);
    const { weights: _, ...inFull } = manifest;
    const exact = await byOnnxRuntime(converted(inFull, source), planes);
    const differences = [logits, offsets, anchors].map((want, i) =>
      largestDifference(want ?? [], exact[i] as Float32Array),
    );
    process.stdout.write(
      `logits, offsets, anchors: maximum difference ${differences.map((d) => d.toExponential(2))}\n`,
    );
    expect(Math.max(...differences)).toBeLessThan(1e-3);
    expect(differences[2]).toBe(0);

    // Weights in half precision move no score by half a hundredth, and there is something to see.
    const scores = probabilities(Float32Array.from(logits ?? []));
    const [stored] = await byOnnxRuntime(committed, planes);
    expect(largestDifference(scores, probabilities(stored as Float32Array))).toBeLessThan(0.005);
    const cars = scores.filter((score, i) => i % manifest.scores === 3 && score > 0.5);
    expect(cars.length).toBeGreaterThan(0);
  });
});
