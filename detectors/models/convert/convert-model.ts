/** A model's manifest and its source files to ONNX; run by `node scripts/convert-model.js`. */
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import type { ModelManifest, NanodetManifest, SsdManifest } from "../manifest.ts";
import { convertGraph, type GraphPorts } from "./convert-graph.ts";
import { graphModelSchema } from "./graph-model.ts";
import type { SourceModel } from "./source-package.ts";

/** The four sides of a box. */
const sides = 4;

function nanodetPorts({ name, input, levels, scores, bins }: NanodetManifest): GraphPorts {
  return {
    name,
    input: { source: input.source, name: input.name, dims: [1, 3, "height", "width"] },
    outputs: levels.flatMap((level) => [
      { ...level.scores, dims: [1, `cells_${level.stride_px}`, scores] },
      { ...level.bins, dims: [1, `cells_${level.stride_px}`, sides * bins] },
    ]),
  };
}

function ssdPorts({ name, input, outputs, anchors, scores, weights }: SsdManifest): GraphPorts {
  const { side_px } = input;
  return {
    name,
    input: { source: input.source, name: input.name, dims: [1, 3, side_px, side_px], channelsLast: true },
    halfWeights: weights === "half",
    outputs: [
      { ...outputs.logits, dims: [1, anchors, scores] },
      { ...outputs.offsets, dims: [1, anchors, sides] },
      { ...outputs.anchors, dims: [1, anchors, sides] },
    ],
  };
}

/** The same source always gives the same bytes. */
export function convertSource(manifest: ModelManifest, source: SourceModel): Result<Uint8Array> {
  const model = graphModelSchema.safeParse(JSON.parse(source.graph));
  if (!model.success) {
    const reason = model.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    return failed(problem("MODEL_MANIFEST_BAD", { file: manifest.source.graph, reason }));
  }
  const bytes = convertGraph(
    model.data,
    source.weights,
    manifest.head === "ssd" ? ssdPorts(manifest) : nanodetPorts(manifest),
  );
  return bytes.ok ? ok(bytes.value) : bytes;
}
