/** Which values every tensor of a network takes on real pictures. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { encodeOnnx, type OnnxGraph } from "../models/convert/onnx-file.ts";

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** One input of the network: normalised planes (3 x height x width). */
export interface CalibrationInput {
  readonly planes: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** Operators whose output holds pictures of features (1, channels, height, width). */
const spatial = new Set(["Conv", "LeakyRelu", "MaxPool", "Concat", "Resize", "Add", "AveragePool"]);

const spatialTensors = (graph: OnnxGraph): readonly string[] =>
  graph.nodes.filter(({ op }) => spatial.has(op)).flatMap(({ outputs }) => outputs);

/** The graph with all its inner tensors as outputs. */
function laidOpen(graph: OnnxGraph): OnnxGraph {
  const dims = (name: string) => [1, `${name}:channels`, `${name}:height`, `${name}:width`];
  return { ...graph, outputs: spatialTensors(graph).map((name) => ({ name, dims: dims(name) })) };
}

function widen(range: Range | undefined, values: Float32Array): Range {
  let { min, max } = range ?? { min: 0, max: 0 };
  for (const value of values) {
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { min, max };
}

/** Smallest and largest value of each inner tensor over all inputs; zero is always inside. */
export async function measureRanges(
  graph: OnnxGraph,
  inputs: Iterable<CalibrationInput>,
  threads: number,
): Promise<Map<string, Range>> {
  const session = await InferenceSession.create(encodeOnnx(laidOpen(graph)), { intraOpNumThreads: threads });
  const ranges = new Map<string, Range>();
  const [inputName = ""] = session.inputNames;
  for (const { planes, height, width } of inputs) {
    const outputs = await session.run({ [inputName]: new Tensor("float32", planes, [1, 3, height, width]) });
    for (const [name, tensor] of Object.entries(outputs)) {
      ranges.set(name, widen(ranges.get(name), tensor.data as Float32Array));
    }
  }
  await session.release();
  return ranges;
}
