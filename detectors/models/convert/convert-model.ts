/** A model's manifest and its source files to ONNX; run by `node scripts/convert-model.js`. */
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import type { ModelManifest } from "../manifest.ts";
import { convertGraph, type GraphPorts } from "./convert-graph.ts";
import { graphModelSchema } from "./graph-model.ts";
import type { SourceModel } from "./source-package.ts";

/** The four sides of a box. */
const sides = 4;

function portsOf(manifest: ModelManifest): GraphPorts {
  return {
    name: manifest.name,
    input: { source: manifest.input.source, name: manifest.input.name, dims: [1, 3, "height", "width"] },
    outputs: manifest.levels.flatMap(({ stride_px, scores, bins }) => [
      { ...scores, dims: [1, `cells_${stride_px}`, manifest.scores] },
      { ...bins, dims: [1, `cells_${stride_px}`, sides * manifest.bins] },
    ]),
  };
}

/** The same source always gives the same bytes. */
export function convertSource(manifest: ModelManifest, source: SourceModel): Result<Uint8Array> {
  const model = graphModelSchema.safeParse(JSON.parse(source.graph));
  if (!model.success) {
    const reason = model.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
    return failed(problem("MODEL_MANIFEST_BAD", { file: manifest.source.graph, reason }));
  }
  const bytes = convertGraph(model.data, source.weights, portsOf(manifest));
  return bytes.ok ? ok(bytes.value) : bytes;
}
