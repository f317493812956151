/**
 * A float graph as 8-bit integers: static quantisation in ONNX's quantise/dequantise form, which ONNX Runtime turns
 * into integer kernels. Activations are uint8 per tensor, weights int8 per output channel and symmetric, biases int32.
 * Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference".
 */
import { type OnnxGraph, type OnnxInitializer, type OnnxNode, onnxType } from "../models/convert/onnx-file.ts";
import type { Range } from "./calibrate.ts";
import { convolutionNumber, floatTensor } from "./network-weights.ts";

export interface Quantisation {
  /** Of every tensor between the integer layers. */
  readonly ranges: ReadonlyMap<string, Range>;
  /** Convolutions that stay in float, by number. */
  readonly floatConvolutions: ReadonlySet<number>;
  /**
   * Largest weight, at most 127. Processors without VNNI add two products of a uint8 and an int8 in 16 bits, which
   * overflow beyond 64: 255 x 64 x 2 < 32,768.
   */
  readonly largestWeight: number;
}

interface Parameters {
  readonly scale: string;
  readonly zero: string;
  readonly scaleValue: number;
}

/** Operators whose output becomes integers. */
const integerInside = new Set(["Conv", "LeakyRelu", "Concat", "Resize", "Add", "AveragePool"]);

class Quantiser {
  readonly #graph: OnnxGraph;
  readonly #settings: Quantisation;
  readonly #initializers: Map<string, OnnxInitializer>;
  readonly #nodes: OnnxNode[] = [];
  readonly #parameters = new Map<string, Parameters>();
  /** Tensors that exist as integers, and the float tensor that reads them back. */
  readonly #readBack = new Map<string, string>();

  constructor(graph: OnnxGraph, settings: Quantisation) {
    this.#graph = graph;
    this.#settings = settings;
    this.#initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  }

  run(): OnnxGraph {
    const staysFloat = new Set(
      this.#graph.nodes.filter((node) => node.op === "Conv" && this.#isFloat(node)).flatMap((node) => node.outputs),
    );
    for (const node of this.#graph.nodes) {
      this.#nodes.push(
        node.op === "Conv" && !this.#isFloat(node) ? this.#integerConvolution(node) : this.#rewired(node),
      );
      const [output = ""] = node.outputs;
      if (integerInside.has(node.op) && !staysFloat.has(output)) this.#quantiseAfter(output);
    }
    return { ...this.#graph, nodes: this.#nodes, initializers: [...this.#initializers.values()] };
  }

  #isFloat(node: OnnxNode): boolean {
    return this.#settings.floatConvolutions.has(convolutionNumber(node));
  }

  #rewired(node: OnnxNode): OnnxNode {
    return { ...node, inputs: node.inputs.map((name) => this.#readBack.get(name) ?? name) };
  }

  #store(name: string, type: number, dims: readonly number[], values: ArrayBufferView): string {
    const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength).slice();
    this.#initializers.set(name, { name, type, dims, bytes });
    return name;
  }

  #parametersOf(name: string): Parameters {
    const range = this.#settings.ranges.get(name);
    if (range === undefined) throw new Error(`${name} was not calibrated`);
    const scaleValue = Math.fround(Math.max(range.max - range.min, 1e-8) / 255);
    const zero = Math.min(255, Math.max(0, Math.round(-range.min / scaleValue)));
    return {
      scale: this.#store(`${name}:scale`, onnxType.float, [], Float32Array.of(scaleValue)),
      zero: this.#store(`${name}:zero`, onnxType.uint8, [], Uint8Array.of(zero)),
      scaleValue,
    };
  }

  #quantiseAfter(name: string): void {
    const parameters = this.#parametersOf(name);
    this.#parameters.set(name, parameters);
    const { scale, zero } = parameters;
    const [integer, back] = [`${name}:integer`, `${name}:back`];
    this.#emit("QuantizeLinear", [name, scale, zero], integer);
    this.#emit("DequantizeLinear", [integer, scale, zero], back);
    this.#readBack.set(name, back);
  }

  #emit(op: string, inputs: string[], output: string, attributes: OnnxNode["attributes"] = {}): void {
    this.#nodes.push({ name: `${output}:${op}`, op, inputs, outputs: [output], attributes });
  }

  #integerConvolution(node: OnnxNode): OnnxNode {
    const [input = "", weight = "", bias = ""] = node.inputs;
    const scales = this.#integerWeights(weight);
    const inputScale = this.#parameters.get(input)?.scaleValue;
    if (inputScale === undefined) throw new Error(`${node.name} reads ${input}, which is not an integer tensor`);
    this.#integerBias(bias, scales, inputScale);
    return { ...node, inputs: [this.#readBack.get(input) ?? input, `${weight}:back`, `${bias}:back`] };
  }

  #integerWeights(name: string): Float32Array {
    const { dims, values } = floatTensor(this.#take(name));
    const [channels = 1] = dims;
    const size = values.length / channels;
    const scales = new Float32Array(channels);
    const integers = new Int8Array(values.length);
    for (let channel = 0; channel < channels; channel++) {
      const row = values.subarray(channel * size, (channel + 1) * size);
      const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-8);
      const scale = Math.fround(largest / this.#settings.largestWeight);
      scales[channel] = scale;
      row.forEach((value, i) => {
        integers[channel * size + i] = Math.round(value / scale);
      });
    }
    const integer = this.#store(`${name}:integer`, onnxType.int8, dims, integers);
    const scale = this.#store(`${name}:scale`, onnxType.float, [channels], scales);
    const zero = this.#store(`${name}:zero`, onnxType.int8, [channels], new Int8Array(channels));
    this.#emit("DequantizeLinear", [integer, scale, zero], `${name}:back`, { axis: { i: 0 } });
    return scales;
  }

  #integerBias(name: string, weightScales: Float32Array, inputScale: number): void {
    const { dims, values } = floatTensor(this.#take(name));
    const scales = weightScales.map((scale) => scale * inputScale);
    const integers = Int32Array.from(values, (value, i) => Math.round(value / (scales[i] ?? 1)));
    const integer = this.#store(`${name}:integer`, onnxType.int32, dims, integers);
    const scale = this.#store(`${name}:scale`, onnxType.float, dims, scales);
    const zero = this.#store(`${name}:zero`, onnxType.int32, dims, new Int32Array(values.length));
    this.#emit("DequantizeLinear", [integer, scale, zero], `${name}:back`, { axis: { i: 0 } });
  }

  /** A float tensor that leaves the file because integers take its place. */
  #take(name: string): OnnxInitializer {
    const tensor = this.#initializers.get(name);
    if (tensor === undefined) throw new Error(`${name} is not a stored tensor`);
    this.#initializers.delete(name);
    return tensor;
  }
}

/** `graph` is widened. Throws when a tensor was not calibrated: a bug in the caller. */
export const quantised = (graph: OnnxGraph, settings: Quantisation): OnnxGraph => new Quantiser(graph, settings).run();
