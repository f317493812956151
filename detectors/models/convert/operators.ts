/** TensorFlow operators as ONNX: exactly those of the NanoDet graph. Shapes are at the input size of the source. */
import { ProblemError, problem } from "../../../core/problems/problem.ts";
import { type Constant, type GraphNode, scalar, transposed } from "./graph-model.ts";
import type { OnnxBuilder } from "./onnx-builder.ts";
import type { OnnxAttribute } from "./onnx-file.ts";
import { channelLast, identityPerm, type Padding, padView, sameNumbers, transposeView, type View } from "./view.ts";

/** What an operator may ask about the graph around it. */
export interface Surroundings {
  readonly builder: OnnxBuilder;
  view(input: string): View;
  constant(input: string): Constant | undefined;
  /** How many nodes read this node's output. */
  readers(node: string): number;
}

export type Operator = (node: GraphNode, graph: Surroundings) => readonly View[];

/** Stops the conversion: this use of a known operator would come out wrong. */
function refuse(node: GraphNode, reason: string): never {
  throw new ProblemError([problem("MODEL_OPERATOR_FORM", { operator: node.op, node: node.name, reason })]);
}

const input = (node: GraphNode, index: number): string => node.input[index] ?? refuse(node, `input ${index} is absent`);

function integersOf(node: GraphNode, index: number, graph: Surroundings): readonly number[] {
  const constant = graph.constant(input(node, index));
  return constant?.kind === "integer" ? constant.values : refuse(node, `input ${index} is not an integer constant`);
}

function floatsOf(node: GraphNode, index: number, graph: Surroundings): Constant & { kind: "float" } {
  const constant = graph.constant(input(node, index));
  return constant?.kind === "float" ? constant : refuse(node, `input ${index} is not a float constant`);
}

const list = (node: GraphNode, name: string): number[] => (node.attr[name]?.list?.i ?? []).map(Number);
const text = (node: GraphNode, name: string): string => Buffer.from(node.attr[name]?.s ?? "", "base64").toString();

const transpose: Operator = (node, graph) => [transposeView(graph.view(input(node, 0)), integersOf(node, 1, graph))];

const pad: Operator = (node, graph) => {
  const source = graph.view(input(node, 0));
  const view = source.padding === undefined ? source : { ...unpadded(source), tensor: graph.builder.settle(source) };
  const widths = integersOf(node, 1, graph);
  const value = node.op === "PadV2" ? scalar(floatsOf(node, 2, graph)) : 0;
  const before = view.shape.map((_, axis) => widths[2 * axis] ?? 0);
  const after = view.shape.map((_, axis) => widths[2 * axis + 1] ?? 0);
  return [padView(view, { before, after, value })];
};

const unpadded = ({ tensor, shape, perm }: View): View => ({ tensor, shape, perm });

interface Window {
  readonly tensor: string;
  readonly attributes: Record<string, OnnxAttribute>;
  /** Output height and width. */
  readonly size: readonly [number, number];
}

/** Padding of height and width alone, with the value the ONNX operator pads with, goes into the operator. */
const absorbable = (padding: Padding, value: number): boolean =>
  padding.value === value && [0, 3].every((axis) => padding.before[axis] === 0 && padding.after[axis] === 0);

/** What `Conv` and `MaxPool` share: a window that slides over height and width of an NHWC view. */
function slide(node: GraphNode, graph: Surroundings, kernel: readonly number[], padValue: number): Window {
  const view = graph.view(input(node, 0));
  if (text(node, "padding") !== "VALID") refuse(node, "padding is not VALID");
  if (text(node, "data_format") !== "NHWC") refuse(node, "the data format is not NHWC");
  const [, strideY = 1, strideX = 1] = list(node, "strides");
  const [, height = 0, width = 0] = view.shape;
  const [kernelY = 1, kernelX = 1] = kernel;
  const taken = view.padding !== undefined && absorbable(view.padding, padValue) ? view.padding : undefined;
  const { before = [], after = [] } = taken ?? {};
  return {
    tensor: graph.builder.settle(taken === undefined ? view : unpadded(view), channelLast),
    attributes: {
      kernel_shape: { ints: [kernelY, kernelX] },
      strides: { ints: [strideY, strideX] },
      pads: { ints: [before[1] ?? 0, before[2] ?? 0, after[1] ?? 0, after[2] ?? 0] },
    },
    size: [Math.floor((height - kernelY) / strideY) + 1, Math.floor((width - kernelX) / strideX) + 1],
  };
}

const conv2d: Operator = (node, graph) => {
  const weights = floatsOf(node, 1, graph);
  const [kernelY = 0, kernelX = 0, , channels = 0] = weights.shape;
  if (list(node, "dilations").some((d) => d !== 1)) refuse(node, "it is dilated");
  const { tensor, attributes, size } = slide(node, graph, [kernelY, kernelX], 0);
  const kernel = graph.builder.floats(`${node.name}:weights`, transposed(weights, [3, 2, 0, 1]));
  const output = graph.builder.emit("Conv", node.name, [tensor, kernel], attributes);
  return [{ tensor: output, shape: [1, ...size, channels], perm: channelLast }];
};

const maxPool: Operator = (node, graph) => {
  const [, kernelY = 1, kernelX = 1] = list(node, "ksize");
  const channels = graph.view(input(node, 0)).shape[3] ?? 0;
  const { tensor, attributes, size } = slide(node, graph, [kernelY, kernelX], Number.NEGATIVE_INFINITY);
  const output = graph.builder.emit("MaxPool", node.name, [tensor], attributes);
  return [{ tensor: output, shape: [1, ...size, channels], perm: channelLast }];
};

