/**
 * The shipped network in floating point: the same layers with the same weights, for whoever cannot read 8-bit integers. OpenCV
 * 4.6 reads neither integers with a scale for each channel nor half precision, nor splits tensors into unequal parts.
 */
import {
  decodeOnnx,
  encodeOnnx,
  type OnnxGraph,
  type OnnxInitializer,
  type OnnxNode,
  onnxType,
} from "../../detectors/models/convert/onnx-file.ts";

type Stored = Map<string, OnnxInitializer>;

const aligned = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
const floatsOf = ({ bytes }: OnnxInitializer): Float32Array => new Float32Array(aligned(bytes));
const int64Of = ({ bytes }: OnnxInitializer): number[] => [...new BigInt64Array(aligned(bytes))].map(Number);

function integersOf({ type, bytes }: OnnxInitializer): Int8Array | Int32Array {
  return type === onnxType.int8 ? new Int8Array(aligned(bytes)) : new Int32Array(aligned(bytes));
}

function stored(tensors: Stored, name: string): OnnxInitializer {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`${name} is not stored in the model`);
  return tensor;
}

/** Stored integers times their scales. */
function widen({ inputs, outputs }: OnnxNode, tensors: Stored): void {
  const [integers, scale] = [stored(tensors, inputs[0] ?? ""), floatsOf(stored(tensors, inputs[1] ?? ""))];
  const values = integersOf(integers);
  const run = values.length / scale.length;
  const floats = Float32Array.from(values, (value, i) => value * (scale[Math.floor(i / run)] ?? 1));
  const name = outputs[0] ?? "";
  tensors.set(name, { name, type: onnxType.float, dims: integers.dims, bytes: new Uint8Array(floats.buffer) });
}

/** Unequal parts as slices. */
function slices(split: OnnxNode, input: string, tensors: Stored): OnnxNode[] {
  let start = 0;
  return int64Of(stored(tensors, split.inputs[1] ?? "")).map((size, part) => {
    const output = split.outputs[part] ?? "";
    const numbers = { starts: start, ends: start + size, axes: 1 };
    start += size;
    const names = Object.entries(numbers).map(([kind, value]) => {
      const name = `${output}:${kind}`;
      const bytes = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
      tensors.set(name, { name, type: onnxType.int64, dims: [1], bytes });
      return name;
    });
    return { name: `${output}:Slice`, op: "Slice", inputs: [input, ...names], outputs: [output], attributes: {} };
  });
}

function inFloat(graph: OnnxGraph): OnnxGraph {
  const tensors: Stored = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const sameAs = new Map<string, string>();
  const nodes: OnnxNode[] = [];
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => sameAs.get(name) ?? name);
    const [first = ""] = inputs;
    if (node.op === "DequantizeLinear" && tensors.has(first)) widen(node, tensors);
    else if (node.op === "QuantizeLinear" || node.op === "DequantizeLinear") sameAs.set(node.outputs[0] ?? "", first);
    else if (node.op === "Split") nodes.push(...slices(node, first, tensors));
    else nodes.push({ ...node, inputs });
  }
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return { ...graph, nodes, initializers: [...tensors.values()].filter(({ name }) => used.has(name)) };
}

/** `model` with an input of exactly this size. */
export function floatModel(model: Uint8Array, width: number, height: number): Uint8Array {
  const graph = inFloat(decodeOnnx(model));
  return encodeOnnx({ ...graph, inputs: graph.inputs.map((input) => ({ ...input, dims: [1, 3, height, width] })) });
}
