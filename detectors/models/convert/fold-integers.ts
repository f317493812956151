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

/** The node's value when it is integer arithmetic on constants; otherwise undefined. */
export function foldIntegers(
  node: GraphNode,
  constantOf: (input: string) => Constant | undefined,
): Constant | undefined {
  const inputs = node.input.map((input) => integers(constantOf(input)));
  const known = inputs.filter((value) => value !== undefined);
  if (known.length !== inputs.length) return undefined;
  if (node.op === "SparseToDense") return sparseToDense(known);
  return node.op === "Add" || node.op === "AddV2" ? add(known) : undefined;
}
