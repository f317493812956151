/** Small graph models made by hand, run by TensorFlow.js and, converted, by ONNX Runtime. */
import * as tf from "@tensorflow/tfjs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Result } from "../../../../core/problems/problem.ts";
import { convertGraph } from "../../../../detectors/models/convert/convert-graph.ts";
import { graphModelSchema } from "../../../../detectors/models/convert/graph-model.ts";

export interface SmallNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr?: Record<string, object>;
}

export interface SmallConstant {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype: "float32" | "int32";
}

export interface SmallGraph {
  /** Shape of the placeholder `x`. */
  readonly shape: readonly number[];
  readonly nodes: readonly SmallNode[];
  readonly constants: Readonly<Record<string, SmallConstant>>;
  readonly outputs: readonly { readonly node: string; readonly rank: number }[];
}

export const ints = (...values: number[]): SmallConstant => ({ shape: [values.length], values, dtype: "int32" });
export const int = (value: number): SmallConstant => ({ shape: [], values: [value], dtype: "int32" });
export const float = (value: number): SmallConstant => ({ shape: [], values: [value], dtype: "float32" });

export const floats = (...values: number[]): SmallConstant => ({ shape: [values.length], values, dtype: "float32" });

/** Floats that differ from each other and have no order, without chance. */
export function wavy(...shape: number[]): SmallConstant {
  const count = shape.reduce((n, d) => n * d, 1);
  return { shape, values: Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898 + 1) * 2), dtype: "float32" };
}

export const texts = (value: string): object => ({ s: Buffer.from(value).toString("base64") });
export const lists = (...values: number[]): object => ({ list: { i: values.map(String) } });

function document(graph: SmallGraph): object {
  const placeholder = {
    name: "x",
    op: "Placeholder",
    attr: {
      dtype: { type: "DT_FLOAT" },
      shape: { shape: { dim: graph.shape.map((size) => ({ size: String(size) })) } },
    },
  };
  const constants = Object.entries(graph.constants).map(([name, { dtype }]) => ({
    name,
    op: "Const",
    attr: { dtype: { type: dtype === "int32" ? "DT_INT32" : "DT_FLOAT" } },
  }));
  const weights = Object.entries(graph.constants).map(([name, { shape, dtype }]) => ({ name, shape, dtype }));
  return {
    modelTopology: { node: [placeholder, ...constants, ...graph.nodes], versions: {} },
    weightsManifest: [{ paths: ["weights.bin"], weights }],
  };
}

const binaryOf = (graph: SmallGraph): Uint8Array =>
  Buffer.concat(
    Object.values(graph.constants).map(({ values, dtype }) =>
      Buffer.from((dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values)).buffer),
    ),
  );

export function convertSmall(
  graph: SmallGraph,
  dims: readonly (number | string)[] = graph.shape,
  from: { readonly source: string; readonly channelsLast?: boolean } = { source: "x" },
): Result<Uint8Array> {
  return convertGraph(graphModelSchema.parse(document(graph)), binaryOf(graph), {
    name: "small",
    input: { ...from, name: "in", dims },
    outputs: graph.outputs.map(({ node, rank }, i) => ({
      source: node,
      name: `out${i}`,
      dims: Array.from({ length: rank }, (_, axis) => `out${i}_${axis}`),
    })),
  });
}

async function byTensorflow(graph: SmallGraph, x: SmallConstant): Promise<readonly Float32Array[]> {
  const { modelTopology, weightsManifest } = document(graph) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const weightData = Uint8Array.from(binaryOf(graph)).buffer;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const model = await tf.loadGraphModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  const outputs = model.execute(
    { x: tf.tensor([...x.values], [...x.shape]) },
    graph.outputs.map(({ node }) => node),
  );
  return [outputs].flat().map((output) => Float32Array.from(output.dataSync()));
}

async function byOnnxRuntime(bytes: Uint8Array, x: SmallConstant): Promise<readonly Float32Array[]> {
  const session = await InferenceSession.create(bytes);
  const outputs = await session.run({ in: new Tensor("float32", Float32Array.from(x.values), [...x.shape]) });
  await session.release();
  return session.outputNames.map((name) => outputs[name]?.data as Float32Array);
}

interface Comparison {
  readonly largestDifference: number;
  /** How many values were compared. */
  readonly compared: number;
}

function differenceOf(a: readonly Float32Array[], b: readonly Float32Array[]): Comparison {
  let largestDifference = 0;
  let compared = 0;
  a.forEach((output, o) => {
    const other = b[o];
    if (other?.length !== output.length)
      throw new Error(`output ${o}: ${output.length} against ${other?.length} values`);
    output.forEach((value, i) => {
      const difference = Math.abs(value - (other[i] ?? Number.NaN));
      if (!(difference <= largestDifference)) largestDifference = difference;
    });
    compared += output.length;
  });
  return { largestDifference, compared };
}

/** Runs the graph both ways on the same input. */
export async function bothWays(graph: SmallGraph): Promise<Comparison> {
  const converted = convertSmall(graph);
  if (!converted.ok) throw new Error(JSON.stringify(converted.problems));
  const x = wavy(...graph.shape);
  return differenceOf(await byTensorflow(graph, x), await byOnnxRuntime(converted.value, x));
}
