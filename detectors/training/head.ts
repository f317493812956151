/** A trained head put into the network's graph. */
import { type OnnxGraph, type OnnxInitializer, type OnnxNode, onnxType } from "../models/convert/onnx-file.ts";
import { convolutionNumber, floatTensor } from "./network-weights.ts";
import type { FloatTensor } from "./tensors-file.ts";

const bytesOf = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength) as ArrayBuffer);

export const floatInitializer = (name: string, { dims, values }: FloatTensor): OnnxInitializer => ({
  name,
  type: onnxType.float,
  dims,
  bytes: bytesOf(values),
});

/** The graph with every weight in single precision and no casts: what calibration and quantisation start from. */
export function widened(graph: OnnxGraph): OnnxGraph {
  const stored = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  for (const { op, inputs, outputs } of graph.nodes) {
    const half = op === "Cast" ? stored.get(inputs[0] ?? "") : undefined;
    const name = outputs[0];
    if (half === undefined || name === undefined) continue;
    stored.delete(half.name);
    stored.set(name, floatInitializer(name, floatTensor(half)));
  }
  return { ...graph, nodes: graph.nodes.filter(({ op }) => op !== "Cast"), initializers: [...stored.values()] };
}

/** Every 64-bit integer of a shape or a list of sizes that says `from` says `to` instead. */
function renumbered(tensor: OnnxInitializer, from: number, to: number): OnnxInitializer {
  const values = new BigInt64Array(new Uint8Array(tensor.bytes).buffer);
  return { ...tensor, bytes: bytesOf(values.map((value) => (value === BigInt(from) ? BigInt(to) : value))) };
}

/** Nodes between a head's last convolution and the outputs that spell out how many scores a cell has. */
const spellsScores = ({ op }: OnnxNode): boolean => op === "Split" || op === "Reshape";

/**
 * The widened graph with the convolutions of `head` (`28.weight`, `28.bias`, ...) in place of its own, and `scores`
 * class scores a cell instead of `scoresBefore`.
 */
export function withHead(
  graph: OnnxGraph,
  head: ReadonlyMap<string, FloatTensor>,
  scoresBefore: number,
  scores: number,
): OnnxGraph {
  const replaced = new Map<string, OnnxInitializer>();
  for (const node of graph.nodes.filter(({ op }) => op === "Conv")) {
    for (const [index, part] of [
      [1, "weight"],
      [2, "bias"],
    ] as const) {
      const tensor = head.get(`${convolutionNumber(node)}.${part}`);
      const name = node.inputs[index];
      if (tensor !== undefined && name !== undefined) replaced.set(name, floatInitializer(name, tensor));
    }
  }
  const shapes = new Set(graph.nodes.filter(spellsScores).map(({ inputs }) => inputs[1]));
  const outputs = graph.outputs.map(({ name, dims }) => ({
    name,
    dims: dims.map((d) => (d === scoresBefore ? scores : d)),
  }));
  const initializers = graph.initializers.map((tensor) =>
    shapes.has(tensor.name) ? renumbered(tensor, scoresBefore, scores) : (replaced.get(tensor.name) ?? tensor),
  );
  return { ...graph, initializers, outputs };
}
