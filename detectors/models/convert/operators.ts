/** TensorFlow operators as ONNX: exactly those of our graphs. Shapes are at the input size of the source. */
import { add, batchNorm, multiply } from "./affine.ts";
import { type GraphNode, scalar } from "./graph-model.ts";
import type { OnnxBuilder } from "./onnx-builder.ts";
import type { OnnxAttribute } from "./onnx-file.ts";
import { floatsOf, input, integersOf, list, type Operator, refuse, type Surroundings } from "./operator.ts";
import { channelLast, identityPerm, padView, transposeView, unpadded, type View } from "./view.ts";
import { conv2d, depthwise, maxPool } from "./windows.ts";

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

const each =
  (op: string, attributes: (node: GraphNode) => Record<string, OnnxAttribute> = () => ({})): Operator =>
  (node, graph) => {
    const view = graph.view(input(node, 0));
    return [
      { ...unpadded(view), tensor: graph.builder.emit(op, node.name, [graph.builder.settle(view)], attributes(node)) },
    ];
  };

const identity: Operator = (node, graph) => {
  const view = graph.view(input(node, 0));
  // What several nodes read must stay as it is.
  return [graph.readers(input(node, 0)) === 1 || view.padding !== undefined ? view : unpadded(view)];
};

const relu6: Operator = (node, graph) => {
  const view = graph.view(input(node, 0));
  const limits = [graph.builder.number(0), graph.builder.number(6)];
  return [
    { ...unpadded(view), tensor: graph.builder.emit("Clip", node.name, [graph.builder.settle(view), ...limits]) },
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

const reshape: Operator = (node, graph) => [reshaped(node, graph, integersOf(node, 1, graph))];

const squeeze: Operator = (node, graph) => {
  const { shape } = graph.view(input(node, 0));
  const axes = list(node, "squeeze_dims").map((axis) => positive(axis, shape.length));
  if (axes.length === 0) refuse(node, "it does not say which axes it drops");
  return [
    reshaped(
      node,
      graph,
      shape.filter((_, axis) => !axes.includes(axis)),
    ),
  ];
};

function reshaped(node: GraphNode, graph: Surroundings, target: readonly number[]): View {
  const view = graph.view(input(node, 0));
  const count = view.shape.reduce((n, d) => n * d, 1);
  const fixed = target.filter((d) => d !== -1).reduce((n, d) => n * d, 1);
  const inputs = [graph.builder.settlePlain(view), graph.builder.integers(`${node.name}:shape`, target)];
  const shape = target.map((d) => (d === -1 ? count / fixed : d));
  return { tensor: graph.builder.emit("Reshape", node.name, inputs), shape, perm: identityPerm(shape.length) };
}

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
  AddN: add,
  AddV2: add,
  BiasAdd: add,
  ConcatV2: concat,
  Conv2D: conv2d,
  DepthwiseConv2dNative: depthwise,
  FusedBatchNorm: batchNorm,
  Identity: identity,
  LeakyRelu: each("LeakyRelu", (node) => ({ alpha: { f: node.attr["alpha"]?.f ?? 0.2 } })),
  MaxPool: maxPool,
  Mul: multiply,
  Pad: pad,
  PadV2: pad,
  Relu6: relu6,
  Reshape: reshape,
  ResizeBilinear: resizeBilinear,
  Sigmoid: each("Sigmoid"),
  SplitV: split,
  Squeeze: squeeze,
  Transpose: transpose,
};
