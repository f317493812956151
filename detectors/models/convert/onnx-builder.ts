/** Collects the nodes and weights of one ONNX graph. */
import type { Constant } from "./graph-model.ts";
import { type OnnxAttribute, type OnnxInitializer, type OnnxNode, onnxType } from "./onnx-file.ts";
import { axesBetween, identityPerm, inOnnxOrder, type Padding, sameNumbers, type View } from "./view.ts";

export class OnnxBuilder {
  readonly #weightNodes: OnnxNode[] = [];
  readonly #nodes: OnnxNode[] = [];
  readonly initializers: OnnxInitializer[] = [];
  readonly #names = new Set<string>();
  readonly #scalars = new Map<number, string>();

  /** In the order of their use, as ONNX wants them. */
  get nodes(): readonly OnnxNode[] {
    return [...this.#weightNodes, ...this.#nodes];
  }

  /** Adds a node with one output and returns the output's name. */
  emit(op: string, name: string, inputs: readonly string[], attributes: Record<string, OnnxAttribute> = {}): string {
    return this.emitNode(op, name, inputs, attributes).outputs[0] ?? name;
  }

  /** The same for whoever changes the node later. */
  emitNode(op: string, name: string, inputs: readonly string[], attributes: Record<string, OnnxAttribute>): OnnxNode {
    const output = this.#fresh(name);
    const node = { name: `${output}:${op}`, op, inputs: [...inputs], outputs: [output], attributes };
    this.#nodes.push(node);
    return node;
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

  /** One number, stored once however often it is used. */
  number(value: number): string {
    const known = this.#scalars.get(value) ?? this.numbers(`number:${value}`, [value], true);
    this.#scalars.set(value, known);
    return known;
  }

  /** Multiplies each row of a stored tensor (its first axis) by a number of its own; single precision only. */
  scaleRows(tensor: string, factors: readonly number[]): boolean {
    const at = this.initializers.findIndex(({ name, type }) => name === tensor && type === onnxType.float);
    const stored = this.initializers[at];
    if (stored === undefined || stored.dims[0] !== factors.length) return false;
    const values = new Float32Array(Uint8Array.from(stored.bytes).buffer);
    const length = values.length / factors.length;
    const scaled = values.map((value, i) => value * (factors[Math.floor(i / length)] ?? 1));
    this.initializers[at] = { ...stored, bytes: new Uint8Array(scaled.buffer) };
    return true;
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
