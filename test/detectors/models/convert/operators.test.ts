import { describe, expect, it } from "vitest";
import { decodeOnnx } from "../../../../detectors/models/convert/onnx-file.ts";
import {
  bothWays,
  convertSmall,
  float,
  floats,
  int,
  ints,
  lists,
  type SmallConstant,
  type SmallGraph,
  type SmallNode,
  texts,
  wavy,
} from "./small-graph.ts";

const toLast = ints(0, 2, 3, 1);
const toFirst = ints(0, 3, 1, 2);
const around = (...widths: number[]): SmallConstant => ({ ...ints(...widths), shape: [widths.length / 2, 2] });
const frame = around(0, 0, 0, 0, 1, 1, 1, 1);

const window = (stride: number) => ({
  padding: texts("VALID"),
  data_format: texts("NHWC"),
  strides: lists(1, stride, stride, 1),
});

const conv = (name: string, input: readonly string[], stride = 1): SmallNode => ({
  name,
  op: "Conv2D",
  input,
  attr: { ...window(stride), dilations: lists(1, 1, 1, 1) },
});

/** The same with the padding that TensorFlow chooses. */
const sameConv = (name: string, op: string, input: readonly string[], stride = 1): SmallNode => ({
  ...conv(name, input, stride),
  op,
  attr: { ...conv(name, input, stride).attr, padding: texts("SAME") },
});

const pool = (name: string, input: readonly string[]): SmallNode => ({
  name,
  op: "MaxPool",
  input,
  attr: { ...window(2), ksize: lists(1, 3, 3, 1) },
});

const resize: SmallNode["attr"] = { half_pixel_centers: { b: true }, align_corners: { b: false } };

/** A graph whose last node is its output, of rank 4. */
function graph(shape: readonly number[], constants: Record<string, SmallConstant>, ...nodes: SmallNode[]): SmallGraph {
  return { shape, constants, nodes, outputs: [{ node: nodes.at(-1)?.name ?? "", rank: 4 }] };
}

const node = (name: string, op: string, ...input: string[]): SmallNode => ({ name, op, input });

