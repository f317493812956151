/** Operators whose window slides over height and width: convolutions and the maximum. */
import { type GraphNode, transposed } from "./graph-model.ts";
import type { OnnxAttribute, OnnxNode } from "./onnx-file.ts";
import { floatsOf, input, list, type Operator, refuse, type Surroundings, text } from "./operator.ts";
import { channelLast, type Padding, unpadded, type View } from "./view.ts";

/** Height and width. */
type Sides = readonly [number, number];

interface Window {
  readonly tensor: string;
  readonly attributes: Record<string, OnnxAttribute>;
  /** Of the output. */
  readonly size: Sides;
}

/** What lies around the view's height and width. */
interface Borders {
  readonly view: View;
  readonly before: Sides;
  readonly after: Sides;
  /** What the view's shape does not count yet. */
  readonly more: Sides;
}

/** Padding of height and width alone, with the value the ONNX operator pads with, goes into the operator. */
const absorbable = (padding: Padding, value: number): boolean =>
  padding.value === value && [0, 3].every((axis) => padding.before[axis] === 0 && padding.after[axis] === 0);

function validBorders(view: View, padValue: number): Borders {
  const taken = view.padding !== undefined && absorbable(view.padding, padValue) ? view.padding : undefined;
  const { before = [], after = [] } = taken ?? {};
  return {
    view: taken === undefined ? view : unpadded(view),
    before: [before[1] ?? 0, before[2] ?? 0],
    after: [after[1] ?? 0, after[2] ?? 0],
    more: [0, 0],
  };
}

/**
 * As many outputs as strides fit into the input, begun ones included; of an odd border the larger half comes after
 * (TensorFlow, "A Note on Padding" in the guide of `tf.nn`). So with strides it depends on the input's size.
 */
function sameBorders(node: GraphNode, view: View, kernel: Sides, strides: Sides, anySize: boolean): Borders {
  const [, height = 0, width = 0] = view.shape;
  const around = (size: number, axis: 0 | 1): number =>
    Math.max(0, (Math.ceil(size / strides[axis]) - 1) * strides[axis] + kernel[axis] - size);
  const total: Sides = [around(height, 0), around(width, 1)];
  if (anySize && strides.some((stride) => stride !== 1)) refuse(node, "its padding depends on the input's size");
  const before: Sides = [Math.floor(total[0] / 2), Math.floor(total[1] / 2)];
  return { view, before, after: [total[0] - before[0], total[1] - before[1]], more: total };
}

/** What all of them share: a window that slides over height and width of an NHWC view. */
function slide(node: GraphNode, graph: Surroundings, kernel: Sides, padValue: number): Window {
  const source = graph.view(input(node, 0));
  const padding = text(node, "padding");
  if (padding !== "VALID" && padding !== "SAME") refuse(node, "padding is neither VALID nor SAME");
  if (text(node, "data_format") !== "NHWC") refuse(node, "the data format is not NHWC");
  const [, strideY = 1, strideX = 1] = list(node, "strides");
  const strides: Sides = [strideY, strideX];
  const { view, before, after, more } =
    padding === "VALID" ? validBorders(source, padValue) : sameBorders(node, source, kernel, strides, graph.anySize);
  const [, height = 0, width = 0] = view.shape;
  const steps = (size: number, axis: 0 | 1): number =>
    Math.floor((size + more[axis] - kernel[axis]) / strides[axis]) + 1;
  return {
    tensor: graph.builder.settle(view, channelLast),
    attributes: {
      kernel_shape: { ints: [...kernel] },
      strides: { ints: [...strides] },
      pads: { ints: [...before, ...after] },
    },
    size: [steps(height, 0), steps(width, 1)],
  };
}

function convolved(tensor: string, size: Sides, channels: number, conv: OnnxNode): readonly View[] {
  return [{ tensor, shape: [1, ...size, channels], perm: channelLast, made: { conv, alone: true } }];
}

export const conv2d: Operator = (node, graph) => {
  const weights = floatsOf(node, 1, graph);
  const [kernelY = 0, kernelX = 0, , channels = 0] = weights.shape;
  if (list(node, "dilations").some((d) => d !== 1)) refuse(node, "it is dilated");
  const { tensor, attributes, size } = slide(node, graph, [kernelY, kernelX], 0);
  const kernel = graph.builder.floats(`${node.name}:weights`, transposed(weights, [3, 2, 0, 1]));
  const conv = graph.builder.emitNode("Conv", node.name, [tensor, kernel], attributes);
  return convolved(conv.outputs[0] ?? "", size, channels, conv);
};

/** Each channel has its own kernels; output channel `c * multiplier + m` is kernel `m` of channel `c`. */
export const depthwise: Operator = (node, graph) => {
  const weights = floatsOf(node, 1, graph);
  const [kernelY = 0, kernelX = 0, groups = 0, multiplier = 1] = weights.shape;
  if (list(node, "dilations").some((d) => d !== 1)) refuse(node, "it is dilated");
  const { tensor, attributes, size } = slide(node, graph, [kernelY, kernelX], 0);
  const channels = groups * multiplier;
  const grouped = { ...transposed(weights, [2, 3, 0, 1]), shape: [channels, 1, kernelY, kernelX] };
  const kernel = graph.builder.floats(`${node.name}:weights`, grouped);
  const conv = graph.builder.emitNode("Conv", node.name, [tensor, kernel], { ...attributes, group: { i: groups } });
  return convolved(conv.outputs[0] ?? "", size, channels, conv);
};

export const maxPool: Operator = (node, graph) => {
  const [, kernelY = 1, kernelX = 1] = list(node, "ksize");
  const channels = graph.view(input(node, 0)).shape[3] ?? 0;
  const { tensor, attributes, size } = slide(node, graph, [kernelY, kernelX], Number.NEGATIVE_INFINITY);
  const output = graph.builder.emit("MaxPool", node.name, [tensor], attributes);
  return [{ tensor: output, shape: [1, ...size, channels], perm: channelLast }];
};
