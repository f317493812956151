/** Sums and products. What a convolution can take into its kernels or its bias leaves no node behind. */
import { type Constant, type GraphNode, numbersOf } from "./graph-model.ts";
import { type FloatConstant, floatsOf, input, type Operator, refuse, type Surroundings } from "./operator.ts";
import { channelLast, identityPerm, sameNumbers, unpadded, type View } from "./view.ts";

/** One number for each channel of a view, whose channels come last. */
const isPerChannel = ({ shape }: Constant, view: View): boolean =>
  shape.length === 1 && shape[0] === view.shape.at(-1) && sameNumbers(view.perm, channelLast);

/** A vector added to nothing but a fresh convolution, or to a sum of which that is a term, is that convolution's bias. */
function addBias(node: GraphNode, source: string, bias: FloatConstant, graph: Surroundings): View | undefined {
  const view = graph.view(source);
  const conv = view.made?.conv;
  if (conv?.inputs.length !== 2 || !isPerChannel(bias, view) || graph.readers(source) !== 1) return undefined;
  conv.inputs.push(graph.builder.floats(`${node.name}:bias`, bias));
  return unpadded(view);
}

function addConstant(node: GraphNode, source: string, addend: FloatConstant, graph: Surroundings): readonly View[] {
  const biased = addBias(node, source, addend, graph);
  if (biased !== undefined) return [biased];
  const view = graph.view(source);
  const stored = graph.builder.floats(`${node.name}:addend`, addend);
  const sum = graph.builder.emit("Add", node.name, [graph.builder.settlePlain(view), stored]);
  return [{ tensor: sum, shape: view.shape, perm: identityPerm(view.shape.length) }];
}

/** Two inputs, of which either may be constant. */
export const add: Operator = (node, graph) => {
  if (node.input.length !== 2) refuse(node, "it has other than two terms");
  const [first, second] = [input(node, 0), input(node, 1)];
  for (const [source, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const constant = graph.constant(other);
    if (constant?.kind === "float") return addConstant(node, source, constant, graph);
  }
  const [a, b] = [graph.view(first), graph.view(second)];
  if (!sameNumbers(a.shape, b.shape)) refuse(node, "its terms differ in shape");
  const tensor = graph.builder.emit("Add", node.name, [graph.builder.settle(a), graph.builder.settle(b, a.perm)]);
  const term = [first, second].find((name) => graph.view(name).made?.alone === true && graph.readers(name) === 1);
  const conv = term === undefined ? undefined : graph.view(term).made?.conv;
  return [{ ...unpadded(a), tensor, ...(conv === undefined ? {} : { made: { conv, alone: false } }) }];
};

/** Multiplies the kernels of the convolution that `source` is, and its bias where it has one. */
function scaleConvolution(node: GraphNode, source: string, factors: readonly number[], graph: Surroundings): View {
  const view = graph.view(source);
  const made = view.made;
  if (made?.alone !== true || graph.readers(source) !== 1) refuse(node, "it scales something else than a convolution");
  const scaled = made.conv.inputs.slice(1).every((tensor) => graph.builder.scaleRows(tensor, factors));
  return scaled ? view : refuse(node, "its factors do not fit the convolution");
}

export const multiply: Operator = (node, graph) => {
  const source = input(node, 0);
  const factors = floatsOf(node, 1, graph);
  if (!isPerChannel(factors, graph.view(source))) refuse(node, "it does not have one factor a channel");
  return [scaleConvolution(node, source, numbersOf(factors), graph)];
};

/** Ioffe and Szegedy 2015, algorithm 2: with known mean and variance it is a factor and an addend for each channel. */
export const batchNorm: Operator = (node, graph) => {
  const source = input(node, 0);
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((index) => numbersOf(floatsOf(node, index, graph)));
  if (node.attr["is_training"]?.b === true) refuse(node, "it takes its mean from the picture");
  const epsilon = node.attr["epsilon"]?.f ?? refuse(node, "it has no epsilon");
  const factors = (gamma ?? []).map((value, c) => value / Math.sqrt((variance?.[c] ?? 0) + epsilon));
  const addends = factors.map((factor, c) => (beta?.[c] ?? 0) - (mean?.[c] ?? 0) * factor);
  scaleConvolution(node, source, factors, graph);
  const bytes = new Uint8Array(Float32Array.from(addends).buffer);
  const bias: FloatConstant = { kind: "float", shape: [addends.length], elementBytes: 4, bytes };
  return [addBias(node, source, bias, graph) ?? refuse(node, "its convolution has a bias already")];
};