const graphs: Readonly<Record<string, SmallGraph>> = {
  "a padded, strided convolution with bias and leaky activation": graph(
    [1, 3, 9, 8],
    { frame, toLast, toFirst, kernel: wavy(3, 3, 3, 4), bias: wavy(4) },
    node("pad", "Pad", "x", "frame"),
    node("last", "Transpose", "pad", "toLast"),
    conv("conv", ["last", "kernel"], 2),
    node("sum", "Add", "conv", "bias"),
    node("first", "Transpose", "sum", "toFirst"),
    { ...node("leaky", "LeakyRelu", "first"), attr: { alpha: { f: 0.1 } } },
  ),
  "a padding that a convolution cannot take in": graph(
    [1, 3, 6, 6],
    { widths: around(0, 0, 0, 1, 1, 2, 0, 1), toLast, kernel: wavy(1, 1, 4, 2) },
    node("pad", "Pad", "x", "widths"),
    node("last", "Transpose", "pad", "toLast"),
    conv("conv", ["last", "kernel"]),
  ),
  "a padding with a value other than zero before a convolution": graph(
    [1, 3, 6, 6],
    { frame, value: float(-1.5), toLast, kernel: wavy(3, 3, 3, 2) },
    node("pad", "PadV2", "x", "frame", "value"),
    node("last", "Transpose", "pad", "toLast"),
    conv("conv", ["last", "kernel"]),
  ),
  "two paddings after each other": graph(
    [1, 2, 3, 3],
    { frame, value: float(2) },
    node("inner", "PadV2", "x", "frame", "value"),
    node("outer", "Pad", "inner", "frame"),
  ),
  "a strided convolution padded by TensorFlow, whose even input has more behind than before": graph(
    [1, 8, 7, 3],
    { kernel: wavy(3, 3, 3, 4), bias: wavy(4) },
    sameConv("conv", "Conv2D", ["x", "kernel"], 2),
    node("sum", "BiasAdd", "conv", "bias"),
    node("limited", "Relu6", "sum"),
  ),
  "a depthwise convolution with two kernels a channel, scaled and moved per channel": graph(
    [1, 6, 5, 3],
    { kernel: wavy(3, 3, 3, 2), factors: wavy(6), addends: wavy(6) },
    sameConv("conv", "DepthwiseConv2dNative", ["x", "kernel"]),
    node("scaled", "Mul", "conv", "factors"),
    node("moved", "Add", "scaled", "addends"),
  ),
  "a batch norm behind a strided depthwise convolution": graph(
    [1, 9, 8, 4],
    { kernel: wavy(3, 3, 4, 1), gamma: wavy(4), beta: wavy(4), mean: wavy(4), variance: floats(0.5, 2, 1.5, 7) },
    sameConv("conv", "DepthwiseConv2dNative", ["x", "kernel"], 2),
    {
      ...node("normal", "FusedBatchNorm", "conv", "gamma", "beta", "mean", "variance"),
      attr: { epsilon: { f: 0.001 }, is_training: { b: false }, data_format: texts("NHWC") },
    },
  ),
  "a constant before the sum of a convolution and its own input": graph(
    [1, 4, 4, 3],
    { kernel: wavy(1, 1, 3, 3), bias: wavy(3) },
    conv("conv", ["x", "kernel"]),
    node("sum", "AddN", "conv", "x"),
    node("biased", "Add", "bias", "sum"),
  ),
  "a sum of a convolution that something else reads too": graph(
    [1, 4, 4, 3],
    { kernel: wavy(1, 1, 3, 3), bias: wavy(3) },
    conv("conv", ["x", "kernel"]),
    node("sum", "AddN", "conv", "x"),
    node("biased", "Add", "bias", "sum"),
    node("both", "AddN", "biased", "conv"),
  ),
  "a bias on a convolution that is an output itself": {
    ...graph(
      [1, 4, 4, 3],
      { kernel: wavy(1, 1, 3, 3), bias: wavy(3) },
      conv("conv", ["x", "kernel"]),
      node("biased", "BiasAdd", "conv", "bias"),
    ),
    outputs: [
      { node: "biased", rank: 4 },
      { node: "conv", rank: 4 },
    ],
  },
  "a bias before a padding, and one after it": graph(
    [1, 3, 4, 4],
    { frame: around(0, 0, 1, 1, 1, 1, 0, 0), toLast, kernel: wavy(1, 1, 3, 3), bias: wavy(3) },
    node("last", "Transpose", "x", "toLast"),
    conv("conv", ["last", "kernel"]),
    node("padded", "Pad", "conv", "frame"),
    node("biased", "Add", "padded", "bias"),
  ),
  "boxes in rows, by a shape that the graph computes": {
    ...graph(
      [1, 4, 6, 3],
      {
        kernel: wavy(1, 1, 3, 8),
        zero: ints(0),
        one: ints(1),
        unknown: int(-1),
        single: int(1),
        four: int(4),
        axis: int(1),
      },
      conv("conv", ["x", "kernel"]),
      node("size", "Shape", "conv"),
      { ...node("batch", "StridedSlice", "size", "zero", "one", "one"), attr: { shrink_axis_mask: { i: "1" } } },
      { ...node("target", "Pack", "batch", "unknown", "single", "four"), attr: { axis: { i: "0" } } },
      node("boxes", "Reshape", "conv", "target"),
      node("joined", "ConcatV2", "boxes", "boxes", "axis"),
      { ...node("rows", "Squeeze", "joined"), attr: { squeeze_dims: lists(2) } },
    ),
    outputs: [{ node: "rows", rank: 3 }],
  },
  "a max pooling padded with minus infinity": graph(
    [1, 2, 8, 6],
    { frame, value: float(Number.NEGATIVE_INFINITY), toLast, toFirst },
    node("pad", "PadV2", "x", "frame", "value"),
    node("last", "Transpose", "pad", "toLast"),
    pool("pool", ["last"]),
    node("first", "Transpose", "pool", "toFirst"),
  ),
  "a max pooling padded with zeros, which may win": graph(
    [1, 2, 8, 6],
    { frame, toLast },
    node("pad", "Pad", "x", "frame"),
    node("last", "Transpose", "pad", "toLast"),
    pool("pool", ["last"]),
  ),
  "a sum of two layouts of one tensor": graph(
    [1, 4, 4, 4],
    { toLast },
    node("last", "Transpose", "x", "toLast"),
    node("again", "Transpose", "last", "toLast"),
    node("sum", "AddV2", "last", "again"),
  ),
  "a constant added along the last axis of a turned tensor": graph(
    [1, 3, 4, 5],
    { toLast, addend: wavy(3) },
    node("last", "Transpose", "x", "toLast"),
    node("sum", "Add", "last", "addend"),
  ),
  "a bias on a convolution that something else reads too": graph(
    [1, 3, 4, 4],
    { toLast, kernel: wavy(1, 1, 3, 3), bias: wavy(3) },
    node("last", "Transpose", "x", "toLast"),
    conv("conv", ["last", "kernel"]),
    node("biased", "Add", "conv", "bias"),
    node("sum", "Add", "conv", "biased"),
  ),
  "a concatenation of two layouts, counted from the last axis": graph(
    [1, 3, 3, 3],
    { toLast, axis: int(-1) },
    node("last", "Transpose", "x", "toLast"),
    node("joined", "ConcatV2", "x", "last", "axis"),
  ),
  "a split, a sigmoid and a reshape by folded integers": {
    ...graph(
      [1, 5, 3, 4],
      {
        sizes: ints(2, 3),
        axis: int(1),
        none: { shape: [0, 1], values: [], dtype: "int32" },
        length: ints(3),
        nothing: { shape: [0], values: [], dtype: "int32" },
        zero: int(0),
        shape: ints(1, 3, -1),
        turn: ints(0, 2, 1),
      },
      { ...node("parts", "SplitV", "x", "sizes", "axis"), attr: { num_split: { i: "2" } } },
      node("dense", "SparseToDense", "none", "length", "nothing", "zero"),
      node("target", "AddV2", "shape", "dense"),
      node("flat", "Reshape", "parts:1", "target"),
      node("turned", "Transpose", "flat", "turn"),
      node("score", "Sigmoid", "parts"),
      node("same", "Identity", "score"),
    ),
    outputs: [
      { node: "turned", rank: 3 },
      { node: "same", rank: 4 },
    ],
  },
  "a bilinear enlargement by two": graph(
    [1, 3, 5, 4],
    { toLast, size: ints(10, 8) },
    node("last", "Transpose", "x", "toLast"),
    { ...node("resized", "ResizeBilinear", "last", "size"), attr: resize },
  ),
  "a bilinear reduction by two": graph(
    [1, 3, 6, 8],
    { toLast, size: ints(3, 4) },
    node("last", "Transpose", "x", "toLast"),
    { ...node("resized", "ResizeBilinear", "last", "size"), attr: resize },
  ),
};

