/** TensorFlow.js graph model in, ONNX file out. */
import { failed, ok, ProblemError, problem, type Result } from "../../../core/problems/problem.ts";
import { foldIntegers } from "./fold-integers.ts";
import { type Constant, type GraphModel, type GraphNode, readWeights } from "./graph-model.ts";
import { withHalfWeights } from "./half-weights.ts";
import { OnnxBuilder } from "./onnx-builder.ts";
import { encodeOnnx, type OnnxValue } from "./onnx-file.ts";
import type { FloatConstant, Surroundings } from "./operator.ts";
import { operators } from "./operators.ts";
import { channelLast, identityPerm, type View } from "./view.ts";

export interface GraphPorts {
  readonly name: string;
  /**
   * The source node that becomes the input, what ONNX calls it and its dimensions; a word makes one free. What lies
   * before the node is left away. `channelsLast`: the source has NHWC there.
   */
  readonly input: { readonly source: string; readonly channelsLast?: boolean } & OnnxValue;
  /** Store large weights in half precision. */
  readonly halfWeights?: boolean;
  /** Source nodes to their ONNX names and dimensions. */
  readonly outputs: readonly ({ readonly source: string } & OnnxValue)[];
}

/** Nodes that are not operators, and the integer ones that fold away. */
const withoutOperator = new Set(["Const", "Placeholder", "SparseToDense", "Shape", "StridedSlice", "Pack"]);

/** `a/b:1` is output 1 of node `a/b`. */
function splitInput(name: string): { node: string; output: number } {
  const [node = name, output = "0"] = name.replace(/^\^/, "").split(":");
  return { node, output: Number(output) };
}

/** The nodes between the input and the outputs, in the order of the source. */
function nodesBetween(model: GraphModel, { input, outputs }: GraphPorts): readonly GraphNode[] {
  const nodes = new Map(model.modelTopology.node.map((node) => [node.name, node]));
  const reached = new Set([input.source]);
  const waiting = outputs.map(({ source }) => source);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...(nodes.get(name)?.input ?? []).map((source) => splitInput(source).node));
  }
  return model.modelTopology.node.filter(({ name }) => reached.has(name) && name !== input.source);
}

class GraphConversion implements Surroundings {
  readonly builder = new OnnxBuilder();
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #constants: Map<string, Constant>;
  readonly #views = new Map<string, readonly View[]>();
  readonly #ports: GraphPorts;
  readonly #readers = new Map<string, number>();

  constructor(model: GraphModel, between: readonly GraphNode[], binary: Uint8Array, ports: GraphPorts) {
    this.#nodes = new Map(model.modelTopology.node.map((node) => [node.name, node]));
    this.#constants = readWeights(model, binary);
    this.#ports = ports;
    const read = [...between.flatMap((node) => node.input), ...ports.outputs.map(({ source }) => source)];
    for (const source of read) {
      const { node } = splitInput(source);
      this.#readers.set(node, (this.#readers.get(node) ?? 0) + 1);
    }
  }

  get anySize(): boolean {
    return this.#ports.input.dims.some((d) => typeof d === "string");
  }

  readers(input: string): number {
    return this.#readers.get(splitInput(input).node) ?? 0;
  }

  constant(input: string): Constant | undefined {
    const { node: name } = splitInput(input);
    const known = this.#constants.get(name);
    const node = this.#nodes.get(name);
    if (known !== undefined || node === undefined || name === this.#ports.input.source) return known;
    const folded = foldIntegers(node, {
      constant: (source) => this.constant(source),
      shape: (source) => this.view(source).shape,
    });
    if (folded !== undefined) this.#constants.set(name, folded);
    return folded;
  }

  view(input: string): View {
    const { node: name, output } = splitInput(input);
    const views = this.#views.get(name) ?? this.#convert(name);
    this.#views.set(name, views);
    const view = views[output];
    if (view === undefined) throw new Error(`node ${name} has no output ${output}`);
    return view;
  }

  #convert(name: string): readonly View[] {
    const node = this.#nodes.get(name);
    if (node === undefined) throw new Error(`no node is called ${name}`);
    if (name === this.#ports.input.source) return [this.#input(node)];
    const constant = this.#constants.get(name);
    if (constant?.kind === "float") return [this.#stored(name, constant)];
    const operator = operators[node.op];
    if (operator === undefined) throw new Error(`${node.op} of node ${name} is no operator on tensors`);
    return operator(node, this);
  }

  #input(node: GraphNode): View {
    const { name, dims, channelsLast = false } = this.#ports.input;
    const tensor = this.builder.reserve(name);
    if (!channelsLast) {
      const shape = (node.attr["shape"]?.shape?.dim ?? []).map((d) => Number(d.size));
      return { tensor, shape, perm: identityPerm(shape.length) };
    }
    const fixed = dims.map((d) => (typeof d === "number" ? d : Number.NaN));
    return { tensor, shape: channelLast.map((axis) => fixed[axis] ?? Number.NaN), perm: channelLast };
  }

  /** A weight that is an output of its own. */
  #stored(name: string, constant: FloatConstant): View {
    const perm = identityPerm(constant.shape.length);
    return { tensor: this.builder.floats(name, constant), shape: constant.shape, perm };
  }

  encode(): Uint8Array {
    for (const output of this.#ports.outputs) {
      const tensor = this.builder.settlePlain(this.view(output.source));
      this.builder.emit("Identity", output.name, [tensor]);
    }
    const { nodes, initializers } = this.builder;
    const { name, input, outputs } = this.#ports;
    const graph = { name, nodes, initializers, inputs: [input], outputs };
    return encodeOnnx(this.#ports.halfWeights === true ? withHalfWeights(graph) : graph);
  }
}

/** Every operator the converter does not know is named, each with the first node that uses it. */
export function convertGraph(model: GraphModel, binary: Uint8Array, ports: GraphPorts): Result<Uint8Array> {
  const firstUse = new Map<string, string>();
  const between = nodesBetween(model, ports);
  for (const { op, name } of between) {
    if (operators[op] === undefined && !withoutOperator.has(op) && !firstUse.has(op)) firstUse.set(op, name);
  }
  if (firstUse.size > 0) {
    return failed(...[...firstUse].map(([operator, node]) => problem("MODEL_OPERATOR_UNKNOWN", { operator, node })));
  }
  try {
    return ok(new GraphConversion(model, between, binary, ports).encode());
  } catch (error) {
    if (error instanceof ProblemError) return failed(...error.problems);
    throw error;
  }
}
