import { describe, expect, it } from "vitest";
import {
  bothWays,
  convertSmall,
  float,
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
  "a convolution that pads by itself": graph(
    [1, 4, 4, 3],
    { kernel: wavy(3, 3, 3, 2) },
    { ...conv("conv", ["x", "kernel"]), attr: { ...window(1), padding: texts("SAME") } },
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
