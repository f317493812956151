/** Collects the nodes and weights of one ONNX graph. */
import type { Constant } from "./graph-model.ts";
import { type OnnxAttribute, type OnnxInitializer, type OnnxNode, onnxType } from "./onnx-file.ts";
import { axesBetween, identityPerm, inOnnxOrder, type Padding, sameNumbers, type View } from "./view.ts";

export class OnnxBuilder {
  readonly #weightNodes: OnnxNode[] = [];
  readonly #nodes: OnnxNode[] = [];
  readonly initializers: OnnxInitializer[] = [];
  readonly #names = new Set<string>();

  /** In the order of their use, as ONNX wants them. */
  get nodes(): readonly OnnxNode[] {
    return [...this.#weightNodes, ...this.#nodes];
  }

  /** The node that makes `tensor`. */
  maker(tensor: string): OnnxNode | undefined {
    return this.#nodes.find((node) => node.outputs.includes(tensor));
  }

  /** Adds a node with one output and returns the output's name. */
  emit(op: string, name: string, inputs: readonly string[], attributes: Record<string, OnnxAttribute> = {}): string {
    const [output = name] = this.emitMany(op, name, inputs, [this.#fresh(name)], attributes);
    return output;
  }

  emitMany(
    op: string,
    name: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Record<string, OnnxAttribute> = {},
  ): readonly string[] {
    this.#nodes.push({ name: `${name}:${op}`, op, inputs: [...inputs], outputs, attributes });
    return outputs;
  }

  /** Half-precision weights stay so in the file, which halves it; the runtime widens them once, when it loads. */
  floats(name: string, constant: Constant & { kind: "float" }): string {
    const half = constant.elementBytes === 2;
    const stored = this.#fresh(half ? `${name}:half` : name);
    this.initializers.push({
      name: stored,
      type: half ? onnxType.float16 : onnxType.float,
      dims: constant.shape,
      bytes: constant.bytes,
    });
    if (!half) return stored;
    const widened = this.#fresh(name);
    const attributes = { to: { i: onnxType.float } };
    this.#weightNodes.push({ name: `${name}:Cast`, op: "Cast", inputs: [stored], outputs: [widened], attributes });
    return widened;
  }

  numbers(name: string, values: readonly number[], scalar = false): string {
    const stored = this.#fresh(name);
    const bytes = new Uint8Array(new Float32Array(values).buffer);
    this.initializers.push({ name: stored, type: onnxType.float, dims: scalar ? [] : [values.length], bytes });
    return stored;
  }

  integers(name: string, values: readonly number[]): string {
    const stored = this.#fresh(name);
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.initializers.push({ name: stored, type: onnxType.int64, dims: [values.length], bytes });
    return stored;
  }

  /** The ONNX tensor that, seen through `perm`, is what TensorFlow has; adds the nodes the view has put off. */
  settle(view: View, perm: readonly number[] = view.perm): string {
    const padded = view.padding === undefined ? view.tensor : this.#pad(view, view.padding);
    if (sameNumbers(view.perm, perm)) return padded;
    return this.emit("Transpose", `${padded}:turned`, [padded], { perm: { ints: axesBetween(view.perm, perm) } });
  }

  /** As `settle`, for whoever wants TensorFlow's own axis order. */
  settlePlain(view: View): string {
    return this.settle(view, identityPerm(view.shape.length));
  }

  #pad(view: View, padding: Padding): string {
    const name = `${view.tensor}:padded`;
    const widths = [...inOnnxOrder(padding.before, view.perm), ...inOnnxOrder(padding.after, view.perm)];
    const pads = this.integers(`${name}:widths`, widths);
    const value = this.numbers(`${name}:value`, [padding.value], true);
    return this.emit("Pad", name, [view.tensor, pads, value], { mode: { s: "constant" } });
  }

  #fresh(name: string): string {
    let candidate = name;
    for (let n = 2; this.#names.has(candidate); n++) candidate = `${name}#${n}`;
    this.#names.add(candidate);
    return candidate;
  }

  /** Reserves a name for a graph input or output. */
  reserve(name: string): string {
    return this.#fresh(name);
  }
}
