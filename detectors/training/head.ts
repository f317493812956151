/** Trained weights put into the network's graph: the head for vehicles, and beside it the branch for people. */
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

/** Before the names of all that belongs to the branch for people, in graphs and in files of weights. */
export const peoplePrefix = "people/";

const isPeople = (name: string): boolean => name.startsWith(peoplePrefix);

/** The head's first convolution of each level. */
const headConvolutions: readonly number[] = [28, 30, 32];

/** All nodes behind the features that the head reads, in the order of the graph. */
function headNodes({ nodes }: OnnxGraph): OnnxNode[] {
  const made = new Set<string>();
  return nodes.filter((node) => {
    const begins = node.op === "Conv" && headConvolutions.includes(convolutionNumber(node));
    if (!begins && !node.inputs.some((name) => made.has(name))) return false;
    for (const name of node.outputs) made.add(name);
    return true;
  });
}

/** The widened graph with its head twice: the second, whose names begin with `peoplePrefix`, has outputs of its own. */
export function withSecondHead(graph: OnnxGraph): OnnxGraph {
  const nodes = headNodes(graph);
  const stored = new Set(graph.initializers.map(({ name }) => name));
  const made = new Set(nodes.flatMap(({ outputs }) => outputs));
  const own = new Set(nodes.flatMap(({ inputs }) => inputs).filter((name) => stored.has(name)));
  const renamed = (name: string): string => (made.has(name) || own.has(name) ? `${peoplePrefix}${name}` : name);
  const copies = nodes.map((node) => ({
    ...node,
    name: `${peoplePrefix}${node.name}`,
    inputs: node.inputs.map(renamed),
    outputs: node.outputs.map(renamed),
  }));
  const twice = <T extends { readonly name: string }>(list: readonly T[]): T[] => [
    ...list,
    ...list
      .filter(({ name }) => made.has(name) || own.has(name))
      .map((each) => ({ ...each, name: renamed(each.name) })),
  ];
  return {
    ...graph,
    nodes: [...graph.nodes, ...copies],
    initializers: twice(graph.initializers),
    outputs: twice(graph.outputs),
  };
}

/**
 * The widened graph with the convolutions of `head` (`28.weight`, `people/28.weight`, ...) in place of its own, and
 * another number of class scores a cell than `scoresBefore` in the head and in its second.
 */
export function withHead(
  graph: OnnxGraph,
  head: ReadonlyMap<string, FloatTensor>,
  scoresBefore: number,
  scores: { readonly vehicles: number; readonly people: number },
): OnnxGraph {
  const replaced = new Map<string, OnnxInitializer>();
  for (const node of graph.nodes.filter(({ op }) => op === "Conv")) {
    const number = `${isPeople(node.name) ? peoplePrefix : ""}${convolutionNumber(node)}`;
    for (const [index, part] of [
      [1, "weight"],
      [2, "bias"],
    ] as const) {
      const tensor = head.get(`${number}.${part}`);
      const name = node.inputs[index];
      if (tensor !== undefined && name !== undefined) replaced.set(name, floatInitializer(name, tensor));
    }
  }
  const scoresOf = (name: string): number => (isPeople(name) ? scores.people : scores.vehicles);
  const shapes = new Set(graph.nodes.filter(spellsScores).map(({ inputs }) => inputs[1]));
  const outputs = graph.outputs.map(({ name, dims }) => ({
    name,
    dims: dims.map((d) => (d === scoresBefore ? scoresOf(name) : d)),
  }));
  const initializers = graph.initializers.map((tensor) =>
    shapes.has(tensor.name)
      ? renumbered(tensor, scoresBefore, scoresOf(tensor.name))
      : (replaced.get(tensor.name) ?? tensor),
  );
  return { ...graph, initializers, outputs };
}

/** Rows of the original's last convolutions that the vehicles' classes and the bins come from: COCO's 1-3, 5, 7, and 44 bins. */
const keptRows = [1, 2, 3, 5, 7, ...Array.from({ length: 44 }, (_, bin) => 80 + bin)];

function cut({ dims, values }: FloatTensor, rows: number): Float32Array {
  if (dims[0] === rows) return values;
  const size = values.length / (dims[0] ?? 1);
  return Float32Array.from(keptRows.flatMap((row) => [...values.subarray(row * size, (row + 1) * size)]));
}

/**
 * The trained head moved back towards the original by a share of the way. What both know stays, and what training on
 * one city cost elsewhere comes back: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models". The branch for
 * people, which learned from the original alone, stays as it is.
 */
export function blended(
  trained: ReadonlyMap<string, FloatTensor>,
  original: ReadonlyMap<string, FloatTensor>,
  originalShare: number,
): Map<string, FloatTensor> {
  return new Map(
    [...trained].map(([name, { dims, values }]) => {
      if (isPeople(name)) return [name, { dims, values }];
      const source = original.get(name);
      if (source === undefined) throw new Error(`the original has no ${name}`);
      const before = cut(source, dims[0] ?? 0);
      const mixed = values.map((value, i) => (1 - originalShare) * value + originalShare * (before[i] ?? 0));
      return [name, { dims, values: mixed }];
    }),
  );
}
