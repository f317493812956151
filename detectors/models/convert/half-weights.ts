/** Weights stored in half precision, which halves the file; the runtime widens them once, when it loads. */
import { type OnnxGraph, type OnnxInitializer, type OnnxNode, onnxType } from "./onnx-file.ts";

/** Smaller tensors stay as they are: numbers and boxes, where a rounding would show and nothing is saved. */
const smallest_bytes = 64 * 1024;

const toHalf = ({ type, bytes }: OnnxInitializer): boolean => type === onnxType.float && bytes.length >= smallest_bytes;

export function withHalfWeights(graph: OnnxGraph): OnnxGraph {
  const read = new Set(graph.outputs.map(({ name }) => name));
  const halved = graph.initializers.filter((tensor) => toHalf(tensor) && !read.has(tensor.name));
  const casts = halved.map(
    ({ name }): OnnxNode => ({
      name: `${name}:Cast`,
      op: "Cast",
      inputs: [`${name}:half`],
      outputs: [name],
      attributes: { to: { i: onnxType.float } },
    }),
  );
  const initializers = graph.initializers.map((tensor) => (halved.includes(tensor) ? half(tensor) : tensor));
  return { ...graph, nodes: [...casts, ...graph.nodes], initializers };
}

function half({ name, dims, bytes }: OnnxInitializer): OnnxInitializer {
  const values = new Float32Array(Uint8Array.from(bytes).buffer);
  const halves = Uint16Array.from(values, binary16);
  return { name: `${name}:half`, type: onnxType.float16, dims, bytes: new Uint8Array(halves.buffer) };
}

/** IEEE 754 binary16 of a number: 1 sign, 5 exponent and 10 fraction bits, to the nearest, ties to even. */
export function binary16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  // What lies half a step above the largest number, 65,504, rounds to infinity.
  if (size >= 65_520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const step = 2 ** (exponent - 10);
  const steps = toEven(size / step);
  // A fraction that is rounded up to the next power of two carries into the exponent by itself.
  return sign | (size < 2 ** -14 ? steps : ((exponent + 14) << 10) + steps);
}

function toEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
