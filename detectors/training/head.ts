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

/** Rows of the original's last convolutions that the six classes and the bins come from: COCO's 0-3, 5, 7, and 44 bins. */
const keptRows = [0, 1, 2, 3, 5, 7, ...Array.from({ length: 44 }, (_, bin) => 80 + bin)];

function cut({ dims, values }: FloatTensor, rows: number): Float32Array {
  if (dims[0] === rows) return values;
  const size = values.length / (dims[0] ?? 1);
  return Float32Array.from(keptRows.flatMap((row) => [...values.subarray(row * size, (row + 1) * size)]));
}

/**
 * The trained head moved back towards the original by a share of the way. What both know stays, and what training on
 * one city cost elsewhere comes back: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models".
 */
export function blended(
  trained: ReadonlyMap<string, FloatTensor>,
  original: ReadonlyMap<string, FloatTensor>,
  originalShare: number,
): Map<string, FloatTensor> {
  return new Map(
    [...trained].map(([name, { dims, values }]) => {
      const source = original.get(name);
      if (source === undefined) throw new Error(`the original has no ${name}`);
      const before = cut(source, dims[0] ?? 0);
      const mixed = values.map((value, i) => (1 - originalShare) * value + originalShare * (before[i] ?? 0));
      return [name, { dims, values: mixed }];
    }),
  );
}
