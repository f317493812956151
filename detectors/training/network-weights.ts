/** The weights of a NanoDet graph by convolution number, whatever precision the file stores them in. */
import { type OnnxGraph, type OnnxInitializer, type OnnxNode, onnxType } from "../models/convert/onnx-file.ts";
import type { FloatTensor } from "./tensors-file.ts";

/** The source names its convolutions `convolution`, `convolution_1`, ... in the order of the network. */
export function convolutionNumber(node: OnnxNode): number {
  const match = /convolution(?:_(\d+))?(?::Conv)?$/.exec(node.name);
  if (match === null) throw new Error(`${node.name} is not a numbered convolution`);
  return Number(match[1] ?? 0);
}

/** The stored tensor behind an input of a convolution, through the cast that widens half precision. */
function storedTensor(graph: OnnxGraph, name: string): OnnxInitializer {
  const cast = graph.nodes.find((node) => node.op === "Cast" && node.outputs[0] === name);
  const stored = graph.initializers.find((tensor) => tensor.name === (cast?.inputs[0] ?? name));
  if (stored === undefined) throw new Error(`${name} is not a stored tensor`);
  return stored;
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function float16(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

export function floatTensor({ name, type, dims, bytes }: OnnxInitializer): FloatTensor {
  const copy = new Uint8Array(bytes);
  if (type === onnxType.float) return { dims, values: new Float32Array(copy.buffer) };
  if (type === onnxType.float16) return { dims, values: Float32Array.from(new Uint16Array(copy.buffer), float16) };
  throw new Error(`${name} holds no floats`);
}

/** Weights (output, input, height, width) and biases of every convolution: `0.weight`, `0.bias`, `1.weight`, ... */
export function networkWeights(graph: OnnxGraph): Map<string, FloatTensor> {
  const tensors = new Map<string, FloatTensor>();
  const convolutions = graph.nodes.filter(({ op }) => op === "Conv");
  for (const node of convolutions.sort((a, b) => convolutionNumber(a) - convolutionNumber(b))) {
    const number = convolutionNumber(node);
    tensors.set(`${number}.weight`, floatTensor(storedTensor(graph, node.inputs[1] ?? "")));
    tensors.set(`${number}.bias`, floatTensor(storedTensor(graph, node.inputs[2] ?? "")));
  }
  return tensors;
}