const refused: Readonly<Record<string, SmallGraph>> = {
  "a resize by three": graph(
    [1, 4, 4, 3],
    { size: ints(12, 12) },
    { ...node("resized", "ResizeBilinear", "x", "size"), attr: resize },
  ),
  "a resize whose pixel centres are at the corners": graph(
    [1, 4, 4, 3],
    { size: ints(8, 8) },
    node("resized", "ResizeBilinear", "x", "size"),
  ),
  "factors on something else than a convolution": graph(
    [1, 4, 4, 3],
    { factors: wavy(3) },
    node("m", "Mul", "x", "factors"),
  ),
  "a batch norm that learns": graph(
    [1, 4, 4, 2],
    { kernel: wavy(1, 1, 2, 2), one: wavy(2) },
    conv("conv", ["x", "kernel"]),
    {
      ...node("normal", "FusedBatchNorm", "conv", "one", "one", "one", "one"),
      attr: { epsilon: { f: 0.001 }, is_training: { b: true } },
    },
  ),
  "a dilated convolution": graph(
    [1, 8, 8, 3],
    { kernel: wavy(3, 3, 3, 2) },
    { ...conv("conv", ["x", "kernel"]), attr: { ...window(1), dilations: lists(1, 2, 2, 1) } },
  ),
};

describe("the model converter", () => {
  it.each(Object.entries(graphs))("keeps the values of %s", async (_, small) => {
    const { largestDifference, compared } = await bothWays(small);
    expect(compared).toBeGreaterThan(0);
    expect(largestDifference).toBeLessThan(1e-5);
  });

  it.each(Object.entries(refused))("refuses %s and says where", (_, small) => {
    const result = convertSmall(small);
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: "MODEL_OPERATOR_FORM", words: { node: small.outputs[0]?.node } }],
    });
  });

  it("takes factors, addends and sums into convolutions, so that no node is left of them", () => {
    const ops = (name: string): readonly string[] => {
      const converted = convertSmall(graphs[name] as SmallGraph);
      return converted.ok ? decodeOnnx(converted.value).nodes.map(({ op }) => op) : [];
    };
    const [scaled, summed, padded] = ["two kernels a channel", "its own input", "more behind than before"].map((part) =>
      ops(Object.keys(graphs).find((name) => name.includes(part)) ?? ""),
    );
    const turned = ["Transpose", "Conv", "Transpose", "Identity"];
    expect(scaled).toEqual(turned);
    expect(summed).toEqual(["Transpose", "Conv", "Transpose", "Add", "Transpose", "Identity"]);
    expect(padded).toEqual(["Transpose", "Conv", "Clip", "Transpose", "Identity"]);
  });

  it("refuses a padding that depends on an input size which is free", () => {
    const { [Object.keys(graphs).find((name) => name.includes("more behind")) ?? ""]: small } = graphs;
    expect(convertSmall(small as SmallGraph, [1, "height", "width", 3])).toMatchObject({
      ok: false,
      problems: [{ code: "MODEL_OPERATOR_FORM", words: { node: "conv" } }],
    });
  });

  it("begins where it is told, and asks nothing of what lies before", () => {
    const small = graph(
      [1, 4, 4, 3],
      { kernel: wavy(1, 1, 3, 2) },
      node("before", "Tan", "x"),
      conv("conv", ["before", "kernel"]),
    );
    const converted = convertSmall(small, [1, 3, 4, 4], { source: "before", channelsLast: true });
    if (!converted.ok) throw new Error(JSON.stringify(converted.problems));
    const { nodes, inputs } = decodeOnnx(converted.value);
    // Channels first from end to end: only the output is turned.
    expect(nodes.map(({ op }) => op)).toEqual(["Conv", "Transpose", "Identity"]);
    expect(inputs).toEqual([{ name: "in", dims: [1, 3, 4, 4] }]);
  });

  it("names every operator it does not know", () => {
    const result = convertSmall(
      graph([1, 4], {}, node("a", "Tan", "x"), node("b", "Erf", "a"), node("c", "Tan", "b"), node("d", "Sigmoid", "c")),
    );
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { code: "MODEL_OPERATOR_UNKNOWN", words: { operator: "Tan", node: "a" } },
        { code: "MODEL_OPERATOR_UNKNOWN", words: { operator: "Erf", node: "b" } },
      ],
    });
  });
});