/** A vector added to nothing but a fresh convolution is that convolution's bias. */
function addBias(
  node: GraphNode,
  view: View,
  bias: Constant & { kind: "float" },
  graph: Surroundings,
): View | undefined {
  const conv = graph.builder.maker(view.tensor);
  const isBias = bias.shape.length === 1 && bias.shape[0] === view.shape.at(-1) && sameNumbers(view.perm, channelLast);
  if (conv?.op !== "Conv" || conv.inputs.length !== 2 || !isBias || graph.readers(input(node, 0)) !== 1)
    return undefined;
  conv.inputs.push(graph.builder.floats(`${node.name}:bias`, bias));
  return view;
}

const add: Operator = (node, graph) => {
  const a = graph.view(input(node, 0));
  const constant = graph.constant(input(node, 1));
  if (constant?.kind === "float") {
    const biased = addBias(node, a, constant, graph);
    if (biased !== undefined) return [biased];
    const addend = graph.builder.floats(`${node.name}:addend`, constant);
    const sum = graph.builder.emit("Add", node.name, [graph.builder.settlePlain(a), addend]);
    return [{ tensor: sum, shape: a.shape, perm: identityPerm(a.shape.length) }];
  }
  const b = graph.view(input(node, 1));
  if (!sameNumbers(a.shape, b.shape)) refuse(node, "its terms differ in shape");
  const tensor = graph.builder.emit("Add", node.name, [graph.builder.settle(a), graph.builder.settle(b, a.perm)]);
  return [{ ...unpadded(a), tensor }];
};

const each =
  (op: string, attributes: (node: GraphNode) => Record<string, OnnxAttribute> = () => ({})): Operator =>
  (node, graph) => {
    const view = graph.view(input(node, 0));
    return [
      { ...unpadded(view), tensor: graph.builder.emit(op, node.name, [graph.builder.settle(view)], attributes(node)) },
    ];
  };

const positive = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

const concat: Operator = (node, graph) => {
  const views = node.input.slice(0, -1).map((name) => graph.view(name));
  const [first = refuse(node, "it joins nothing")] = views;
  const axis = positive(integersOf(node, node.input.length - 1, graph)[0] ?? 0, first.shape.length);
  const tensors = views.map((view) => graph.builder.settle(view, first.perm));
  const tensor = graph.builder.emit("Concat", node.name, tensors, { axis: { i: first.perm[axis] ?? axis } });
  const length = views.reduce((sum, view) => sum + (view.shape[axis] ?? 0), 0);
  return [{ tensor, shape: first.shape.with(axis, length), perm: first.perm }];
};

const split: Operator = (node, graph) => {
  const view = graph.view(input(node, 0));
  const sizes = integersOf(node, 1, graph);
  const axis = positive(integersOf(node, 2, graph)[0] ?? 0, view.shape.length);
  const { builder } = graph;
  const inputs = [builder.settle(view), builder.integers(`${node.name}:sizes`, sizes)];
  const names = sizes.map((_, part) => builder.reserve(`${node.name}:${part}`));
  const parts = builder.emitMany("Split", node.name, inputs, names, { axis: { i: view.perm[axis] ?? axis } });
  return parts.map((tensor, part) => ({ tensor, shape: view.shape.with(axis, sizes[part] ?? 0), perm: view.perm }));
};

const reshape: Operator = (node, graph) => {
  const view = graph.view(input(node, 0));
  const target = integersOf(node, 1, graph);
  const count = view.shape.reduce((n, d) => n * d, 1);
  const fixed = target.filter((d) => d !== -1).reduce((n, d) => n * d, 1);
  const inputs = [graph.builder.settlePlain(view), graph.builder.integers(`${node.name}:shape`, target)];
  const shape = target.map((d) => (d === -1 ? count / fixed : d));
  return [{ tensor: graph.builder.emit("Reshape", node.name, inputs), shape, perm: identityPerm(shape.length) }];
};

/** By scale, never by size, so that the network takes any input. Bilinear x0.5 at half-pixel centres is a 2x2 mean. */
const resizeBilinear: Operator = (node, graph) => {
  const view = graph.view(input(node, 0));
  const [, height = 0, width = 0, channels = 0] = view.shape;
  const [toHeight = 0, toWidth = 0] = integersOf(node, 1, graph);
  if (node.attr["half_pixel_centers"]?.b !== true) refuse(node, "its pixel centres are not half-way");
  const scale = toHeight / height;
  if (scale !== toWidth / width || (scale !== 2 && scale !== 0.5)) refuse(node, "its scale is neither 2 nor 0.5");
  const source = graph.builder.settle(view, channelLast);
  const tensor = scale === 2 ? doubled(node.name, source, graph.builder) : halved(node.name, source, graph.builder);
  return [{ tensor, shape: [1, toHeight, toWidth, channels], perm: channelLast }];
};

const halved = (name: string, source: string, builder: OnnxBuilder): string =>
  builder.emit("AveragePool", name, [source], { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } });

const doubled = (name: string, source: string, builder: OnnxBuilder): string =>
  builder.emit("Resize", name, [source, "", builder.numbers(`${name}:scales`, [1, 1, 2, 2])], {
    mode: { s: "linear" },
    coordinate_transformation_mode: { s: "half_pixel" },
  });

export const operators: Readonly<Record<string, Operator>> = {
  Add: add,
  AddV2: add,
  ConcatV2: concat,
  Conv2D: conv2d,
  Identity: (node, graph) => [graph.view(input(node, 0))],
  LeakyRelu: each("LeakyRelu", (node) => ({ alpha: { f: node.attr["alpha"]?.f ?? 0.2 } })),
  MaxPool: maxPool,
  Pad: pad,
  PadV2: pad,
  Reshape: reshape,
  ResizeBilinear: resizeBilinear,
  Sigmoid: each("Sigmoid"),
  SplitV: split,
  Transpose: transpose,
};
