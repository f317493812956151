/** The shape arithmetic that the source graph spells out in integer nodes; all of it is constant. */
import type { Constant, GraphNode } from "./graph-model.ts";

type Integers = Constant & { kind: "integer" };

const integers = (constant: Constant | undefined): Integers | undefined =>
  constant?.kind === "integer" ? constant : undefined;

/** A dense vector from (index, value) pairs over a default value. */
function sparseToDense(inputs: readonly Integers[]): Integers | undefined {
  const [indices, shape, values, fallback] = inputs;
  const length = shape?.values[0];
  if (indices === undefined || values === undefined || shape?.values.length !== 1 || length === undefined)
    return undefined;
  const dense = Array.from({ length }, () => fallback?.values[0] ?? 0);
  indices.values.forEach((index, i) => {
    dense[index] = values.values[values.values.length === 1 ? 0 : i] ?? 0;
  });
  return { kind: "integer", shape: [length], values: dense };
}

function add(inputs: readonly Integers[]): Integers | undefined {
  const [a, b] = inputs;
  if (a === undefined || b === undefined || a.values.length !== b.values.length) return undefined;
  return { kind: "integer", shape: a.shape, values: a.values.map((v, i) => v + (b.values[i] ?? 0)) };
}

/** Numbers side by side; one of them from each input, along a new first axis. */
function pack(inputs: readonly Integers[]): Integers | undefined {
  if (inputs.some(({ shape }) => shape.length !== 0)) return undefined;
  return { kind: "integer", shape: [inputs.length], values: inputs.flatMap(({ values }) => values) };
}

/** One number out of a vector; a slice that is longer, or masked otherwise, is no shape arithmetic of ours. */
function pick(node: GraphNode, inputs: readonly Integers[]): Integers | undefined {
  const [vector, begin, end] = inputs;
  const from = begin?.values[0] ?? 0;
  const drops = Number(node.attr["shrink_axis_mask"]?.i ?? 0) === 1 && end?.values[0] === from + 1;
  const value = vector?.values[from];
  return drops && value !== undefined && from >= 0 ? { kind: "integer", shape: [], values: [value] } : undefined;
}

/** What folding may ask about a node's inputs. */
export interface Known {
  constant(input: string): Constant | undefined;
  /** Of a tensor, at the input size of the source. */
  shape(input: string): readonly number[];
}

type Fold = (node: GraphNode, inputs: readonly Integers[]) => Integers | undefined;

const folds: Readonly<Record<string, Fold>> = {
  Add: (_, inputs) => add(inputs),
  AddV2: (_, inputs) => add(inputs),
  Pack: (_, inputs) => pack(inputs),
  SparseToDense: (_, inputs) => sparseToDense(inputs),
  StridedSlice: pick,
};

/** The node's value when it is integer arithmetic on constants and shapes; otherwise undefined. */
export function foldIntegers(node: GraphNode, known: Known): Constant | undefined {
  if (node.op === "Shape") {
    const values = [...known.shape(node.input[0] ?? "")];
    return { kind: "integer", shape: [values.length], values };
  }
  const fold = folds[node.op];
  if (fold === undefined) return undefined;
  const inputs = node.input.map((input) => integers(known.constant(input)));
  const all = inputs.filter((value) => value !== undefined);
  return all.length === inputs.length ? fold(node, all) : undefined;
}
