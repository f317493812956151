/** A rewriting that changes no value and keeps the runtime's slow integer maximum out of a quantised network. */
import type { OnnxGraph, OnnxNode } from "../models/convert/onnx-file.ts";

/**
 * LeakyReLU only ever rises, so the largest of its values is its value of the largest: the maximum moves before it.
 * There it works on floats, and the runtime cannot pull the quantisation through it. The integer maximum would take as
 * long as all integer convolutions together.
 */
export function maximumFirst(graph: OnnxGraph): OnnxGraph {
  const maker = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const moved = new Map<OnnxNode, OnnxNode>();
  for (const maximum of graph.nodes.filter(({ op }) => op === "MaxPool")) {
    const [read = ""] = maximum.inputs;
    const activation = maker.get(read);
    const readers = graph.nodes.filter(({ inputs }) => inputs.includes(read));
    if (activation?.op !== "LeakyRelu" || readers.length !== 1) continue;
    const between = `${read}:maximum`;
    moved.set(activation, { ...maximum, inputs: [...activation.inputs], outputs: [between] });
    moved.set(maximum, { ...activation, inputs: [between], outputs: maximum.outputs });
  }
  return { ...graph, nodes: graph.nodes.map((node) => moved.get(node) ?? node) };
}
